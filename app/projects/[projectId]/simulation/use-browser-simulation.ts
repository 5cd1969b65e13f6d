'use client';

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { workloadQuery } from '@/app/_queries/evidence-queries';
import { quiet } from '@/app/_queries/quiet';
import type { WorkloadResponse } from '@/lib/contracts/simulation';
import { AppError } from '@/lib/errors';
import { readWorkload } from '@/lib/workload/read-workload';
import type { WorkloadModel } from '@/lib/workload/workload-model';
import type { PoolStudy } from '@/simulations/pool-study';
import type { SimulationRequest, SimulationResponse } from '@/simulations/simulation-worker';

/** Quiet time before a worker starts, so that a moving slider starts one and not fifty. */
const quietMs = 150;

/** Replications of the curve while a question is only asked; a saved run has as many as it says. */
const sketchReplications = 10;

/** The observed sessions as the simulator takes them. */
export function useWorkload(projectId: string, isEnabled: boolean) {
  return useQuery({ ...workloadQuery(projectId), select: toWorkload, enabled: isEnabled });
}

/** A workload and the hash of what it was made from. */
export interface HashedWorkload {
  readonly workload: WorkloadModel;
  readonly inputHash: string;
}

function toWorkload(response: WorkloadResponse): HashedWorkload {
  return {
    workload: readWorkload(response),
    inputHash: response.inputHash,
  };
}

interface BrowserSimulation {
  readonly source: HashedWorkload | undefined;
  readonly scenario: PoolStudy;
  readonly isEnabled: boolean;
}

/**
 * Simulates in this browser: the asked load at once, the whole curve after it.
 *
 * Each is a query keyed by its scenario; its abort signal ends the worker.
 */
export function useBrowserSimulation({ source, scenario, isEnabled }: BrowserSimulation) {
  const hash = source?.inputHash ?? '';
  const look = useQuery({
    ...queryOptions({
      queryKey: ['simulation', 'look', hash, scenario],
      queryFn: async ({ signal }) => {
        const answer = await simulate('quickLook', source, scenario, signal);
        if (answer.kind !== 'quickLook') throw unexpectedAnswer();
        return answer.look;
      },
    }),
    ...common,
    enabled: isEnabled && source !== undefined,
  });
  const sketch = { ...scenario, replications: sketchReplications };
  const curve = useQuery({
    ...queryOptions({
      queryKey: ['simulation', 'curve', hash, sketch],
      queryFn: async ({ signal }) => {
        const answer = await simulate('run', source, sketch, signal);
        if (answer.kind !== 'run') throw unexpectedAnswer();
        return answer.run;
      },
    }),
    ...common,
    enabled: isEnabled && source !== undefined && look.isSuccess && !look.isPlaceholderData,
  });
  return { look, curve };
}

const common = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 60_000,
  placeholderData: keepPreviousData,
  retry: false,
} as const;

type SimulationAnswer = Extract<SimulationResponse, { type: 'result' }>;

async function simulate(
  kind: SimulationAnswer['kind'],
  source: HashedWorkload | undefined,
  scenario: PoolStudy,
  signal: AbortSignal,
): Promise<SimulationAnswer> {
  if (source === undefined) throw new AppError('conflict', 'There are no sessions to simulate.');
  await quiet(quietMs, signal);
  return new Promise((resolve, reject) => {
    const worker = new Worker(
      new URL('../../../../simulations/simulation-worker.ts', import.meta.url),
      { type: 'module' },
    );
    const end = (settle: () => void) => {
      worker.terminate();
      settle();
    };
    signal.addEventListener('abort', () => end(() => reject(signal.reason)), { once: true });
    worker.onerror = () => end(() => reject(unexpectedAnswer()));
    worker.onmessage = ({ data }: MessageEvent<SimulationResponse>) => {
      if (data.type === 'result') end(() => resolve(data));
      if (data.type === 'error') end(() => reject(new AppError('internal', data.message)));
    };
    worker.postMessage({ kind, workload: source.workload, scenario } satisfies SimulationRequest);
  });
}

function unexpectedAnswer(): AppError {
  return new AppError('internal', 'The simulation stopped without a result. Reload the page.');
}
