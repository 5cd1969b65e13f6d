import type { ContextMeasures } from '../sessions/context-growth';
import type { SessionSet } from '../sessions/session';
import { bootstrapClusters, percentileInterval } from '../stats/bootstrap';
import { quantile } from '../stats/quantile';
import { type CentredSums, fitWithinGroups, sumCentred } from '../stats/regression';
import type { GrowthFit } from './cost-model';
import { type BootstrapOptions, minBootstrapSessions } from './session-quantiles';

/** Two points always lie on a line: a group tells something about a slope from three on. */
const minGroupCalls = 3;

/** The main thread of one session: its calls with a known prompt, in order. */
export interface MainThread {
  readonly session: number;
  readonly rows: readonly number[];
}

/** Lists the main-thread model calls with a known prompt, session by session. */
export function listMainThreads(set: SessionSet, context: ContextMeasures): MainThread[] {
  const threads: MainThread[] = [];
  for (let session = 0; session < set.sessionIds.length; session++) {
    const rows: number[] = [];
    for (let row = set.firstCall[session]; row < set.firstCall[session + 1]; row++) {
      if (context.callInThread[row] > 0 && set.calls.isMainThread[row] === 1) rows.push(row);
    }
    if (rows.length > 0) threads.push({ session, rows });
  }
  return threads;
}

/** Sums over groups of one session: all that a resample needs of it. */
interface SessionSums {
  readonly sumXX: number;
  readonly sumXY: number;
  readonly sumYY: number;
  readonly calls: number;
  readonly groups: number;
}

function addGroups(groups: readonly CentredSums[]): SessionSums {
  const sums = { sumXX: 0, sumXY: 0, sumYY: 0, calls: 0, groups: groups.length };
  for (const group of groups) {
    sums.sumXX += group.sumXX;
    sums.sumXY += group.sumXY;
    sums.sumYY += group.sumYY;
    sums.calls += group.n;
  }
  return sums;
}

/** Prompt against call number over some rows; nothing when they are too few. */
function sumPrompts(rows: readonly number[], context: ContextMeasures): CentredSums[] {
  if (rows.length < minGroupCalls) return [];
  return [
    sumCentred(
      rows.map((row) => context.callInThread[row]),
      rows.map((row) => context.promptTokens[row]),
    ),
  ];
}

/** The same, with a line of its own for every segment between context resets. */
function sumSegments(rows: readonly number[], context: ContextMeasures): CentredSums[] {
  const groups: CentredSums[] = [];
  let first = 0;
  for (let i = 1; i <= rows.length; i++) {
    if (i < rows.length && context.isContextReset[rows[i]] === 0) continue;
    groups.push(...sumPrompts(rows.slice(first, i), context));
    first = i;
  }
  return groups;
}

/** Logarithm of a running total against the logarithm of how many have been added. */
function sumLogTotals(amounts: readonly number[]): CentredSums[] {
  const logCalls: number[] = [];
  const logTotals: number[] = [];
  let total = 0;
  for (const amount of amounts) {
    if (Number.isNaN(amount)) continue;
    total += amount;
    if (total <= 0) continue;
    logCalls.push(Math.log(logCalls.length + 1));
    logTotals.push(Math.log(total));
  }
  return logCalls.length < minGroupCalls ? [] : [sumCentred(logCalls, logTotals)];
}

/**
 * Sums for the exponent: cumulative list cost of the calls that are priced or, where no session has
 * three of those, cumulative prompt tokens.
 */
function sumExponents(
  threads: readonly MainThread[],
  set: SessionSet,
  context: ContextMeasures,
): SessionSums[] {
  const byCost = threads.map(({ rows }) =>
    addGroups(sumLogTotals(rows.map((row) => set.calls.listCostPicoUsd[row]))),
  );
  if (byCost.some((sums) => sums.groups > 0)) return byCost;
  return threads.map(({ rows }) =>
    addGroups(sumLogTotals(rows.map((row) => context.promptTokens[row]))),
  );
}

/** Fewer calls than this leave hardly any history to cut back. */
const minLongSessionCalls = 10;

/** How many sessions are among the longest quarter, and how many of them had their history cut back. */
function countLongSessions(
  threads: readonly MainThread[],
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

/** Bootstrap interval of the common slope over the sessions that have a say in it. */
function intervalOfSlope(
  sessions: readonly SessionSums[],
  options: BootstrapOptions,
): [number, number] | null {
  const used = sessions.filter((sums) => sums.groups > 0);
  if (used.length < minBootstrapSessions) return null;
  const sumXX = Float64Array.from(used, (sums) => sums.sumXX);
  const sumXY = Float64Array.from(used, (sums) => sums.sumXY);
  const slope = (counts: Uint32Array) => {
    let xx = 0;
    let xy = 0;
    for (let i = 0; i < counts.length; i++) {
      xx += counts[i] * sumXX[i];
      xy += counts[i] * sumXY[i];
    }
    return xx > 0 ? xy / xx : Number.NaN;
  };
  const [slopes] = bootstrapClusters([slope], { clusters: used.length, ...options });
  return percentileInterval(slopes);
}

const fitSessions = (sessions: readonly SessionSums[]) =>
  fitWithinGroups(sessions.map((sums) => ({ n: sums.calls, meanX: 0, meanY: 0, ...sums })));

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
  threads: readonly MainThread[],
  options: BootstrapOptions,
): GrowthFit | null {
  const segmented = threads.map(({ rows }) => addGroups(sumSegments(rows, context)));
  const fit = fitSessions(segmented);
  if (fit === null) return null;
  const unsegmented = threads.map(({ rows }) => addGroups(sumPrompts(rows, context)));
  const exponents = sumExponents(threads, set, context);
  const { calls, groups } = segmented.reduce(
    (sum, { calls, groups }) => ({ calls: sum.calls + calls, groups: sum.groups + groups }),
    { calls: 0, groups: 0 },
  );
  let contextResets = 0;
  for (const { rows } of threads)
    for (const row of rows) contextResets += context.isContextReset[row];
  return {
    tokensPerCall: fit.slope,
    interval95: intervalOfSlope(segmented, options),
    tokensPerCallUnsegmented: fitSessions(unsegmented)?.slope ?? fit.slope,
    exponent: fitSessions(exponents)?.slope ?? null,
    exponentInterval95: intervalOfSlope(exponents, options),
    // Prompts that never change lie on their line without a residual.
    rSquared: Number.isNaN(fit.rSquared) ? 1 : fit.rSquared,
    calls,
    segments: groups,
    contextResets,
    ...countLongSessions(threads, context),
  };
}
