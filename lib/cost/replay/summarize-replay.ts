import { usdFromPicoUsd } from '../../units';
import { PicoUsdSum } from '../pico-usd-sum';
import type { BootstrapOptions } from '../session-quantiles';
import { type ChangeOverSessions, compareSessions } from './paired-change';
import type { ReplayCosts } from './replay-costs';
import { drawReplayCurve } from './replay-curve';
import type { ReplayChange, ReplayOutcome } from './replay-outcome';
import type { ReplaySet } from './replay-set';

const picoUsdPerUsd = 1e12;

function sumUsd(picoUsd: Float64Array): number {
  const sum = new PicoUsdSum();
  for (const one of picoUsd) if (!Number.isNaN(one)) sum.add(one);
  return usdFromPicoUsd(sum.total());
}

/** The total with the interval of the mean, times the sessions. */
function totalChange(costs: ReplayCosts, mean: ReplayChange, sessions: number): ReplayChange {
  const today = sumUsd(costs.todayPicoUsd);
  const changed = sumUsd(costs.changedPicoUsd);
  return {
    today,
    changed,
    difference: changed - today,
    interval95:
      mean.interval95 === null
        ? null
        : [mean.interval95[0] * sessions, mean.interval95[1] * sessions],
  };
}

function pickChanges({ mean, p50, p95 }: ChangeOverSessions): ChangeOverSessions {
  return { mean, p50, p95 };
}

/**
 * Sums a replay up as a difference against today.
 *
 * With `resamples: 0` no interval is drawn: that is for a lever that still moves. Both parts draw
 * the same sessions for the same seed.
 */
export function summarizeReplay(
  set: ReplaySet,
  costs: ReplayCosts,
  options: BootstrapOptions,
): ReplayOutcome {
  const cost = compareSessions(costs.todayPicoUsd, costs.changedPicoUsd, {
    ...options,
    unit: picoUsdPerUsd,
  });
  const tokens = compareSessions(costs.todayTokens, costs.changedTokens, { ...options, unit: 1 });
  return {
    sessions: set.sessionIds.length,
    sessionsInStore: set.sessionsInStore,
    calls: set.price.length,
    callsAdded: costs.callsAdded,
    callsRemoved: costs.callsRemoved,
    unpricedCalls: costs.unpricedCalls,
    costUsd:
      cost === null
        ? null
        : { ...pickChanges(cost), total: totalChange(costs, cost.mean, cost.sessions) },
    tokens: tokens === null ? null : pickChanges(tokens),
    byBucket: costs.byBucket.map(({ name, todayPicoUsd, changedPicoUsd }) => ({
      name,
      todayUsd: usdFromPicoUsd(todayPicoUsd),
      changedUsd: usdFromPicoUsd(changedPicoUsd),
    })),
    curve: drawReplayCurve(set, costs),
    assumptions: [...costs.assumptions],
  };
}
