'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { workloadQuery } from '@/app/_queries/evidence-queries';
import { Button } from '@/app/_ui/button';
import { messageOf } from '@/app/_ui/query-failure';
import type { Project } from '@/lib/contracts/project';
import { draftScenario } from '@/lib/scenarios/draft-scenario';

interface DraftButtonProps {
  readonly project: Project;
  readonly onText: (text: string) => void;
}

/** Writes a scenario that plays the project's own sessions; says so where it has none. */
export function DraftButton({ project, onText }: DraftButtonProps) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  if (project.modelCalls === 0) {
    return (
      <p className="basis-full text-note text-pretty text-ink-3">
        This project has no imported sessions yet. Once it has, a scenario can be drafted from them.
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
          The sessions could not be read. {problem}
        </p>
      )}
    </>
  );
}
