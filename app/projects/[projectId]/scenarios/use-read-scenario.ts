'use client';

import { useDeferredValue, useMemo } from 'react';
import { isBeingGenerated } from '@/app/_queries/project-queries';
import type { Project } from '@/lib/contracts/project';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import type { ScenarioFileIssue } from '@/lib/scenarios/scenario-file-issue';
import type { WorkloadModel } from '@/lib/workload/workload-model';
import type { Scenario } from '@/simulations/scenario/scenario';
import { useWorkload } from '../simulation/use-browser-simulation';
import { playsObserved } from './scenario-command';
import { describeSessions } from './text-origin';

/** A text as the simulator takes it, or why it cannot be run. */
export interface ReadScenario {
  /** Null: it cannot be run as it stands. */
  readonly scenario: Scenario | null;
  readonly issues: readonly ScenarioFileIssue[];
  /** Imported sessions, where a class plays them. */
  readonly workload: WorkloadModel | null;
  /** What is still needed besides the text, in words; null: nothing. */
  readonly lacks: string | null;
  /** The newest keys are not read yet. */
  readonly isStale: boolean;
}

/** Reads the text as it is typed, and the imported sessions where it asks for them. */
export function useReadScenario(text: string, project: Project): ReadScenario {
  const read = useDeferredValue(text);
  const parsed = useMemo(() => parseScenarioFile(read), [read]);
  const scenario = parsed.kind === 'scenario' ? parsed.scenario : null;
  const needsSessions = scenario !== null && playsObserved(scenario);
  const sessions = describeSessions(project, isBeingGenerated(project));
  const workload = useWorkload(project.projectId, needsSessions && sessions === 'there');
  const issues = parsed.kind === 'scenario' ? parsed.warnings : parsed.issues;
  return {
    scenario,
    issues,
    workload: needsSessions ? (workload.data?.workload ?? null) : null,
    lacks: !needsSessions
      ? null
      : sessions === 'none'
        ? 'A class plays imported sessions, and this project has none yet: import a trace file, or write its program as steps.'
        : workload.error !== null
          ? 'The imported sessions could not be read. Reload the page.'
          : workload.data === undefined
            ? 'Reading the imported sessions.'
            : null,
    isStale: read !== text,
  };
}
