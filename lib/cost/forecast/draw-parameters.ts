import { createRandomStream } from '../../stats/random-stream';
import type { ForecastBasis, ForecastPlan, SessionMoments } from './forecast';
import { costFactorAt } from './length-cost';
import { valueAt } from './range-distribution';

/** What is uncertain about a plan, drawn: one entry per draw. */
export interface ParameterDraws {
  readonly perDay: Float64Array; //       sessions a day at the start
  readonly growth: Float64Array; //       per month
  readonly factor: Float64Array; //       cost of a session ÷ that of an imported one
  readonly mean: Float64Array; //         m₁ of an imported session, USD
  readonly second: Float64Array;
  readonly third: Float64Array;
}

/** The plan at the median of everything. */
export interface MedianParameters {
  readonly perDay: number;
  readonly growth: number;
  readonly lengthFactor: number;
  readonly retryFactor: number;
  readonly loadFactor: number;
  readonly factor: number;
}

/** Takes every input of a plan at its median, and the session costs as they were measured. */
export function takeMedians(plan: ForecastPlan, basis: ForecastBasis): MedianParameters {
  const lengthFactor = valueAt(plan.lengthFactor, 0);
  const retryFactor = valueAt(plan.retryFactor, 0);
  const loadFactor = (basis.load.low + basis.load.high) / 2;
  return {
    perDay: valueAt(plan.sessionsPerDay, 0),
    growth: valueAt(plan.growthPerMonth, 0, 1),
    lengthFactor,
    retryFactor,
    loadFactor,
    factor: costFactorAt(basis.length, lengthFactor) * retryFactor * loadFactor,
  };
}

/**
 * Draws what is uncertain about a plan.
 *
 * Each input has a random stream of its own, so that a change of one moves no other. Resamples of
 * the session costs are taken in turn, each as often as any other.
 */
export function drawParameters(
  plan: ForecastPlan,
  basis: ForecastBasis,
  moments: SessionMoments,
  { seed, draws }: { readonly seed: number; readonly draws: number },
): ParameterDraws {
  const normals = (purpose: string) => {
    const stream = createRandomStream(seed, 0, `forecast ${purpose}`, 0);
    const values = new Float64Array(draws);
    for (let draw = 0; draw < draws; draw++) values[draw] = stream.nextNormal();
    return values;
  };
  const volume = normals('volume');
  const growth = normals('growth');
  const length = normals('length');
  const exponent = normals('exponent');
  const retry = normals('retry');
  const load = createRandomStream(seed, 0, 'forecast load', 0);
  const factor = length.map((_, draw) => {
    const failed = basis.load.low + (basis.load.high - basis.load.low) * load.nextFloat();
    const longer = costFactorAt(
      basis.length,
      valueAt(plan.lengthFactor, length[draw]),
      exponent[draw],
    );
    return longer * valueAt(plan.retryFactor, retry[draw]) * failed;
  });
  const take = (values: readonly number[]) =>
    volume.map((_, draw) => values[draw % values.length] ?? Number.NaN);
  return {
    perDay: volume.map((z) => valueAt(plan.sessionsPerDay, z)),
    growth: growth.map((z) => valueAt(plan.growthPerMonth, z, 1)),
    factor,
    mean: take(moments.resampledMeans),
    second: take(moments.resampledSecond),
    third: take(moments.resampledThird),
  };
}
