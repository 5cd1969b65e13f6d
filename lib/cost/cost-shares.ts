import { findFailedSessions } from '../sessions/failed-sessions';
import type { SessionSet } from '../sessions/session';
import { shareOverSessions } from '../stats/over-sessions';
import type { Interval } from './cost-model';
import { isMetered } from './price-session';

/** A tenth of fewer sessions than this is less than one. */
const minDecileSessions = 10;

/** What was spent on sessions that failed. */
export interface FailedSpend {
  readonly failedCostShare: number; //                    of all spend, 0–1
  readonly failedCostInterval95: Interval | null; //      over sessions; null below 20
  /** Mean cost of a failed session ÷ mean cost of another; null where either kind is missing. */
  readonly failedCostRatio: number | null;
}

/**
 * Spend that lies in sessions whose last main-thread call has an error.
 *
 * @param costBySession dollars; NaN where no call is priced, which is in neither mean
 * @returns null when nothing was spent
 */
export function findFailedSpend(set: SessionSet, costBySession: Float64Array): FailedSpend | null {
  const hasFailed = findFailedSessions(set);
  const cost = costBySession.map((costUsd) => costUsd || 0);
  const failedCost = cost.map((costUsd, session) => (hasFailed[session] === 1 ? costUsd : 0));
  const spend = shareOverSessions(failedCost, cost);
  if (spend === null) return null;
  const isPriced = (session: number) => !Number.isNaN(costBySession[session]);
  const meanFailed = meanOf(cost.filter((_, s) => isPriced(s) && hasFailed[s] === 1));
  const meanOther = meanOf(cost.filter((_, s) => isPriced(s) && hasFailed[s] === 0));
  return {
    failedCostShare: spend.share,
    failedCostInterval95: spend.interval95,
    failedCostRatio: meanFailed > 0 && meanOther > 0 ? meanFailed / meanOther : null,
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Share of the spend that lies in the dearest tenth of the priced sessions, rounded up to whole
 * sessions.
 *
 * @returns 0–1; null below ten priced sessions
 */
export function findTopDecileShare(costBySession: Float64Array): number | null {
  const descending = costBySession
    .filter((cost) => !Number.isNaN(cost))
    .sort()
    .reverse();
  if (descending.length < minDecileSessions) return null;
  const dearest = Math.ceil(descending.length / 10);
  let top = 0;
  let total = 0;
  descending.forEach((cost, i) => {
    total += cost;
    if (i < dearest) top += cost;
  });
  return total > 0 ? top / total : null;
}

/**
 * Share of the spend whose call names its agent, its user (or service identity), its turn and its
 * time, which places it among the steps of the session.
 *
 * @returns 0–1; null when nothing was spent
 */
export function findAttributedShare(set: SessionSet): number | null {
  const { calls } = set;
  let attributed = 0;
  let total = 0;
  for (let row = 0; row < calls.length; row++) {
    const cost = calls.listCostPicoUsd[row];
    if (!isMetered(set, row) || Number.isNaN(cost)) continue;
    total += cost;
    const isAttributed =
      calls.agent[row] >= 0 &&
      calls.principal[row] >= 0 &&
      calls.turn[row] >= 0 &&
      !Number.isNaN(calls.startMs[row]);
    if (isAttributed) attributed += cost;
  }
  return total > 0 ? attributed / total : null;
}
