import { bootstrapClusters } from '../../stats/bootstrap';
import type { ForecastBasis, ForecastPlan, SessionMoments } from './forecast';

/** Digits that resampled moments keep on their way to the browser. */
const keptDigits = 10;

/** Which sessions, under which name, and how they are resampled. */
export interface MomentOptions {
  readonly name: string | null;
  readonly pricedSessions: number; //      of all groups, which shares are of
  readonly seed: number;
  readonly resamples: number;
}

/**
 * Measures the first three moments of the cost of a session, and resamples them over sessions.
 *
 * @param costsUsd one per session of the group, under the policies; NaN where it is unpriced
 * @param todayUsd the same sessions as they were
 * @returns null when no session of the group is priced
 */
export function measureSessionMoments(
  costsUsd: Float64Array,
  todayUsd: Float64Array,
  options: MomentOptions,
): SessionMoments | null {
  const isPriced = (_: number, session: number) =>
    !Number.isNaN(costsUsd[session]) && !Number.isNaN(todayUsd[session]);
  const costs = costsUsd.filter(isPriced);
  const n = costs.length;
  if (n === 0) return null;
  const powers = [costs, costs.map((cost) => cost ** 2), costs.map((cost) => cost ** 3)];
  const resampled = bootstrapClusters(
    powers.map((values) => (counts: Uint32Array) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += counts[i] * values[i];
      return sum / n;
    }),
    { clusters: n, resamples: options.resamples, seed: options.seed },
  ).map((values) => Array.from(values, keepDigits));
  const [meanUsd = 0, secondMoment = 0, thirdMoment = 0] = powers.map(meanOf);
  const [resampledMeans = [], resampledSecond = [], resampledThird = []] = resampled;
  return {
    name: options.name,
    sessions: n,
    share: n / options.pricedSessions,
    meanUsd,
    meanUsdToday: meanOf(todayUsd.filter(isPriced)),
    secondMoment,
    thirdMoment,
    resampledMeans,
    resampledSecond,
    resampledThird,
  };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function keepDigits(value: number): number {
  return Number(value.toPrecision(keptDigits));
}

/** The moments that a plan draws from, and the smallest group that they rest on. */
export interface PlannedSessions {
  readonly moments: SessionMoments;
  readonly sessionsLeast: number;
}

/**
 * The sessions of a plan: as imported, or its groups mixed by their planned shares.
 *
 * The moments of a mixture are the means of its groups' moments. Groups are resampled each for
 * itself, and the resamples of one number are mixed.
 *
 * @returns null when nothing is priced; `sessionsLeast` 0 where the plan names a group without sessions
 */
export function planSessions(plan: ForecastPlan, basis: ForecastBasis): PlannedSessions | null {
  const { all } = basis;
  if (all === null) return null;
  const wanted = plan.mix?.shares.filter(({ share }) => share > 0) ?? [];
  if (wanted.length === 0) return { moments: all, sessionsLeast: all.sessions };
  const groups = wanted.map(({ name, share }) => ({
    share,
    group: basis.segments.find((segment) => segment.name === name),
  }));
  const known = groups.flatMap(({ share, group }) =>
    group === undefined ? [] : [{ share, group }],
  );
  if (known.length < groups.length) return { moments: all, sessionsLeast: 0 };
  const total = known.reduce((sum, { share }) => sum + share, 0);
  const mix = (read: (group: SessionMoments) => number) =>
    known.reduce((sum, { share, group }) => sum + (share / total) * read(group), 0);
  const mixEach = (read: (group: SessionMoments) => readonly number[]) =>
    all.resampledMeans.map((_, resample) => mix((group) => read(group)[resample] ?? Number.NaN));
  return {
    sessionsLeast: Math.min(...known.map(({ group }) => group.sessions)),
    moments: {
      name: null,
      sessions: known.reduce((sum, { group }) => sum + group.sessions, 0),
      share: 1,
      meanUsd: mix((group) => group.meanUsd),
      meanUsdToday: mix((group) => group.meanUsdToday),
      secondMoment: mix((group) => group.secondMoment),
      thirdMoment: mix((group) => group.thirdMoment),
      resampledMeans: mixEach((group) => group.resampledMeans),
      resampledSecond: mixEach((group) => group.resampledSecond),
      resampledThird: mixEach((group) => group.resampledThird),
    },
  };
}
