import type { PolicyList } from '../policies/policy';
import { extendSessions } from '../predict/extend-sessions';
import type { LengthCost } from '../predict/length-costs';
import { replayPolicies } from '../replay/replay-policies';
import type { ReplaySet } from '../replay/replay-set';
import type { UnitPrices } from '../unit-prices';

/** Multiples of the observed length that are drawn. */
const lengthFactors = [0.1, 0.25, 0.5, 1, 2, 4, 8, 20] as const;

/** Calls written out at a time, which bounds memory at a few hundred megabytes. */
const maxCalls = 2_000_000;

/** What longer sessions are replayed with. */
export interface ReplayedLengthOptions {
  readonly policies: PolicyList;
  readonly catalogue: readonly UnitPrices[];
  readonly draws: number; //      sessions per length
  readonly seed: number;
}

/**
 * How the mean cost of a session under policies grows with its length: sessions are continued or cut
 * first, and the policies are replayed on what results, so that a compaction bounds longer sessions,
 * too.
 *
 * Rising, and 1 at 1. Draws are those of `tabulateLengthCosts` as long as they fit into memory
 * together; lengths at which a single session would not are left out.
 *
 * @throws RangeError when no session is priced throughout
 */
export function tabulateReplayedLengths(
  set: ReplaySet,
  { policies, catalogue, draws, seed }: ReplayedLengthOptions,
): LengthCost[] {
  const longest = countLongest(set);
  const lengths = lengthFactors.filter((factor) => factor <= 1 || factor * longest <= maxCalls);
  const most = Math.max(1, lengths.at(-1) ?? 1);
  const batch = Math.max(1, Math.min(draws, Math.floor(maxCalls / (most * longest))));
  const totals = lengths.map((lengthFactor) => {
    let picoUsd = 0;
    for (let first = 0; first < draws; first += batch) {
      const count = Math.min(batch, draws - first);
      const longer = extendSessions(set, { count, lengthFactor, seed: seed + first });
      const { changedPicoUsd } = replayPolicies(longer, policies, catalogue);
      for (let session = 0; session < count; session++) picoUsd += changedPicoUsd[session];
    }
    return picoUsd;
  });
  const observed = totals[lengths.indexOf(1)];
  let floor = 0;
  return lengths.map((lengthFactor, i) => {
    floor = Math.max(floor, observed > 0 ? totals[i] / observed : lengthFactor);
    return { lengthFactor, costFactor: floor };
  });
}

/** Calls of the longest session, at least 1. */
function countLongest(set: ReplaySet): number {
  let longest = 1;
  for (let session = 0; session < set.sessionIds.length; session++) {
    const first = set.firstCall[set.firstThread[session]];
    longest = Math.max(longest, set.firstCall[set.firstThread[session + 1]] - first);
  }
  return longest;
}
