import { createRandomStream } from '../../stats/random-stream';
import { compoundSumAt } from './compound-sum';
import type { MonthDraws } from './draw-months';
import type { ParameterDraws } from './draw-parameters';
import { quantilesOf } from './drawn-quantiles';
import type { CompletedForecast } from './forecast';
import { type MedianPlan, planVolume } from './median-plan';

/**
 * Parts of the doubt, each alone: the total where one part is drawn and all others are held at
 * their medians, beside the total where everything is drawn.
 */
export function partDoubt(
  { calendar, moments, medians }: MedianPlan,
  parameters: ParameterDraws,
  months: MonthDraws,
  seed: number,
): CompletedForecast['doubt'] {
  const sessions = medians.perDay * planVolume(calendar, medians.growth);
  const { factor } = medians;
  const perSession = moments.meanUsd * factor;
  const volume = months.volume.reduce<Float64Array>(
    (sum, column) => sum.map((value, draw) => value + column[draw]),
    new Float64Array(parameters.perDay.length),
  );
  const stream = createRandomStream(seed, 0, 'forecast chance of the whole', 0);
  const chance = parameters.perDay.map(() =>
    compoundSumAt(
      sessions,
      perSession,
      moments.secondMoment * factor ** 2,
      moments.thirdMoment * factor ** 3,
      stream.nextNormal(),
    ),
  );
  const of = (values: Float64Array) => quantilesOf(values);
  return [
    { part: 'session_cost', totalUsd: of(parameters.mean.map((m) => sessions * m * factor)) },
    {
      part: 'volume',
      totalUsd: of(parameters.perDay.map((v, draw) => v * volume[draw] * perSession)),
    },
    {
      part: 'how_sessions_run',
      totalUsd: of(parameters.factor.map((f) => sessions * moments.meanUsd * f)),
    },
    { part: 'chance', totalUsd: of(chance) },
    { part: 'all', totalUsd: of(months.cumulativeUsd.at(-1) ?? new Float64Array()) },
  ];
}
