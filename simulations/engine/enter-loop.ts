import type { RandomStream } from '@/lib/stats/random-stream';
import type { HoldingScope } from '@/lib/system/system-description';
import { durationLaw, opCode } from '@/lib/workload/workload-model';
import { findFirstAbove, type SessionPrograms } from './session-programs';

/** Where an agent stands when a closed loop is first looked at. */
export interface LoopEntry {
  readonly op: number; //          operation in progress; −1: between two sessions
  readonly end: number; //         end of its program
  readonly residualSec: number; // what is left of the operation; NaN: draw it afresh
  readonly isHolding: boolean; //  the agent has passed the point where it takes a slot
}

/**
 * Draws where an agent stands in its cycle at a random moment of an unloaded loop.
 *
 * A moment falls into an operation with probability in proportion to its duration, so the loop
 * starts near its steady state instead of with every agent at its first operation. What is left of
 * an exponential operation is exponential again.
 */
export function drawLoopEntry(
  programs: SessionPrograms,
  restSecMean: number,
  scope: HoldingScope,
  stream: RandomStream,
): LoopEntry {
  const { op, firstOp, elapsedSec, law } = programs;
  const cycleSec = programs.sessionSecMean + restSecMean;
  const momentSec = stream.nextFloat() * cycleSec * programs.usable.length;
  const index = findFirstAbove(elapsedSec, momentSec);
  if (index >= op.length) return { op: -1, end: 0, residualSec: Number.NaN, isHolding: false };
  const program = findFirstAbove(firstOp, index) - 1;
  return {
    op: index,
    end: firstOp[program + 1],
    residualSec: law[index] === durationLaw.fixed ? elapsedSec[index] - momentSec : Number.NaN,
    isHolding: hasAcquired(op, firstOp[program], index, scope),
  };
}

/** Whether an agent that is in an operation has a slot by then. */
function hasAcquired(op: Uint8Array, first: number, index: number, scope: HoldingScope): boolean {
  if (scope === 'query') return op[index] === opCode.query;
  for (let i = index; i >= first; i--) {
    if (op[i] === opCode.query) return true;
    if (scope === 'turn' && (op[i] === opCode.think || op[i] === opCode.turnStart)) return false;
  }
  return false;
}

/** Draws a Poisson number by counting the arrivals of a unit rate within the mean. */
export function drawPoisson(mean: number, stream: RandomStream): number {
  let count = 0;
  let arrivedAt = stream.nextExponential(1);
  while (arrivedAt < mean) {
    count++;
    arrivedAt += stream.nextExponential(1);
  }
  return count;
}
