import type { Scenario } from '../scenario/scenario';
import type { Sizing } from '../scenario-analysis';
import type { AnalysisPlan } from './analysis-plan';
import { requireObjectives } from './analysis-point';
import { isWholeParameter } from './scenario-parameter';
import { between, playAt, type SearchRange } from './search-load';

const mostPoints = 30;

/**
 * Searches the smallest value of a parameter, such as slots, workers or a quota, at which every
 * objective holds at the scenario's own load.
 *
 * Assumes that objectives which hold go on holding as the value grows.
 *
 * @throws RangeError when the scenario has no objectives, or cannot hold a value of the range
 */
export function* sizeParameter(
  scenario: Scenario,
  range: SearchRange & { readonly parameter: string },
): AnalysisPlan<Sizing> {
  requireObjectives(scenario.slos);
  const { parameter, from, upTo } = range;
  const isWhole = isWholeParameter(parameter);
  const points = yield* playAt(scenario, parameter, [from]);
  const largest = () => points[points.length - 1];
  while (largest().holds !== true && largest().value < upTo) {
    points.push(...(yield* playAt(scenario, parameter, [Math.min(2 * largest().value, upTo)])));
  }
  if (largest().holds === true) {
    while (points.length < mostPoints) {
      const firstHolding = points.findLastIndex(({ holds }) => holds !== true) + 1;
      if (firstHolding === 0) break; // the first value holds already
      const next = between(points[firstHolding - 1].value, points[firstHolding].value, isWhole);
      if (next === null) break;
      points.push(...(yield* playAt(scenario, parameter, [next])));
      points.sort((a, b) => a.value - b.value);
    }
  }
  const firstHolding = points.findLastIndex(({ holds }) => holds !== true) + 1;
  return {
    parameter,
    value: points[firstHolding]?.value ?? null,
    tooSmall: points.findLast(({ holds }) => holds === false)?.value ?? null,
    searched: [from, largest().value],
    points,
  };
}
