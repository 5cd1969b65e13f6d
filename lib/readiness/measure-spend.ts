import { callKindCode, type SessionSet } from '../sessions/session';
import { type SessionShare, shareOverSessions } from './over-sessions';

/** Spend by how sessions ended, and what has no price. */
export interface SpendMeasure {
  /** Spend of sessions whose last model or tool call ended in an error ÷ all spend. */
  readonly failedShare: SessionShare | null;
  /** Mean cost of a failed session ÷ mean cost of another; null where either kind is missing. */
  readonly failedCostRatio: number | null;
  /** Tokens of calls with usage and no price ÷ tokens of calls with usage; null without any. */
  readonly unpricedTokenShare: number | null;
}

/** Measures the spend of failed sessions and the share of tokens that no price covers. */
export function measureSpend(set: SessionSet): SpendMeasure {
  const { calls, firstCall, sessionIds } = set;
  const cost = new Float64Array(sessionIds.length);
  const failedCost = new Float64Array(sessionIds.length);
  const sums = { failed: 0, other: 0, failedSessions: 0, otherSessions: 0 };
  let tokens = 0;
  let unpricedTokens = 0;
  for (let s = 0; s < sessionIds.length; s++) {
    let isFailed = false;
    let costPicoUsd = 0;
    for (let row = firstCall[s] ?? 0; row < (firstCall[s + 1] ?? 0); row++) {
      const kind = calls.kind[row];
      if (kind === callKindCode.model || kind === callKindCode.tool) {
        isFailed = calls.hasError[row] === 1;
      }
      const rowCost = calls.listCostPicoUsd[row] ?? Number.NaN;
      const rowTokens = tokensOfRow(set, row);
      if (!Number.isNaN(rowCost)) costPicoUsd += rowCost;
      if (Number.isNaN(rowTokens)) continue;
      tokens += rowTokens;
      if (Number.isNaN(rowCost)) unpricedTokens += rowTokens;
    }
    cost[s] = costPicoUsd;
    failedCost[s] = isFailed ? costPicoUsd : 0;
    sums[isFailed ? 'failed' : 'other'] += costPicoUsd;
    sums[isFailed ? 'failedSessions' : 'otherSessions'] += 1;
  }
  const meanFailed = sums.failed / sums.failedSessions;
  const meanOther = sums.other / sums.otherSessions;
  return {
    failedShare: shareOverSessions(failedCost, cost),
    failedCostRatio: meanFailed > 0 && meanOther > 0 ? meanFailed / meanOther : null,
    unpricedTokenShare: tokens > 0 ? unpricedTokens / tokens : null,
  };
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
