import type { ForecastBasis, ForecastPlan } from '@/lib/cost/forecast/forecast';
import { lengthModelOfExponent } from '@/lib/cost/forecast/length-cost';
import { measureSessionMoments } from '@/lib/cost/forecast/session-moments';
import { createRandomStream } from '@/lib/stats/random-stream';

/** A plan without any range: 100 sessions a day for a month of 30 days. */
export const plainPlan: ForecastPlan = {
  startDate: '2026-11-01',
  months: 1,
  sessionsPerDay: { low: 100, high: 100 },
  growthPerMonth: { low: 0, high: 0 },
  weekendFactor: 1,
  rampDays: 0,
  lengthFactor: { low: 1, high: 1 },
  retryFactor: { low: 1, high: 1 },
  monthlyBudgetUsd: null,
  totalBudgetUsd: null,
  mix: null,
  policySetId: null,
};

/** A basis of these session costs, in step with length, without a run. */
export function basisOf(costsUsd: Float64Array, resamples = 1_000): ForecastBasis {
  const all = measureSessionMoments(costsUsd, costsUsd, {
    name: null,
    pricedSessions: costsUsd.length,
    seed: 7,
    resamples,
  });
  return {
    all,
    segments: [],
    segmentKey: 'agent',
    length: lengthModelOfExponent(null),
    load: { low: 1, high: 1, source: 'No run.' },
    sessionsInStore: costsUsd.length,
    unpricedSessions: 0,
    observedSessionsPerDay: 10,
    observedDays: 30,
    observedWeekendFactor: null,
    observedFailedShare: null,
    callsPerSessionP50: null,
    topDecileShare: null,
    policyNote: null,
  };
}

/** Costs of sessions as skewed as real ones: lognormal with median 0.2 USD. */
export function lognormalCosts(sessions: number, sigma = 1, seed = 3): Float64Array {
  const stream = createRandomStream(seed, 0, 'costs', 0);
  return Float64Array.from({ length: sessions }, () => 0.2 * Math.exp(sigma * stream.nextNormal()));
}
