import type { SessionSet } from '../../sessions/session';
import { findTopDecileShare } from '../cost-shares';
import type { PolicyList } from '../policies/policy';
import { tabulateLengthCosts } from '../predict/length-costs';
import type { PriceBook } from '../price-book';
import { priceSessions } from '../price-session';
import { buildCatalogue } from '../replay/build-catalogue';
import { buildReplaySet } from '../replay/build-replay-set';
import { replayPolicies } from '../replay/replay-policies';
import type { ReplaySet } from '../replay/replay-set';
import type { UnitPrices } from '../unit-prices';
import type { ForecastBasis, LoadFactor, MixKey, SessionMoments } from './forecast';
import { groupSessions } from './group-sessions';
import { type ExponentFit, lengthModelOfDraws, lengthModelOfExponent } from './length-cost';
import { observeVolume } from './observe-volume';
import { tabulateReplayedLengths } from './replayed-lengths';
import { measureSessionMoments } from './session-moments';

/** What a basis is built from besides the sessions. */
export interface ForecastBasisOptions {
  readonly book: PriceBook;
  readonly policies: PolicyList; //               none: as today
  readonly segmentKey: MixKey;
  readonly lengthFit: ExponentFit | null; //      null: not fitted
  readonly load: LoadFactor;
  readonly seed: number;
  readonly resamples?: number; //                 1,000 unless given
}

/**
 * Takes from the sessions what a forecast needs: resampled moments of their cost under the policies,
 * overall and by group, and what the traces say of volume.
 */
export function buildForecastBasis(set: SessionSet, options: ForecastBasisOptions): ForecastBasis {
  const { seed, resamples = 1_000 } = options;
  const today = priceSessions(set).listCostUsd;
  const replaySet = buildReplaySet(set, options.book);
  const { policies, book } = options;
  const catalogue = policies.length === 0 ? [] : buildCatalogue(book, replaySet.prices, policies);
  const { costs, note } = costUnderPolicies(replaySet, today, policies, catalogue);
  const pricedSessions = costs.reduce((count, cost) => count + (Number.isNaN(cost) ? 0 : 1), 0);
  const measure = (name: string | null, sessions: readonly number[] | null, index: number) =>
    measureSessionMoments(pick(costs, sessions), pick(today, sessions), {
      name,
      pricedSessions,
      // Groups of equal size must not share their resamples.
      seed: seed + index,
      resamples,
    });
  return {
    all: measure(null, null, 0),
    segments: groupSessions(set, options.segmentKey)
      .map(({ name, sessions }, i) => measure(name, sessions, i + 1))
      .filter((segment): segment is SessionMoments => segment !== null),
    segmentKey: options.segmentKey,
    length: measureLength(replaySet, options, catalogue),
    load: options.load,
    sessionsInStore: set.sessionsInStore,
    unpricedSessions: costs.length - pricedSessions,
    ...observeVolume(set),
    topDecileShare: findTopDecileShare(costs),
    policyNote: note,
  };
}

function pick(costs: Float64Array, sessions: readonly number[] | null): Float64Array {
  if (sessions === null) return costs;
  return Float64Array.from(sessions, (session) => costs[session] ?? Number.NaN);
}

/** Usage that agent spans report beyond their calls is not replayed: it costs what it did. */
function costUnderPolicies(
  replaySet: ReplaySet,
  today: Float64Array,
  policies: PolicyList,
  catalogue: readonly UnitPrices[],
): { readonly costs: Float64Array; readonly note: string | null } {
  if (policies.length === 0) return { costs: today, note: null };
  const replay = replayPolicies(replaySet, policies, catalogue);
  const costs = today.map((usd, session) => {
    const differencePicoUsd = replay.changedPicoUsd[session] - replay.todayPicoUsd[session];
    return Number.isNaN(differencePicoUsd) ? usd : Math.max(0, usd + differencePicoUsd / 1e12);
  });
  const note = ['Sessions cost what their replay under the policies costs.', ...replay.assumptions];
  return { costs, note: note.join(' ') };
}

/** Sessions drawn at each length that is tabulated. */
const lengthDraws = 300;

/**
 * Sessions are drawn longer where one is priced throughout; else cost is a power of length. Policies
 * act on the longer sessions, not on the imported ones alone.
 */
function measureLength(
  set: ReplaySet,
  { policies, lengthFit, seed }: ForecastBasisOptions,
  catalogue: readonly UnitPrices[],
): ForecastBasis['length'] {
  if (!hasDrawableSession(set)) return lengthModelOfExponent(lengthFit);
  if (policies.length === 0) {
    return lengthModelOfDraws(tabulateLengthCosts(set, { draws: lengthDraws, seed }), lengthFit);
  }
  const draws = { policies, catalogue, draws: lengthDraws, seed };
  return lengthModelOfDraws(tabulateReplayedLengths(set, draws), lengthFit, true);
}

function hasDrawableSession(set: ReplaySet): boolean {
  return set.sessionIds.some((_, session) => {
    const first = set.firstCall[set.firstThread[session]];
    const end = set.firstCall[set.firstThread[session + 1]];
    return end > first && !set.listCostPicoUsd.subarray(first, end).some(Number.isNaN);
  });
}
