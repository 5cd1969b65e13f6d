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
  const volume = new Float64Array(parameters.perDay.length);
  for (const column of months.volume) {
    for (let draw = 0; draw < volume.length; draw++) volume[draw] += column[draw];
  }
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
  return [
    {
      part: 'session_cost',
      totalUsd: quantilesOf(parameters.mean.map((m) => sessions * m * factor)),
    },
    {
      part: 'volume',
      totalUsd: quantilesOf(parameters.perDay.map((v, draw) => v * volume[draw] * perSession)),
    },
    {
      part: 'how_sessions_run',
      totalUsd: quantilesOf(parameters.factor.map((f) => sessions * moments.meanUsd * f)),
    },
    { part: 'chance', totalUsd: quantilesOf(chance) },
    { part: 'all', totalUsd: quantilesOf(months.cumulativeUsd.at(-1) ?? new Float64Array()) },
  ];
}
