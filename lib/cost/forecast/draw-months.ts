import { createRandomStream } from '../../stats/random-stream';
import { compoundSumAt } from './compound-sum';
import type { ParameterDraws } from './draw-parameters';
import { type PlanCalendar, sumMonths } from './plan-calendar';

/** What every month of a plan costs in every draw. */
export interface MonthDraws {
  /** Volume of the month ÷ sessions a day at the start, `volume[month][draw]`. */
  readonly volume: readonly Float64Array[];
  readonly costUsd: readonly Float64Array[]; //        [month][draw]
  readonly cumulativeUsd: readonly Float64Array[]; //  up to the end of the month
}

/**
 * Draws the cost of each month: a compound Poisson sum over its sessions, given the parameters of
 * the draw. Sessions are not drawn one by one, so that a million of them a month cost no more time.
 *
 * Months have random streams of their own: a longer plan leaves its first months as they were.
 */
export function drawMonths(
  calendar: PlanCalendar,
  parameters: ParameterDraws,
  seed: number,
): MonthDraws {
  const months = calendar.firstDay.length - 1;
  const { perDay, growth, factor, mean, second, third } = parameters;
  const draws = perDay.length;
  const columns = () => Array.from({ length: months }, () => new Float64Array(draws));
  const volume = columns();
  const costUsd = columns();
  const cumulativeUsd = columns();
  const streams = volume.map((_, month) => createRandomStream(seed, 0, 'forecast chance', month));
  const relative = new Float64Array(months);
  let relativeTo = Number.NaN;
  for (let draw = 0; draw < draws; draw++) {
    if (growth[draw] !== relativeTo) {
      relativeTo = growth[draw];
      sumMonths(calendar, relativeTo, relative);
    }
    const f = factor[draw];
    const m1 = mean[draw] * f;
    const m2 = second[draw] * f * f;
    const m3 = third[draw] * f * f * f;
    let sum = 0;
    for (let month = 0; month < months; month++) {
      const expected = perDay[draw] * relative[month];
      const cost = compoundSumAt(expected, m1, m2, m3, streams[month].nextNormal());
      sum += cost;
      volume[month][draw] = relative[month];
      costUsd[month][draw] = cost;
      cumulativeUsd[month][draw] = sum;
    }
  }
  return { volume, costUsd, cumulativeUsd };
}
