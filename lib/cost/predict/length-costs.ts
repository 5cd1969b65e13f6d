import type { ReplaySet } from '../replay/replay-set';
import { drawSessionCosts } from './session-draws';

/** Mean cost of sessions a number of times as long as observed, as a multiple of the observed. */
export interface LengthCost {
  readonly lengthFactor: number;
  readonly costFactor: number;
}

/** Multiples of the observed length that are drawn. */
const lengthFactors = [0.1, 0.25, 0.5, 1, 2, 4, 8, 20] as const;

/**
 * How the mean cost of a session grows with its length: the same sessions drawn at each length, cut
 * or continued by blocks of calls.
 *
 * Rising, and 1 at 1. It bends with compaction, jumps with price tiers, and goes on where sessions
 * of that length were never seen.
 *
 * @param options draws per length, and their seed
 * @throws RangeError when no session is priced throughout
 */
export function tabulateLengthCosts(
  set: ReplaySet,
  options: { readonly draws: number; readonly seed: number },
): LengthCost[] {
  const { draws: count, seed } = options;
  const means = lengthFactors.map((lengthFactor) => {
    const { costUsd } = drawSessionCosts(set, { count, seed, lengthFactor });
    return costUsd.reduce((sum, cost) => sum + cost, 0) / count;
  });
  const observed = means[lengthFactors.indexOf(1)];
  let floor = 0;
  return lengthFactors.map((lengthFactor, i) => {
    // Draws of neighbouring lengths are paired, so a fall could only be one of rounding.
    floor = Math.max(floor, observed > 0 ? means[i] / observed : lengthFactor);
    return { lengthFactor, costFactor: floor };
  });
}
