'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/app/_queries/api';
import { isUnderWay } from '@/app/_queries/evidence-queries';
import { useUpdateProject } from '@/app/_queries/use-update-project';
import { Button } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import { messageOf } from '@/app/_ui/query-failure';
import type { Project } from '@/lib/contracts/project';
import type { SimulationState } from '@/lib/contracts/simulation';
import { formatCount } from '@/lib/format';
import { scenarioOf, systemOf, type WhatIf } from './what-if';

interface RunControlsProps {
  readonly project: Project;
  readonly whatIf: WhatIf;
  readonly simulations: readonly SimulationState[];
  readonly onReset: () => void;
}

/** Saves the description, runs it in full on the server, and shows how far that has come. */
export function RunControls({ project, whatIf, simulations, onReset }: RunControlsProps) {
  const { projectId } = project;
  const queryClient = useQueryClient();
  const update = useUpdateProject(projectId);
  const running = simulations.find(isUnderWay);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['project', projectId] });
  const start = useMutation({
    mutationFn: async () => {
      const scenario = scenarioOf(whatIf, project);
      await update.mutateAsync({ system: systemOf(whatIf, project) });
      return api.startSimulation(projectId, { scenario });
    },
    onSuccess: () => {
      onReset();
      return refresh();
    },
  });
  const cancel = useMutation({
    mutationFn: (runId: string) => api.cancelSimulation(projectId, runId),
    onSuccess: refresh,
  });
  const newest = simulations.reduce<SimulationState | null>(
    (latest, one) => (latest === null || one.createdAt > latest.createdAt ? one : latest),
    null,
  );
  return (
    <div>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          disabled={start.isPending || running !== undefined}
          onClick={() => start.mutate()}
        >
          Run and save
        </Button>
        <Button onClick={onReset}>Reset</Button>
      </div>
      {running !== undefined && (
        <div className="mt-4" aria-live="polite">
          <RunProgress
            running={running}
            isCancelling={cancel.isPending}
            onCancel={() => cancel.mutate(running.runId)}
          />
        </div>
      )}
      {start.isError && (
        <div className="mt-4">
          <Notice tone="no_go" title="The run was not started" isAlert>
            {messageOf(start.error)}
          </Notice>
        </div>
      )}
      {running === undefined && newest?.status === 'failed' && (
        <div className="mt-4">
          <Notice tone="no_go" title="The last run failed">
            {newest.error}
          </Notice>
        </div>
      )}
    </div>
  );
}

interface RunProgressProps {
  readonly running: SimulationState;
  readonly isCancelling: boolean;
  readonly onCancel: () => void;
}

function RunProgress({ running, isCancelling, onCancel }: RunProgressProps) {
  const { replicationsDone, replicationsTotal } = running.progress;
  return (
    <Progress
      label="Full run"
      share={replicationsTotal === 0 ? null : replicationsDone / replicationsTotal}
    >
      <span className="flex items-center justify-between gap-3">
        {replicationsTotal === 0
          ? 'Waiting to start'
          : `${formatCount(replicationsDone)} of ${formatCount(replicationsTotal)} replications`}
        <Button variant="quiet" disabled={isCancelling} onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </Progress>
  );
}
