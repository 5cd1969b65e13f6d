'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/app/_queries/api';
import { isUnderWay } from '@/app/_queries/evidence-queries';
import { useOneAtATime } from '@/app/_queries/use-one-at-a-time';
import { useUpdateProject } from '@/app/_queries/use-update-project';
import { Button } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import { messageOf } from '@/app/_ui/query-failure';
import type { Project } from '@/lib/contracts/project';
import type { SimulationState } from '@/lib/contracts/simulation';
import { formatCount } from '@/lib/format';
import type { PoolStudy } from '@/simulations/pool-study';
import { systemOf, type WhatIf } from './what-if';

interface RunControlsProps {
  readonly project: Project;
  readonly whatIf: WhatIf;
  readonly scenario: PoolStudy;
  readonly simulations: readonly SimulationState[];
  readonly onReset: () => void;
  readonly onSaved: (isPlannedPeak: boolean) => void;
}

/** Saves the description, runs it in full on the server, and shows how far that has come. */
export function RunControls({
  project,
  whatIf,
  scenario,
  simulations,
  onReset,
  onSaved,
}: RunControlsProps) {
  const { projectId } = project;
  const queryClient = useQueryClient();
  const update = useUpdateProject(projectId);
  const running = simulations.find(isUnderWay);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['project', projectId] });
  const { plannedPeakAgents } = project.system;
  const [wantsPeak, setWantsPeak] = useState<boolean | null>(null);
  const isPlannedPeak = wantsPeak ?? plannedPeakAgents === null;
  const start = useMutation({
    mutationFn: async () => {
      await update.mutateAsync({ system: systemOf(whatIf, project, isPlannedPeak) });
      return api.startSimulation(projectId, { scenario });
    },
    onSuccess: () => {
      onSaved(isPlannedPeak);
      setWantsPeak(null);
      return refresh();
    },
  });
  const startOnce = useOneAtATime((onSettled) => start.mutate(undefined, { onSettled }));
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
      {whatIf.agents !== plannedPeakAgents && (
        <PeakChoice
          agents={whatIf.agents}
          plannedPeakAgents={plannedPeakAgents}
          isChosen={isPlannedPeak}
          onChoose={setWantsPeak}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          disabled={start.isPending || running !== undefined}
          onClick={startOnce}
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

interface PeakChoiceProps {
  readonly agents: number;
  readonly plannedPeakAgents: number | null;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

/** Whether saving also declares the load that was tried as the planned peak. */
function PeakChoice({ agents, plannedPeakAgents, isChosen, onChoose }: PeakChoiceProps) {
  return (
    <div className="pb-3">
      <label className="flex min-h-6 cursor-pointer items-center gap-1">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={(event) => onChoose(event.target.checked)}
          className="m-1 size-4 accent-water"
        />
        Make {formatCount(agents)} agents the planned peak
      </label>
      <p className="pl-7 text-note text-ink-3">
        {plannedPeakAgents === null
          ? 'none is declared yet'
          : `it stays at ${formatCount(plannedPeakAgents)} otherwise`}
      </p>
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
