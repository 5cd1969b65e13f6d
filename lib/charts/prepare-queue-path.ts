import type { SimulationRun } from '@/simulations/simulation-run';
import { formatCount, formatDurationSec } from '../format';
import type { ChartWords } from './chart-table';
import { niceTicks, wholeTicks } from './scale';

/** Agents waiting from `timeSec` until the next step. */
export interface QueueStep {
  readonly timeSec: number;
  readonly waiting: number;
}

/** Waiting agents over the time of one replication. */
export interface QueuePath extends ChartWords {
  readonly steps: readonly QueueStep[]; // rising in time
  readonly endSec: number;
  readonly warmUpSec: number;
  readonly timeTicksSec: readonly number[]; // whole steps of minutes
  readonly waitingTicks: readonly number[];
}

const stepsMax = 240;

/**
 * Prepares the queue of a run's first replication for drawing.
 *
 * A long path is cut into equal spans of time, each shown at the most agents that waited in it, so
 * that a short peak is never lost.
 *
 * @returns null when the run kept no path
 */
export function prepareQueuePath(
  run: Pick<SimulationRun, 'queueLengthPath' | 'warmUpSec' | 'atLoad'>,
): QueuePath | null {
  const path = run.queueLengthPath;
  const last = path.at(-1);
  if (last === undefined) return null;

  const endSec = Math.max(run.atLoad.simulatedSec ?? 0, last.timeSec, 1e-9);
  const steps = path.length <= stepsMax ? path : keepPeaks(path, endSec);
  const most = path.reduce((max, step) => Math.max(max, step.waiting), 0);
  const agents = formatCount(run.atLoad.agents);
  return {
    heading:
      most === 0
        ? `At ${agents}: no agent waits for a connection`
        : `At ${agents}: up to ${formatCount(most)} wait for a connection`,
    method: `First of ${formatCount(run.atLoad.pool.utilization.replications)} replications${run.warmUpSec > 0 ? `; the warm-up of ${formatDurationSec(run.warmUpSec)} is left out of the numbers` : ''}.`,
    summary: `At most ${formatCount(most)} agents wait at once; ${formatCount(last.waiting)} wait at the end.`,
    table: {
      columns: ['From', 'Agents waiting'],
      rows: everyNth(steps, 40).map((step) => [
        formatDurationSec(step.timeSec),
        formatCount(step.waiting),
      ]),
    },
    steps: steps.map(({ timeSec, waiting }) => ({ timeSec, waiting })),
    endSec,
    warmUpSec: Math.min(run.warmUpSec, endSec),
    timeTicksSec: niceTicks(endSec / 60, 3)
      .map((minutes) => minutes * 60)
      .filter((sec) => sec <= endSec * 1.001),
    waitingTicks: wholeTicks(Math.max(most, 1), 3),
  };
}

function keepPeaks(path: readonly QueueStep[], endSec: number): readonly QueueStep[] {
  const spanSec = endSec / stepsMax;
  const steps: QueueStep[] = [];
  let current = path[0]?.waiting ?? 0;
  let next = 0;
  for (let span = 0; span < stepsMax; span++) {
    let peak = current;
    for (let step = path[next]; step !== undefined; step = path[next]) {
      if (step.timeSec >= (span + 1) * spanSec && span < stepsMax - 1) break;
      current = step.waiting;
      peak = Math.max(peak, current);
      next += 1;
    }
    steps.push({ timeSec: span * spanSec, waiting: peak });
  }
  return steps;
}

function everyNth<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, Math.ceil(items.length / count));
  return items.filter((_, index) => index % step === 0);
}
