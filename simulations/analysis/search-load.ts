import type { Scenario } from '../scenario/scenario';
import type {
  AnalysisPoint,
  LoadSweep,
  ObjectiveLimit,
  SaturationSearch,
} from '../scenario-analysis';
import type { AnalysisPlan } from './analysis-plan';
import { readPoint, requireObjectives } from './analysis-point';
import { isWholeParameter, loadFactor, withParameter } from './scenario-parameter';

/** Relative width at which a bracket of values is narrow enough. */
const resolution = 0.02;

const mostPoints = 40;

/** What a search changes, and how far it goes. */
export interface SearchRange {
  readonly parameter?: string; // left out: the load of all classes
  readonly from: number;
  readonly upTo: number;
}

/** Runs the scenario at one value of a parameter. */
export function* playAt(
  scenario: Scenario,
  parameter: string,
  values: readonly number[],
): AnalysisPlan<AnalysisPoint[]> {
  const outcomes = yield values.map((value) => withParameter(scenario, parameter, value));
  return outcomes.map((outcome, i) => readPoint(values[i], outcome));
}

/** Runs a scenario at given values of a parameter, in ascending order. */
export function* sweepLoad(
  scenario: Scenario,
  {
    parameter = loadFactor,
    values,
  }: { readonly parameter?: string; readonly values: readonly number[] },
): AnalysisPlan<LoadSweep> {
  const sorted = values.toSorted((a, b) => a - b);
  return { parameter, points: yield* playAt(scenario, parameter, sorted) };
}

/** A value between two others by ratio; null when they are close enough or neighbours. */
export function between(low: number, high: number, isWhole: boolean): number | null {
  if (high <= low * (1 + resolution)) return null;
  const middle = Math.sqrt(low * high);
  if (!isWhole) return middle;
  if (high - low <= 1) return null;
  return Math.min(Math.max(Math.round(middle), low + 1), high - 1);
}

/** Where the points seen so far place the limit, for one test of a point. */
function bracket(points: readonly AnalysisPoint[], test: (point: AnalysisPoint) => boolean | null) {
  const firstNotHolding = points.findIndex((point) => test(point) !== true);
  const lastNotFailing = points.findLastIndex((point) => test(point) !== false);
  const holding = firstNotHolding < 0 ? points : points.slice(0, firstNotHolding);
  return {
    holds: holding.at(-1)?.value ?? null,
    notHolding: points[firstNotHolding]?.value ?? null,
    lastNotFailing: points[lastNotFailing]?.value ?? null,
    fails: points[lastNotFailing + 1]?.value ?? null,
  };
}

/** The value to look at next; null when the limit is bracketed or the range searched. */
function chooseNext(points: readonly AnalysisPoint[], range: SearchRange, isWhole: boolean) {
  const { holds, notHolding, lastNotFailing, fails } = bracket(points, (point) => point.holds);
  if (notHolding === null) {
    const last = points[points.length - 1].value;
    return last >= range.upTo ? null : Math.min(last * 2, range.upTo);
  }
  if (holds === null) return null; // not even the first value holds
  const next = between(holds, notHolding, isWhole);
  if (next !== null) return next;
  if (fails !== null && lastNotFailing !== null) return between(lastNotFailing, fails, isWhole);
  const last = points[points.length - 1].value;
  return last >= range.upTo ? null : Math.min(last * 2, range.upTo);
}

function limitOf(points: readonly AnalysisPoint[], slo: number): ObjectiveLimit {
  const { holds, fails } = bracket(points, (point) => point.slos[slo].holds);
  return { text: points[0].slos[slo].text, holdsUpTo: holds, failsFrom: fails };
}

function describeSearch(points: readonly AnalysisPoint[], parameter: string): SaturationSearch {
  const all = bracket(points, (point) => point.holds);
  const limits = points[0].slos
    .map((_, slo) => limitOf(points, slo))
    .toSorted((a, b) => (a.failsFrom ?? Infinity) - (b.failsFrom ?? Infinity));
  const [first, second] = limits.filter(({ failsFrom }) => failsFrom !== null);
  const firstPoint = points.find(({ value }) => value === first?.failsFrom);
  return {
    parameter,
    limit: all.holds,
    interval95: all.holds !== null && all.fails !== null ? [all.holds, all.fails] : null,
    limits,
    bindsFirst:
      first === undefined
        ? null
        : {
            text: first.text,
            resource: firstPoint?.overloaded[0] ?? firstPoint?.busiest?.resource ?? null,
          },
    bindsNext:
      second?.failsFrom == null ? null : { text: second.text, failsFrom: second.failsFrom },
    searchedUpTo: points[points.length - 1].value,
    rule:
      'Largest value at which every objective holds with 95 % confidence (upper end of its interval ' +
      'over the replications), found by doubling and bisection to 2 % on common random streams. The ' +
      'interval ends at the smallest value that breaks an objective with the same confidence.',
    points: [...points],
  };
}

/**
 * Searches the largest load, or value of another parameter, at which every objective holds.
 *
 * Assumes that objectives which fail go on failing as the value grows. Doubles from `from` until one
 * fails, bisects by ratio for the largest value that holds, then for the smallest that clearly fails;
 * where others than the first are still to fail it looks twice and four times as far for what binds
 * next.
 *
 * @throws RangeError when the scenario has no objectives, or cannot hold a value of the range
 */
export function* searchLoad(
  scenario: Scenario,
  range: SearchRange,
): AnalysisPlan<SaturationSearch> {
  requireObjectives(scenario.slos);
  const { parameter = loadFactor, from, upTo } = range;
  const isWhole = isWholeParameter(parameter);
  const points = yield* playAt(scenario, parameter, [from]);
  const add = function* (values: readonly number[]) {
    points.push(...(yield* playAt(scenario, parameter, values)));
    points.sort((a, b) => a.value - b.value);
  };
  while (points.length < mostPoints) {
    const next = chooseNext(points, range, isWhole);
    if (next === null) break;
    yield* add([next]);
  }
  const { fails } = bracket(points, (point) => point.holds);
  if (fails !== null) {
    const seen = new Set(points.map(({ value }) => value));
    const beyond = [2 * fails, 4 * fails].map((value) => (isWhole ? Math.round(value) : value));
    yield* add(beyond.filter((value) => value <= upTo && !seen.has(value)));
  }
  return describeSearch(points, parameter);
}
