import type { ContextMeasures } from '../../sessions/context-growth';
import type { SessionSet } from '../../sessions/session';
import { quantile } from '../../stats/quantile';
import type { GrowthThread } from './list-threads';

/** One place at which history was cut back. */
export interface ContextReset {
  readonly session: number;
  readonly row: number; //                 first call after it
  readonly beforeRow: number;
  readonly beforeTokens: number; //        prompt right before
  readonly afterTokens: number;
  readonly summaryRow: number; //          the summarising call; −1: not in the trace
}

/** A summary is far longer than what an agent usually says. */
const summaryOutputRatio = 3;

/** What follows a compaction is mostly its summary. */
const minSummaryShare = 0.5;

/**
 * Whether the call right before a reset wrote the summary with which history begins again.
 *
 * Usage does not say so. It is taken for one where its visible output is at least three times the
 * thread's median and makes from half to all of what the next prompt holds beyond the standing
 * prefix.
 */
function isSummary(outputTokens: number, medianOutputTokens: number, keptTokens: number): boolean {
  return (
    outputTokens > 0 &&
    outputTokens >= summaryOutputRatio * medianOutputTokens &&
    outputTokens >= minSummaryShare * keptTokens &&
    outputTokens <= keptTokens
  );
}

/** Lists the resets of whole threads by the row that follows them. */
export function listResets(
  set: SessionSet,
  context: ContextMeasures,
  threads: readonly GrowthThread[],
): Map<number, ContextReset> {
  const { output } = set.calls;
  const resets = new Map<number, ContextReset>();
  for (const { session, rows } of threads) {
    if (!rows.some((row) => context.isContextReset[row] === 1)) continue;
    const medianOutput = quantile(
      rows.map((row) => output[row]),
      0.5,
    );
    for (let i = 1; i < rows.length; i++) {
      const row = rows[i];
      if (context.isContextReset[row] === 0) continue;
      const beforeRow = rows[i - 1];
      const afterTokens = context.promptTokens[row];
      const keptTokens = afterTokens - context.standingPrefixTokens[row];
      resets.set(row, {
        session,
        row,
        beforeRow,
        beforeTokens: context.promptTokens[beforeRow],
        afterTokens,
        summaryRow: isSummary(output[beforeRow], medianOutput, keptTokens) ? beforeRow : -1,
      });
    }
  }
  return resets;
}
