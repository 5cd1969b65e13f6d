import type { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { forecastCost } from '@/lib/cost/forecast/forecast-cost';
import { createRandomStream, type RandomStream } from '@/lib/stats/random-stream';
import { basisOf, lognormalCosts, plainPlan } from '../cost/forecast/example-basis';
import type { BenchResult } from './bench-result';

const draws = 10_000;

/** Draws that the references make session by session; their time is scaled to all draws. */
const referenceDraws = 50;
const referenceDrawsOfYears = 3;

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

/** Cost of months, every session of them drawn from the observed ones. */
function drawMonths(costs: Float64Array, stream: RandomStream, months: number): number {
  let perDay = Math.exp(Math.log(1_549) + 0.2 * stream.nextNormal());
  let sum = 0;
  for (let month = 0; month < months; month++) {
    const sessions = Math.round(perDay * 30);
    for (let session = 0; session < sessions; session++) sum += costs[stream.nextInt(costs.length)];
    perDay *= 1.06;
  }
  return sum;
}

/** Time of drawing every session one by one, scaled from some draws to all of them. */
function timeReferenceMs(costs: Float64Array, months: number, some: number): number {
  const stream = createRandomStream(1, 0, 'benchmark', months);
  const ms = timeMs(3, () => {
    let checksum = 0;
    for (let draw = 0; draw < some; draw++) checksum += drawMonths(costs, stream, months);
    return checksum;
  });
  return ms * (draws / some);
}

/** Times the forecast of 10,000 draws against drawing every session of its months one by one. */
export async function run(): Promise<BenchResult[]> {
  const costs = lognormalCosts(2_000, 1.2);
  const basis = basisOf(costs);
  const month = timeMs(5, () => forecastCost(oneMonth, basis, { seed: 1, draws }));
  const years = timeMs(5, () => forecastCost(everything, basis, { seed: 1, draws }));
  const reference = timeReferenceMs(costs, 1, referenceDraws);
  const referenceOfYears = timeReferenceMs(costs, everything.months, referenceDrawsOfYears);
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
      reference: 'a plain loop that draws every session of 24 months one by one (3 draws, scaled)',
      referenceValue: referenceOfYears,
      ratio: years / referenceOfYears,
    },
  ];
}
