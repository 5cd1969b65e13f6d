import { opCode } from '@/lib/workload/workload-model';

/** The operations of observed sessions, as a workload or as its plain copy. */
export interface ObservedPrograms {
  readonly firstOp: ArrayLike<number>;
  readonly op: ArrayLike<number>;
  readonly durationSec: ArrayLike<number>;
}

/** Parts of a cycle that the observed sessions do not settle. */
export interface CycleParts {
  readonly thinkTimeFactor?: number; // left out: 1, as observed
  readonly restSecMean?: number; //     left out: 0, the next session begins at once
}

const cycles = 4;
const hourSec = 3_600;
const maxSec = 7 * 24 * hourSec; // what a scenario takes

/**
 * Simulated time that lets the waits of a workload end: four mean unloaded cycles of an agent.
 *
 * @returns seconds; whole hours, from one hour to seven days
 */
export function defaultHorizonSec(programs: ObservedPrograms, parts: CycleParts = {}): number {
  const { thinkTimeFactor = 1, restSecMean = 0 } = parts;
  const { firstOp, op, durationSec } = programs;
  let totalSec = 0;
  let sessions = 0;
  for (let program = 0; program + 1 < firstOp.length; program++) {
    let sessionSec = 0;
    for (let i = firstOp[program]; i < firstOp[program + 1]; i++) {
      sessionSec += durationSec[i] * (op[i] === opCode.think ? thinkTimeFactor : 1);
    }
    totalSec += sessionSec;
    sessions += sessionSec > 0 ? 1 : 0;
  }
  const cycleSec = sessions === 0 ? 0 : totalSec / sessions + restSecMean;
  const hours = Math.ceil((cycles * cycleSec) / hourSec);
  return Math.min(maxSec, Math.max(1, hours) * hourSec);
}
