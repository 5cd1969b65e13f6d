import type { ContextMeasures } from '../sessions/context-growth';
import type { SessionSet } from '../sessions/session';
import { quantile } from '../stats/quantile';
import type { GrowthFit } from './cost-model';
import { type GrowthThread, listThreads } from './growth/list-threads';
import { intervalOf, RatioBatch } from './growth/ratio-batch';
import { fitSums, slopeRatio, sumExponents, sumPrompts } from './growth/session-sums';
import type { BootstrapOptions } from './session-quantiles';

/** Lists the main threads of a set: their calls with a known prompt, session by session. */
export function listMainThreads(set: SessionSet, context: ContextMeasures): GrowthThread[] {
  return listThreads(set, context).filter((thread) => thread.isMainThread);
}

/** Fewer calls than this leave hardly any history to cut back. */
const minLongSessionCalls = 10;

/** How many sessions are among the longest quarter, and how many of them had their history cut back. */
function countLongSessions(
  threads: readonly GrowthThread[],
  context: ContextMeasures,
): { longSessions: number; longSessionsWithReset: number } {
  const upperQuartile = quantile(
    threads.map(({ rows }) => rows.length),
    0.75,
  );
  const long = threads.filter(
    ({ rows }) => rows.length >= Math.max(minLongSessionCalls, upperQuartile),
  );
  const withReset = long.filter(({ rows }) =>
    rows.some((row) => context.isContextReset[row] === 1),
  );
  return { longSessions: long.length, longSessionsWithReset: withReset.length };
}

/**
 * Fits how prompts grow from call to call within the main threads of sessions.
 *
 * The slope is a fixed-effects slope over segments between context resets: every segment keeps its
 * own intercept, so that neither long sessions, which differ from short ones, nor compactions bend
 * it. The exponent is the fixed-effects slope of log cumulative cost on log call number within
 * sessions. Groups of fewer than three calls are left out. Intervals are percentile intervals of a
 * bootstrap over sessions; null below 20 sessions.
 *
 * @returns null when no segment has three calls with a known prompt
 */
export function fitGrowth(
  set: SessionSet,
  context: ContextMeasures,
  threads: readonly GrowthThread[],
  options: BootstrapOptions,
): GrowthFit | null {
  const segmented = sumPrompts(threads, context, true);
  const fit = fitSums(segmented);
  if (fit === null) return null;
  const unsegmented = sumPrompts(threads, context, false);
  const exponents = sumExponents(threads, set, context).sums;
  const batch = new RatioBatch();
  const slope = batch.add(slopeRatio(segmented));
  const exponent = batch.add(slopeRatio(exponents));
  batch.run(set.sessionIds.length, options);
  let contextResets = 0;
  for (const { rows } of threads)
    for (const row of rows) contextResets += context.isContextReset[row];
  return {
    tokensPerCall: fit.slope,
    interval95: intervalOf(slope.resampled()),
    tokensPerCallUnsegmented: fitSums(unsegmented)?.slope ?? fit.slope,
    exponent: fitSums(exponents)?.slope ?? null,
    exponentInterval95: intervalOf(exponent.resampled()),
    rSquared: fit.rSquared,
    calls: segmented.calls,
    segments: segmented.runs,
    contextResets,
    ...countLongSessions(threads, context),
  };
}
