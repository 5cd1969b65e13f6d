import { callKindCode, type SessionSet } from '../sessions/session';
import { isMetered } from './price-session';

/** A tenth of fewer sessions than this is less than one. */
const minDecileSessions = 10;

/** Whether the last thing a session did in its main thread failed, session by session. */
function findFailedSessions({ calls, sessionIds }: SessionSet): Uint8Array {
  const hasFailed = new Uint8Array(sessionIds.length);
  for (let row = 0; row < calls.length; row++) {
    // An agent span encloses others: that it began last says nothing about what happened last.
    if (calls.isMainThread[row] === 0 || calls.kind[row] === callKindCode.agent) continue;
    hasFailed[calls.session[row]] = calls.hasError[row];
  }
  return hasFailed;
}

/**
 * Share of the spend that lies in sessions whose last main-thread call has an error.
 *
 * @param costBySession dollars; NaN where no call is priced
 * @returns 0–1; null when nothing was spent
 */
export function findFailedCostShare(set: SessionSet, costBySession: Float64Array): number | null {
  const hasFailed = findFailedSessions(set);
  let failed = 0;
  let total = 0;
  for (let session = 0; session < costBySession.length; session++) {
    const costUsd = costBySession[session] || 0;
    total += costUsd;
    if (hasFailed[session] === 1) failed += costUsd;
  }
  return total > 0 ? failed / total : null;
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
