import type { PolicyList } from '../cost/policies/policy';
import type { PriceBook } from '../cost/price-book';
import { buildCatalogue } from '../cost/replay/build-catalogue';
import { buildReplaySet } from '../cost/replay/build-replay-set';
import { encodeReplaySet } from '../cost/replay/replay-codec';
import { replayPolicies } from '../cost/replay/replay-policies';
import { summarizeReplay } from '../cost/replay/summarize-replay';
import type { SessionSet } from '../sessions/session';

/** Asks for the sessions as policies walk over them, encoded, or for what policies make of them. */
export type ReplayQuestion =
  | { readonly kind: 'set'; readonly names: readonly string[] } // aliases, as further model names
  | {
      readonly kind: 'outcome';
      readonly policies: PolicyList;
      readonly seed: number;
      readonly resamples: number;
    };

/** What is computed about replays in a thread of its own and is not kept. */
export const replayModels = {
  replay: (
    sessions: SessionSet,
    { book, replay }: { readonly book: PriceBook; readonly replay?: ReplayQuestion },
  ): unknown => {
    if (replay === undefined) throw new RangeError('A replay was asked for without a question.');
    const set = buildReplaySet(sessions, book);
    if (replay.kind === 'set') {
      return encodeReplaySet({
        set,
        catalogue: buildCatalogue(book, set.prices, [], replay.names),
      });
    }
    const catalogue = buildCatalogue(book, set.prices, replay.policies);
    return summarizeReplay(set, replayPolicies(set, replay.policies, catalogue), replay);
  },
} as const;
