import type { ContextMeasures } from '../sessions/context-growth';
import type { SessionSet } from '../sessions/session';
import { quantileSorted } from '../stats/quantile';
import type { GrowthPoint } from './cost-model';
import type { GrowthThread } from './growth/list-threads';
import { choosePoints } from './growth/list-units';

/** Fewer sessions than this say little about a quantile: such a point counts as extrapolated. */
const minPointSessions = 10;

/** Cumulative list cost in dollars after each call, up to the first call without a price. */
function cumulateCost(set: SessionSet, rows: readonly number[]): Float64Array {
  const costUsd = new Float64Array(rows.length);
  let picoUsd = 0;
  for (let i = 0; i < rows.length; i++) {
    picoUsd += set.calls.listCostPicoUsd[rows[i]];
    if (Number.isNaN(picoUsd)) return costUsd.subarray(0, i);
    costUsd[i] = picoUsd / 1e12;
  }
  return costUsd;
}

/**
 * Cumulative cost and prompt size after the n-th main-thread call, over the sessions that reached
 * it with every call so far priced.
 *
 * These are different sessions at every n: the curve shows what sessions have cost, and is not what
 * growth is fitted to.
 *
 * @returns at most 400 points; none when no session has a priced first call
 */
export function drawGrowthCurve(
  set: SessionSet,
  context: ContextMeasures,
  threads: readonly GrowthThread[],
): GrowthPoint[] {
  const priced = threads
    .map(({ rows }) => ({ rows, costUsd: cumulateCost(set, rows) }))
    .filter(({ costUsd }) => costUsd.length > 0)
    .sort((a, b) => b.costUsd.length - a.costUsd.length);
  if (priced.length === 0) return [];

  const costs = new Float64Array(priced.length);
  return choosePoints(priced[0].costUsd.length).map((call) => {
    let sessions = 0;
    let promptTokens = 0;
    let resentTokens = 0;
    for (const { rows, costUsd } of priced) {
      if (costUsd.length < call) break;
      costs[sessions++] = costUsd[call - 1];
      promptTokens += context.promptTokens[rows[call - 1]];
      resentTokens += context.resentTokens[rows[call - 1]];
    }
    const sorted = costs.subarray(0, sessions).sort();
    return {
      call,
      sessions,
      costUsd: {
        p10: quantileSorted(sorted, 0.1),
        p25: quantileSorted(sorted, 0.25),
        p50: quantileSorted(sorted, 0.5),
        p75: quantileSorted(sorted, 0.75),
        p90: quantileSorted(sorted, 0.9),
      },
      promptTokensMean: promptTokens / sessions,
      resentTokensMean: resentTokens / sessions,
      isExtrapolated: sessions < minPointSessions,
    };
  });
}
