import type { Scenario } from '../scenario/scenario';
import type { Sensitivity, SensitivityAnalysis } from '../scenario-analysis';
import type { AnalysisPlan } from './analysis-plan';
import { isWholeParameter, parameterValue, withParameter } from './scenario-parameter';
import { type SearchRange, searchLoad } from './search-load';
import { sizeParameter } from './size-parameter';

/** Relative change of a parameter whose effect is looked at. */
const step = 0.25;

/** Times its present value up to which a parameter is tried for a target load. */
const farthest = 64;

function changed(path: string, value: number): number {
  const moved = value * (1 + step);
  return isWholeParameter(path) ? Math.max(value + 1, Math.round(moved)) : moved;
}

/**
 * Measures how much each parameter moves the largest load that holds.
 *
 * Each is raised by a quarter alone, on common random streams, and the limit searched again. Where
 * the limit is found to 2 %, an elasticity below 0.1 cannot be told from none.
 *
 * @param paths from `listParameters`; those of value 0 have no relative change and are left out
 * @param targetLoad load factor for which the needed value of each parameter is searched, if given
 */
export function* measureSensitivity(
  scenario: Scenario,
  {
    paths,
    range,
    targetLoad,
  }: {
    readonly paths: readonly string[];
    readonly range: SearchRange;
    readonly targetLoad?: number;
  },
): AnalysisPlan<SensitivityAnalysis> {
  const { limit } = yield* searchLoad(scenario, range);
  const parameters: Sensitivity[] = [];
  for (const path of paths) {
    const value = parameterValue(scenario, path);
    if (value === 0) continue;
    const changedTo = changed(path, value);
    const moved = yield* searchLoad(withParameter(scenario, path, changedTo), range);
    const elasticity =
      limit === null || moved.limit === null
        ? null
        : (moved.limit / limit - 1) / (changedTo / value - 1);
    let valueForTarget: number | null = null;
    if (targetLoad !== undefined && elasticity !== null && elasticity > 0) {
      const loaded = withParameter(scenario, 'load', targetLoad);
      const sized = yield* sizeParameter(loaded, {
        parameter: path,
        from: value,
        upTo: value * farthest,
      });
      valueForTarget = sized.value;
    }
    parameters.push({ path, value, changedTo, limit: moved.limit, elasticity, valueForTarget });
  }
  const effect = ({ elasticity }: Sensitivity) => Math.abs(elasticity ?? 0);
  return { limit, parameters: parameters.toSorted((a, b) => effect(b) - effect(a)) };
}
