import type { SessionSet } from '../sessions/session';

/**
 * Tokens of calls with usage and no price ÷ tokens of calls with usage.
 *
 * @returns 0–1; null where no call has usage
 */
export function measureUnpricedTokenShare(set: SessionSet): number | null {
  const { calls } = set;
  let tokens = 0;
  let unpricedTokens = 0;
  for (let row = 0; row < calls.length; row++) {
    const rowTokens = tokensOfRow(set, row);
    if (Number.isNaN(rowTokens)) continue;
    tokens += rowTokens;
    if (Number.isNaN(calls.listCostPicoUsd[row])) unpricedTokens += rowTokens;
  }
  return tokens > 0 ? unpricedTokens / tokens : null;
}

function tokensOfRow({ calls }: SessionSet, row: number): number {
  const reasoning = calls.reasoning[row] ?? Number.NaN;
  return (
    (calls.inputFresh[row] ?? Number.NaN) +
    (calls.cacheRead[row] ?? Number.NaN) +
    (calls.cacheWrite5m[row] ?? Number.NaN) +
    (calls.cacheWrite1h[row] ?? Number.NaN) +
    (calls.cacheWriteUnknownTtl[row] ?? Number.NaN) +
    (calls.output[row] ?? Number.NaN) +
    (Number.isNaN(reasoning) ? 0 : reasoning)
  );
}
