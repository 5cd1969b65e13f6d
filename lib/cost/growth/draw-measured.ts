import type { ContextMeasures } from '../../sessions/context-growth';
import type { SessionSet } from '../../sessions/session';
import { quantileSorted } from '../../stats/quantile';
import type { MeasuredPoint } from '../growth-model';
import type { GrowthThread } from './list-threads';
import { choosePoints, type GrowthUnit, listUnitEnds } from './list-units';

const spreadOf = (sorted: Float64Array) => ({
  p10: quantileSorted(sorted, 0.1),
  p25: quantileSorted(sorted, 0.25),
  p50: quantileSorted(sorted, 0.5),
  p75: quantileSorted(sorted, 0.75),
  p90: quantileSorted(sorted, 0.9),
});

/** Running totals by row within its thread; cost is NaN from the first call without a price on. */
function cumulate(set: SessionSet, context: ContextMeasures, threads: readonly GrowthThread[]) {
  const costUsd = new Float64Array(set.calls.length);
  const promptTokens = new Float64Array(set.calls.length);
  for (const { rows } of threads) {
    let picoUsd = 0;
    let tokens = 0;
    for (const row of rows) {
      picoUsd += set.calls.listCostPicoUsd[row];
      tokens += context.promptTokens[row];
      costUsd[row] = picoUsd / 1e12;
      promptTokens[row] = tokens;
    }
  }
  return { costUsd, promptTokens };
}

/**
 * What sessions have cost and sent after the n-th call or turn, over those that reached it.
 *
 * These are different sessions at every n: the curve shows what was measured, and is not what
 * growth is fitted to.
 *
 * @returns at most 400 points; none where no thread has the unit
 */
export function drawMeasured(
  set: SessionSet,
  context: ContextMeasures,
  threads: readonly GrowthThread[],
  unit: GrowthUnit,
): MeasuredPoint[] {
  const units = threads
    .map((thread) => ({ rows: thread.rows, ends: listUnitEnds(set, thread, unit) }))
    .filter(({ ends }) => ends.length > 0)
    .sort((a, b) => b.ends.length - a.ends.length);
  if (units.length === 0) return [];
  const totals = cumulate(set, context, threads);
  const costs = new Float64Array(units.length);
  const tokens = new Float64Array(units.length);
  return choosePoints(units[0].ends.length).map((at) => {
    let sessions = 0;
    let pricedSessions = 0;
    let promptTokens = 0;
    let contextTokens = 0;
    let resentTokens = 0;
    for (const { rows, ends } of units) {
      if (ends.length < at) break;
      const row = rows[ends[at - 1]];
      tokens[sessions++] = totals.promptTokens[row];
      promptTokens += totals.promptTokens[row];
      if (!Number.isNaN(totals.costUsd[row])) costs[pricedSessions++] = totals.costUsd[row];
      contextTokens += context.promptTokens[row];
      resentTokens += context.resentTokens[row];
    }
    return {
      at,
      sessions,
      costUsd: pricedSessions === 0 ? null : spreadOf(costs.subarray(0, pricedSessions).sort()),
      pricedSessions,
      promptTokens: spreadOf(tokens.subarray(0, sessions).sort()),
      promptTokensMean: promptTokens / sessions,
      contextTokensMean: contextTokens / sessions,
      resentTokensMean: resentTokens / sessions,
    };
  });
}
