import { AppError } from '../errors';
import { opCode } from '../workload/workload-model';

/** What is needed of sessions to say how long their model calls take. */
export interface LatencyBasis {
  readonly op: ArrayLike<number>;
  readonly durationSec: readonly number[];
  /** By operation; null or NaN where not known. */
  readonly output: ArrayLike<number | null> | null;
}

/** A latency that is assumed because none was recorded: no measurement, and said so in the draft. */
export const assumedLatency = { baseSec: 1.5, decodeSecPerToken: 0.02 } as const;

/**
 * Whether model calls are there and none of them takes any time: no duration was recorded, so there
 * is no median to take either.
 */
export function lacksDurations({ op, durationSec }: Omit<LatencyBasis, 'output'>): boolean {
  let calls = 0;
  for (let i = 0; i < op.length; i++) {
    if (op[i] !== opCode.modelCall) continue;
    if (durationSec[i] > 0) return false;
    calls++;
  }
  return calls > 0;
}

/**
 * Gives the calls of sessions without durations the time that the assumed latency does. A count of
 * output tokens that is not known is the median of those that are, as it is played.
 *
 * @returns seconds by operation
 * @throws AppError `invalid_input` where no output tokens are known either, or no session has
 *   a recorded time at all
 */
export function assumeDurations({ op, durationSec, output }: LatencyBasis): number[] {
  const counts: number[] = [];
  for (let i = 0; i < op.length; i++) {
    const count = output?.[i] ?? Number.NaN;
    if (op[i] === opCode.modelCall && !Number.isNaN(count)) counts.push(count);
  }
  if (counts.length === 0) {
    throw new AppError(
      'invalid_input',
      'No scenario can be drafted: the traces record neither how long a model call takes nor its output tokens. Import traces with the start and the end of each call.',
    );
  }
  if (!durationSec.some((sec) => sec > 0)) {
    throw new AppError(
      'invalid_input',
      'No scenario can be drafted: nothing in the traces takes any time. Import traces with the start and the end of each call.',
    );
  }
  const median = counts.toSorted((a, b) => a - b)[Math.floor((counts.length - 1) / 2)];
  const known = (count: number | null | undefined) =>
    count == null || Number.isNaN(count) ? median : count;
  return durationSec.map((sec, i) =>
    op[i] === opCode.modelCall
      ? assumedLatency.baseSec + assumedLatency.decodeSecPerToken * known(output?.[i])
      : sec,
  );
}
