import { type ChangeOverSessions, compareSessions } from '../replay/paired-change';
import type { ReplayCosts } from '../replay/replay-costs';
import type { ReplayChange, ReplayOutcome, ReplayPoint } from '../replay/replay-outcome';
import type { ReplaySet } from '../replay/replay-set';
import { summarizeReplay } from '../replay/summarize-replay';
import type { BootstrapOptions } from '../session-quantiles';
import { compareGroups } from './two-sample-change';

/** Sessions and what some policies make of them; without any, what they are. */
export interface ReplayedSide {
  readonly set: ReplaySet;
  readonly costs: ReplayCosts;
}

const picoUsdPerUsd = 1e12;

/**
 * Sets two sides side by side: `today` of the outcome is the first, `changed` the second.
 *
 * The same sessions under two lists of policies are compared session by session; different sessions
 * as two groups, each drawn by itself, whose totals are what they are and have no interval. A call number that only one
 * side reaches is NaN on the other.
 *
 * @param options no resamples: no intervals
 */
export function compareReplays(
  a: ReplayedSide,
  b: ReplayedSide,
  options: BootstrapOptions,
): ReplayOutcome {
  const isPaired = a.set === b.set;
  const compare = isPaired ? compareSessions : compareGroups;
  const cost = compare(a.costs.changedPicoUsd, b.costs.changedPicoUsd, {
    ...options,
    unit: picoUsdPerUsd,
  });
  const tokens = compare(a.costs.changedTokens, b.costs.changedTokens, { ...options, unit: 1 });
  const first = summarizeReplay(a.set, a.costs, { ...options, resamples: 0 });
  const second = summarizeReplay(b.set, b.costs, { ...options, resamples: 0 });
  const priced = a.costs.changedPicoUsd.filter((picoUsd) => !Number.isNaN(picoUsd)).length;
  const meanInterval = isPaired ? (cost?.mean.interval95 ?? null) : null;
  const total = totalOf(
    first,
    second,
    meanInterval === null ? null : [meanInterval[0] * priced, meanInterval[1] * priced],
  );
  const both = (read: (outcome: ReplayOutcome) => number) =>
    isPaired ? read(second) : read(first) + read(second);
  return {
    sessions: both((side) => side.sessions),
    sessionsInStore: both((side) => side.sessionsInStore),
    calls: both((side) => side.calls),
    callsAdded: second.callsAdded,
    callsRemoved: second.callsRemoved,
    unpricedCalls: both((side) => side.unpricedCalls),
    costUsd: cost === null || total === null ? null : { ...pickChanges(cost), total },
    tokens: tokens === null ? null : pickChanges(tokens),
    byBucket: mergeBuckets(first, second),
    curve: mergeCurves(first.curve, second.curve),
    assumptions: [...new Set([...first.assumptions, ...second.assumptions])],
  };
}

function pickChanges({ mean, p50, p95 }: ChangeOverSessions): ChangeOverSessions {
  return { mean, p50, p95 };
}

function totalOf(
  a: ReplayOutcome,
  b: ReplayOutcome,
  interval95: [number, number] | null,
): ReplayChange | null {
  if (a.costUsd === null || b.costUsd === null) return null;
  const today = a.costUsd.total.changed;
  const changed = b.costUsd.total.changed;
  return { today, changed, difference: changed - today, interval95 };
}

function mergeBuckets(a: ReplayOutcome, b: ReplayOutcome): ReplayOutcome['byBucket'] {
  const names = [...new Set([...a.byBucket, ...b.byBucket].map(({ name }) => name))];
  const usd = (outcome: ReplayOutcome, name: string) =>
    outcome.byBucket.find((bucket) => bucket.name === name)?.changedUsd ?? 0;
  return names.map((name) => ({ name, todayUsd: usd(a, name), changedUsd: usd(b, name) }));
}

const unknownBand = { p10: Number.NaN, p50: Number.NaN, p90: Number.NaN };

function mergeCurves(a: readonly ReplayPoint[], b: readonly ReplayPoint[]): ReplayPoint[] {
  const first = new Map(a.map((point) => [point.call, point]));
  const second = new Map(b.map((point) => [point.call, point]));
  const calls = [...new Set([...first.keys(), ...second.keys()])].sort((x, y) => x - y);
  return calls.map((call) => {
    const pointA = first.get(call);
    const pointB = second.get(call);
    return {
      call,
      sessions: Math.max(pointA?.sessions ?? 0, pointB?.sessions ?? 0),
      todayUsd: pointA?.changedUsd ?? unknownBand,
      changedUsd: pointB?.changedUsd ?? unknownBand,
      todayPromptTokensMean: pointA?.changedPromptTokensMean ?? Number.NaN,
      changedPromptTokensMean: pointB?.changedPromptTokensMean ?? Number.NaN,
    };
  });
}
