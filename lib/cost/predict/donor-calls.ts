import { quantile } from '../../stats/quantile';
import type { ReplaySet } from '../replay/replay-set';

/** Calls of one agent from whose blocks its threads are continued. */
export interface DonorCalls {
  readonly calls: Uint32Array; //          by place in their thread, ascending; none is a first call
  readonly places: Uint32Array; //         0-based place in the thread of each
  readonly thresholdTokens: number; //     prompt at which history is cut back; infinite: never seen
  readonly retainedShare: number; //       of it, what is kept; NaN: never seen
}

/** Places from here on are taken together, so that few long threads do not stand alone. */
const lastPlacesShare = 0.75;

/** Prompt of a call, in tokens. */
export const promptOf = (set: ReplaySet, call: number): number =>
  set.newTokens[call] + set.resentTokens[call];

function measureResets(set: ReplaySet, calls: readonly number[]) {
  const resets = calls.filter((call) => set.isContextReset[call] === 1);
  const before = resets.map((call) => promptOf(set, call - 1));
  const kept = resets.map((call) => promptOf(set, call) / promptOf(set, call - 1));
  return {
    thresholdTokens: before.reduce((a, b) => Math.max(a, b), 0) || Number.POSITIVE_INFINITY,
    retainedShare: quantile(kept, 0.5),
  };
}

/** Key of the calls that may continue a thread: those of its agent, main thread or not. */
export const donorKey = (set: ReplaySet, thread: number): string =>
  `${set.agent[thread]}/${set.isMainThread[thread]}`;

/** Collects donors by agent: calls with a prompt that follow one with a prompt in their thread. */
export function collectDonors(set: ReplaySet): Map<string, DonorCalls> {
  const byAgent = new Map<string, { call: number; place: number }[]>();
  for (let thread = 0; thread + 1 < set.firstCall.length; thread++) {
    const donors = byAgent.get(donorKey(set, thread)) ?? [];
    byAgent.set(donorKey(set, thread), donors);
    const first = set.firstCall[thread];
    for (let call = first + 1; call < set.firstCall[thread + 1]; call++) {
      if (!(promptOf(set, call) > 0 && promptOf(set, call - 1) > 0)) continue;
      donors.push({ call, place: call - first });
    }
  }
  const collected = new Map<string, DonorCalls>();
  for (const [key, donors] of byAgent) {
    donors.sort((a, b) => a.place - b.place || a.call - b.call);
    const calls = donors.map(({ call }) => call);
    collected.set(key, {
      calls: Uint32Array.from(calls),
      places: Uint32Array.from(donors, ({ place }) => place),
      ...measureResets(set, calls),
    });
  }
  return collected;
}

/**
 * Index of the first donor that may follow a call at a place: those at about that place or later,
 * and at least the last quarter of all.
 */
export function firstDonorAt({ places }: DonorCalls, place: number): number {
  const last = Math.floor(places.length * lastPlacesShare);
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle] < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
