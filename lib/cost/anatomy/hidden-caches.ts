import type { SessionSet } from '../../sessions/session';
import type { CostDifference } from '../cost-anatomy';
import { isMetered } from '../price-session';

/** Share of prompt tokens that recorded costs imply were cached and the trace does not count, by model. */
export type HiddenCaches = ReadonlyMap<string, number>;

/** The models whose recorded costs show a cache that the trace does not count. */
export function findHiddenCaches(difference: CostDifference | null): HiddenCaches {
  return new Map(
    difference?.lines.flatMap(({ model, explanation }) =>
      model !== null && explanation.kind === 'hidden_caching'
        ? [[model, explanation.impliedCachedShare] as const]
        : [],
    ),
  );
}

/** The implied share of the first model of a session that has one; null where none has. */
export function impliedShareOf(
  set: SessionSet,
  rows: readonly [number, number],
  hidden: HiddenCaches,
): number | null {
  if (hidden.size === 0) return null;
  for (let row = rows[0]; row < rows[1]; row++) {
    const model = set.names[set.calls.model[row]];
    const share = model === undefined || !isMetered(set, row) ? undefined : hidden.get(model);
    if (share !== undefined) return share;
  }
  return null;
}
