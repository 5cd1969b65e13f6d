'use client';

import dynamic from 'next/dynamic';
import { ResponseCurve } from '@/app/_charts/response-curve';
import { UtilizationBars } from '@/app/_charts/utilization-bars';
import { Skeleton } from '@/app/_ui/skeleton';
import { prepareQueuePath } from '@/lib/charts/prepare-queue-path';
import { prepareResponseCurve } from '@/lib/charts/prepare-response-curve';
import { prepareUtilization } from '@/lib/charts/prepare-utilization';
import type { SimulationRun } from '@/simulations/simulation-run';
import type { WhatIf } from './what-if';

// Loaded on its own, after the page: its chart library is larger than the rest of the page.
const QueuePath = dynamic(
  () => import('@/app/_charts/queue-path').then((module) => module.QueuePath),
  { ssr: false, loading: () => <Skeleton className="h-60" /> },
);

interface AnswersProps {
  readonly run: SimulationRun | null;
  readonly isRunStale: boolean;
  readonly look: Pick<SimulationRun, 'atLoad' | 'queueLengthPath' | 'warmUpSec'> | null;
  readonly isLookStale: boolean;
  readonly whatIf: WhatIf;
  /** The asked load is the planned peak of the saved description. */
  readonly isPlannedPeak: boolean;
}

/** The answers of a scenario: wait against load, how full the pool is, and who waits over time. */
export function Answers({
  run,
  isRunStale,
  look,
  isLookStale,
  whatIf,
  isPlannedPeak,
}: AnswersProps) {
  const curve =
    run === null
      ? null
      : prepareResponseCurve(run, {
          targetSec: whatIf.waitTargetP95Sec,
          plannedPeak: whatIf.agents,
          plannedName: isPlannedPeak ? 'planned peak' : 'asked load',
        });
  const queue = look === null ? null : prepareQueuePath(look);
  return (
    <>
      {run === null ? (
        <Skeleton className="h-[24rem]" />
      ) : curve === null ? (
        <p className="py-10 text-ink-2">A single load was simulated: there is no curve to draw.</p>
      ) : (
        <ResponseCurve chart={curve} isStale={isRunStale} />
      )}
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-7 border-t border-rule pt-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
        {look === null ? (
          <Skeleton className="h-48" />
        ) : (
          <UtilizationBars
            chart={prepareUtilization(look.atLoad, whatIf.slots)}
            isStale={isLookStale}
          />
        )}
        {queue === null ? (
          look === null && <Skeleton className="h-48" />
        ) : (
          <QueuePath chart={queue} isStale={isLookStale} />
        )}
      </div>
    </>
  );
}
