import type { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { forecastCost } from '@/lib/cost/forecast/forecast-cost';
import { createRandomStream, type RandomStream } from '@/lib/stats/random-stream';
import { basisOf, lognormalCosts, plainPlan } from '../cost/forecast/example-basis';
import type { BenchResult } from './bench-result';

const draws = 10_000;

/** Months that the reference draws session by session; its time is scaled to all draws. */
const referenceDraws = 50;

const oneMonth: ForecastPlan = {
  ...plainPlan,
  sessionsPerDay: { low: 1_200, high: 2_000 },
  totalBudgetUsd: 15_000,
};

const everything: ForecastPlan = {
  ...oneMonth,
  months: 24,
  growthPerMonth: { low: 0.02, high: 0.1 },
  weekendFactor: 0.4,
  rampDays: 30,
  lengthFactor: { low: 1, high: 2 },
  retryFactor: { low: 1, high: 1.2 },
  monthlyBudgetUsd: 20_000,
  totalBudgetUsd: 300_000,
};

/** Best of some runs, in milliseconds. */
function timeMs(runs: number, work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Cost of one month, every session of it drawn from the observed ones. */
function drawMonth(costs: Float64Array, stream: RandomStream): number {
  const perDay = Math.exp(Math.log(1_549) + 0.2 * stream.nextNormal());
  const sessions = Math.round(perDay * 30);
  let sum = 0;
  for (let session = 0; session < sessions; session++) sum += costs[stream.nextInt(costs.length)];
  return sum;
}

/** Times the forecast of 10,000 draws against drawing every session of a month one by one. */
export async function run(): Promise<BenchResult[]> {
  const costs = lognormalCosts(2_000, 1.2);
  const basis = basisOf(costs);
  const month = timeMs(5, () => forecastCost(oneMonth, basis, { seed: 1, draws }));
  const years = timeMs(5, () => forecastCost(everything, basis, { seed: 1, draws }));
  const stream = createRandomStream(1, 0, 'benchmark', 0);
  const reference =
    timeMs(3, () => {
      let checksum = 0;
      for (let draw = 0; draw < referenceDraws; draw++) checksum += drawMonth(costs, stream);
      return checksum;
    }) *
    (draws / referenceDraws);
  return [
    {
      name: 'forecast of one month at 1,200 to 2,000 sessions a day, 10,000 draws',
      value: month,
      unit: 'ms',
      reference: 'a plain loop that draws every session of the month one by one (50 draws, scaled)',
      referenceValue: reference,
      ratio: month / reference,
    },
    {
      name: 'forecast of 24 months with every input a range and both budgets, 10,000 draws',
      value: years,
      unit: 'ms',
      reference: 'target of 200 ms',
      referenceValue: 200,
      ratio: years / 200,
    },
  ];
}
