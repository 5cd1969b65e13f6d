import type { Scenario } from '../scenario/scenario';
import type { Envelope } from '../scenario-analysis';
import type { AnalysisPlan } from './analysis-plan';
import { requireObjectives } from './analysis-point';
import { withParameter } from './scenario-parameter';
import { playAt } from './search-load';

/** Values of one parameter. */
export interface Axis {
  readonly path: string;
  readonly values: readonly number[];
}

/**
 * Maps where in the plane of two parameters the objectives hold, value by value.
 *
 * @throws RangeError when the scenario has no objectives, or cannot hold a value
 */
export function* mapEnvelope(
  scenario: Scenario,
  { x, y }: { readonly x: Axis; readonly y: Axis },
): AnalysisPlan<Envelope> {
  requireObjectives(scenario.slos);
  const holds: (boolean | null)[][] = [];
  for (const value of x.values) {
    const points = yield* playAt(withParameter(scenario, x.path, value), y.path, y.values);
    holds.push(points.map((point) => point.holds));
  }
  return {
    x: { path: x.path, values: [...x.values] },
    y: { path: y.path, values: [...y.values] },
    holds,
  };
}
