'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { workloadQuery } from '@/app/_queries/evidence-queries';
import { isBeingGenerated } from '@/app/_queries/project-queries';
import { Button } from '@/app/_ui/button';
import { messageOf } from '@/app/_ui/query-failure';
import type { Project } from '@/lib/contracts/project';
import { draftScenario } from '@/lib/scenarios/draft-scenario';
import { describeSessions } from './text-origin';

interface DraftButtonProps {
  readonly project: Project;
  readonly onText: (text: string) => void;
}

/** Writes a scenario that plays the project's own sessions; says so where it has none. */
export function DraftButton({ project, onText }: DraftButtonProps) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const sessions = describeSessions(project, isBeingGenerated(project));
  if (sessions !== 'there') {
    return (
      <p className="basis-full text-note text-pretty text-ink-3">
        {sessions === 'coming'
          ? 'Loading the sessions of the sample. Once they are there, a scenario can be drafted from them.'
          : 'This project has no imported sessions yet. Once it has, a scenario can be drafted from them.'}
      </p>
    );
  }
  const draft = async () => {
    try {
      const workload = await queryClient.fetchQuery(workloadQuery(project.projectId));
      const { name, system } = project;
      onText(draftScenario({ projectName: name, system, workload }).yaml);
      setProblem(null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <>
      <Button onClick={() => void draft()}>Draft from this project</Button>
      {problem !== null && (
        <p role="alert" className="basis-full text-no-go">
          {problem}
        </p>
      )}
    </>
  );
}
