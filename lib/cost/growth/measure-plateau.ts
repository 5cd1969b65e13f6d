import type { ContextMeasures } from '../../sessions/context-growth';
import type { SessionSet } from '../../sessions/session';
import { quantileOverSessions } from '../../stats/over-sessions';
import { quantile, quantileSorted, sortAscending } from '../../stats/quantile';
import type { ResetPlateau, Spread } from '../growth-model';
import type { ContextReset } from './list-resets';
import type { ThreadGroup } from './list-threads';
import type { RatioBatch, SessionRatio } from './ratio-batch';

/** What a group is measured from. */
export interface GroupInputs {
  readonly set: SessionSet;
  readonly context: ContextMeasures;
  readonly resets: ReadonlyMap<number, ContextReset>;
  readonly batch: RatioBatch;
  readonly windowOfRow: (row: number) => number | null;
}

/** Spread of values that belong to sessions, at least one. */
export function measureSpread(
  values: readonly number[],
  sessions: readonly number[],
  sessionCount: number,
): Spread {
  const sorted = sortAscending(values);
  const median = quantileOverSessions(values, sessions, sessionCount, 0.5);
  return {
    n: sorted.length,
    p10: quantileSorted(sorted, 0.1),
    p50: quantileSorted(sorted, 0.5),
    p90: quantileSorted(sorted, 0.9),
    p50Interval95: median?.interval95 ?? null,
  };
}

/** Where a group's history is cut back. */
export interface MeasuredPlateau {
  readonly plateau: ResetPlateau;
  readonly threshold: SessionRatio; //     mean prompt before
  readonly retained: SessionRatio; //      prompts after ÷ prompts before
}

/** Measures the resets of a group; null where there are none. */
export function measurePlateau(group: ThreadGroup, inputs: GroupInputs): MeasuredPlateau | null {
  const { set, context, batch, resets } = inputs;
  const own: ContextReset[] = [];
  for (const { rows } of group.threads) {
    for (const row of rows) {
      const reset = context.isContextReset[row] === 1 ? resets.get(row) : undefined;
      if (reset !== undefined) own.push(reset);
    }
  }
  if (own.length === 0) return null;
  const sessions = own.map((reset) => reset.session);
  const before = own.map((reset) => reset.beforeTokens);
  const sessionCount = set.sessionIds.length;
  const clusters = Uint32Array.from(sessions);
  const beforeSums = Float64Array.from(before);
  const afterSums = Float64Array.from(own, (reset) => reset.afterTokens);
  const ones = new Float64Array(own.length).fill(1);
  return {
    threshold: batch.add({ clusters, parts: beforeSums, wholes: ones }),
    retained: batch.add({ clusters, parts: afterSums, wholes: beforeSums }),
    plateau: {
      resets: own.length,
      sessions: new Set(sessions).size,
      toldBySource: own.filter(({ row }) => set.calls.isAfterCompaction[row] === 1).length,
      ...countReach(group, context, quantile(before, 0.5)),
      thresholdTokens: measureSpread(before, sessions, sessionCount),
      retainedShare: measureSpread(
        own.map((reset) => reset.afterTokens / reset.beforeTokens),
        sessions,
        sessionCount,
      ),
      thresholdWindowShare: measureWindowShare(own, inputs),
      ...sumSummaries(own, set),
    },
  };
}

function measureWindowShare(
  resets: readonly ContextReset[],
  { set, windowOfRow }: GroupInputs,
): Spread | null {
  const known = resets.flatMap(({ beforeRow, beforeTokens, session }) => {
    const windowTokens = windowOfRow(beforeRow);
    return windowTokens === null ? [] : [{ session, share: beforeTokens / windowTokens }];
  });
  if (known.length === 0) return null;
  return measureSpread(
    known.map(({ share }) => share),
    known.map(({ session }) => session),
    set.sessionIds.length,
  );
}

/** Sessions whose prompt came to the threshold, and those of them with a reset. */
function countReach(
  { threads }: ThreadGroup,
  context: ContextMeasures,
  thresholdTokens: number,
): Pick<ResetPlateau, 'sessionsAtThreshold' | 'resetAtThreshold'> {
  const reached = new Set<number>();
  const reset = new Set<number>();
  for (const { session, rows } of threads) {
    for (const row of rows) {
      if (context.promptTokens[row] >= thresholdTokens) reached.add(session);
      if (context.isContextReset[row] === 1) reset.add(session);
    }
  }
  const both = [...reached].filter((session) => reset.has(session));
  return { sessionsAtThreshold: reached.size, resetAtThreshold: both.length };
}

/** Counts and prices the summarising calls that are in the trace. */
function sumSummaries(
  resets: readonly ContextReset[],
  set: SessionSet,
): Pick<ResetPlateau, 'summaryCalls' | 'summaryCallsUnpriced' | 'summaryCostUsd'> {
  const rows = resets.flatMap(({ summaryRow }) => (summaryRow < 0 ? [] : [summaryRow]));
  const costs = rows
    .map((row) => set.calls.listCostPicoUsd[row])
    .filter((picoUsd) => !Number.isNaN(picoUsd));
  return {
    summaryCalls: rows.length,
    summaryCallsUnpriced: rows.length - costs.length,
    summaryCostUsd:
      costs.length === 0 ? null : costs.reduce((sum, picoUsd) => sum + picoUsd, 0) / 1e12,
  };
}
