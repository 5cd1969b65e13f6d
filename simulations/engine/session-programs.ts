import { durationLaw, opCode, type WorkloadModel } from '@/lib/workload/workload-model';

/** A workload made ready for one think-time factor. */
export interface SessionPrograms {
  /** Indexes of the programs that take time; the others would never let the clock move. */
  readonly usable: Uint32Array;
  readonly firstOp: Uint32Array;
  readonly op: Uint8Array;
  readonly durationSec: Float64Array; // think time scaled
  readonly law: Uint8Array;
  /** Unloaded time of all usable programs up to and including each operation. */
  readonly elapsedSec: Float64Array;
  /** Mean unloaded duration and number of operations of a usable program. */
  readonly sessionSecMean: number;
  readonly opsMean: number;
}

const cache = new WeakMap<WorkloadModel, { thinkTimeFactor: number; programs: SessionPrograms }>();

/**
 * Scales think time and sums unloaded durations; remembers the last factor of each workload.
 *
 * @throws RangeError when no session takes any time, so that there is nothing to simulate
 */
export function prepareSessionPrograms(
  workload: WorkloadModel,
  thinkTimeFactor: number,
): SessionPrograms {
  const cached = cache.get(workload);
  if (cached?.thinkTimeFactor === thinkTimeFactor) return cached.programs;
  const programs = build(workload, thinkTimeFactor);
  cache.set(workload, { thinkTimeFactor, programs });
  return programs;
}

function build(workload: WorkloadModel, thinkTimeFactor: number): SessionPrograms {
  const { op, firstOp, programCount } = workload;
  const durationSec = Float64Array.from(workload.durationSec);
  for (let i = 0; i < op.length; i++) if (op[i] === opCode.think) durationSec[i] *= thinkTimeFactor;

  const usable = new Uint32Array(programCount);
  const elapsedSec = new Float64Array(op.length);
  let usableCount = 0;
  let usableOps = 0;
  let totalSec = 0;
  for (let program = 0; program < programCount; program++) {
    const startSec = totalSec;
    for (let i = firstOp[program]; i < firstOp[program + 1]; i++) {
      totalSec += durationSec[i];
      elapsedSec[i] = totalSec;
    }
    if (totalSec === startSec) continue;
    usable[usableCount++] = program;
    usableOps += firstOp[program + 1] - firstOp[program];
  }
  if (usableCount === 0) {
    throw new RangeError(`Got ${programCount} sessions, none of which takes time, to simulate.`);
  }
  return {
    usable: usable.slice(0, usableCount),
    firstOp,
    op,
    durationSec,
    law: workload.durationLaw ?? new Uint8Array(op.length).fill(durationLaw.fixed),
    elapsedSec,
    sessionSecMean: totalSec / usableCount,
    opsMean: usableOps / usableCount,
  };
}

/**
 * First index whose value exceeds the one sought, in an ascending array.
 *
 * @returns from 0 to the length of the array
 */
export function findFirstAbove(values: Float64Array | Uint32Array, sought: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] > sought) high = middle;
    else low = middle + 1;
  }
  return low;
}
