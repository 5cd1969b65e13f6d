import { callKindCode, type SessionSet } from '../sessions/session';

/** Cost and tokens of every session, by index into the set. */
export interface SessionTotals {
  readonly listCostUsd: Float64Array; // NaN: no call of the session is priced
  readonly tokens: Float64Array; //      prompt and output; NaN: no call has usage
}

/** Prompt and output tokens of one row; NaN where its usage is missing. */
export function rowTokens({ calls }: SessionSet, row: number): number {
  return (
    calls.inputFresh[row] +
    calls.cacheRead[row] +
    calls.cacheWrite5m[row] +
    calls.cacheWrite1h[row] +
    calls.cacheWriteUnknownTtl[row] +
    calls.output[row] +
    (calls.reasoning[row] || 0)
  );
}

/**
 * Whether a row's usage counts: model calls, and what agent spans report beyond the calls below
 * them.
 */
export function isMetered({ calls }: SessionSet, row: number): boolean {
  return calls.kind[row] === callKindCode.model || calls.kind[row] === callKindCode.agent;
}

/** Adds up every session. Calls without a price or usage are left out: count them beside it. */
export function priceSessions(set: SessionSet): SessionTotals {
  const listCostUsd = new Float64Array(set.sessionIds.length).fill(Number.NaN);
  const tokens = new Float64Array(set.sessionIds.length).fill(Number.NaN);
  for (let row = 0; row < set.calls.length; row++) {
    if (!isMetered(set, row)) continue;
    const session = set.calls.session[row];
    const picoUsd = set.calls.listCostPicoUsd[row];
    if (!Number.isNaN(picoUsd)) listCostUsd[session] = (listCostUsd[session] || 0) + picoUsd;
    const used = rowTokens(set, row);
    if (!Number.isNaN(used)) tokens[session] = (tokens[session] || 0) + used;
  }
  // Dollars come last: a session's pico-dollars add up without rounding below 9,007 USD.
  for (let session = 0; session < listCostUsd.length; session++) listCostUsd[session] /= 1e12;
  return { listCostUsd, tokens };
}
