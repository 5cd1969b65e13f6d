import { quantile } from '../../stats/quantile';
import { compoundSumAt } from './compound-sum';
import type { ForecastBasis, ForecastInput, ForecastPlan, TornadoBar } from './forecast';
import { costFactorAt } from './length-cost';
import { type MedianPlan, planVolume } from './median-plan';
import { normalP90 } from './range-distribution';

/** The total with one input after the other at its P10 and P90; exact, without draws. */
export function drawTornado(median: MedianPlan): TornadoBar[] {
  const { plan, basis, calendar, moments, medians } = median;
  const { perDay, growth, lengthFactor, retryFactor, loadFactor } = medians;
  const length = costFactorAt(basis.length, lengthFactor);
  const total = (sessions: number, meanUsd: number, factor: number) => sessions * meanUsd * factor;
  const sessions = perDay * planVolume(calendar, growth);
  const { factor } = medians;
  const bar = (
    input: ForecastInput,
    [lowValue, highValue]: readonly [number, number],
    at: (value: number) => number,
  ): TornadoBar => ({
    input,
    lowValue,
    highValue,
    atLowUsd: at(lowValue),
    atHighUsd: at(highValue),
  });
  const ends = (range: ForecastPlan['lengthFactor']) => [range.low, range.high] as const;
  const means = [0.1, 0.9].map((p) => quantile(moments.resampledMeans, p));
  const chance = (z: number) =>
    compoundSumAt(
      sessions,
      moments.meanUsd * factor,
      moments.secondMoment * factor ** 2,
      moments.thirdMoment * factor ** 3,
      z,
    );
  const bars: TornadoBar[] = [
    bar('sessions_per_day', ends(plan.sessionsPerDay), (value) =>
      total((sessions / perDay) * value, moments.meanUsd, factor),
    ),
    bar('growth_per_month', ends(plan.growthPerMonth), (value) =>
      total(perDay * planVolume(calendar, value), moments.meanUsd, factor),
    ),
    bar('session_cost', [means[0] ?? Number.NaN, means[1] ?? Number.NaN], (value) =>
      total(sessions, value, factor),
    ),
    bar('length_factor', ends(plan.lengthFactor), (value) =>
      total(
        sessions,
        moments.meanUsd,
        costFactorAt(basis.length, value) * retryFactor * loadFactor,
      ),
    ),
    bar(
      'length_growth',
      [-normalP90 * basis.length.exponentSd, normalP90 * basis.length.exponentSd],
      (value) =>
        total(sessions, moments.meanUsd, length * lengthFactor ** value * retryFactor * loadFactor),
    ),
    bar('retry_factor', ends(plan.retryFactor), (value) =>
      total(sessions, moments.meanUsd, length * value * loadFactor),
    ),
    bar('load_factor', loadEnds(basis), (value) =>
      total(sessions, moments.meanUsd, length * retryFactor * value),
    ),
    { ...bar('chance', [-normalP90, normalP90], chance), lowValue: 0.1, highValue: 0.9 },
  ];
  const width = ({ atLowUsd, atHighUsd }: TornadoBar) => Math.abs(atHighUsd - atLowUsd);
  return bars.filter((one) => width(one) > 0).sort((a, b) => width(b) - width(a));
}

/** P10 and P90 of an evenly likely factor. */
function loadEnds({ load }: ForecastBasis): readonly [number, number] {
  const width = load.high - load.low;
  return [load.low + 0.1 * width, load.low + 0.9 * width];
}
