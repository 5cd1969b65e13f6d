import { contextResetShare } from '../../sessions/context-growth';
import type { PredictableSessions } from './predictable-sessions';

/** Dollars of the first calls of one agent and model in a session, up to a factor. */
export type LengthCurve = (calls: number) => number;

/** Every call costs the same. */
export const linearCurve: LengthCurve = (calls) => calls;

/** Sums over the calls of one group, by which its curve is fitted. */
class GrowthSums {
  readonly #costs: number[] = []; //       of the session that is being read
  #lastPrompt = 0;
  sessions = 0;
  firstUsd = 0;
  /** Sessions with a second call, and sums over them of their mean place and cost after the first. */
  longerSessions = 0;
  meanPlace = 0;
  meanUsd = 0;
  placeSquares = 0;
  placeByUsd = 0;
  usdSquares = 0;
  freedom = -1;
  longest = 0;
  isCutBack = false;

  add(promptTokens: number, costUsd: number): void {
    if (promptTokens < contextResetShare * this.#lastPrompt) this.isCutBack = true;
    this.#lastPrompt = promptTokens;
    this.#costs.push(costUsd);
  }

  /** Takes in the session that was read; places count from 0, the first call stands apart. */
  endSession(): void {
    const costs = this.#costs;
    const left = costs.length - 1;
    if (left < 0) return;
    this.sessions++;
    this.firstUsd += costs[0];
    this.longest = Math.max(this.longest, costs.length);
    if (left > 0) {
      const place = (left + 1) / 2;
      let usd = 0;
      for (let k = 1; k <= left; k++) usd += costs[k] / left;
      for (let k = 1; k <= left; k++) {
        this.placeSquares += (k - place) ** 2;
        this.placeByUsd += (k - place) * (costs[k] - usd);
        this.usdSquares += (costs[k] - usd) ** 2;
      }
      this.longerSessions++;
      this.meanPlace += place;
      this.meanUsd += usd;
      this.freedom += left - 1;
    }
    costs.length = 0;
    this.#lastPrompt = 0;
  }
}

/** No call is below this share of the mean one, however steep the slope, so that logarithms exist. */
const minLevelShare = 0.05;

function curveOf(sums: GrowthSums): LengthCurve {
  if (!(sums.placeSquares > 0) || !(sums.meanUsd > 0)) return linearCurve;
  const fitted = Math.max(0, sums.placeByUsd / sums.placeSquares);
  const explained = fitted * fitted * sums.placeSquares;
  const rest = Math.max(0, sums.usdSquares - explained) / Math.max(1, sums.freedom);
  // A slope no larger than its error is halved, a clear one kept.
  const slope = explained > 0 ? (fitted * explained) / (explained + rest) : 0;
  const mean = sums.meanUsd / sums.longerSessions;
  const level = Math.max(
    mean - (slope * sums.meanPlace) / sums.longerSessions,
    minLevelShare * mean,
  );
  const first = Math.max(sums.firstUsd / sums.sessions, minLevelShare * mean);
  const ceiling = sums.isCutBack ? sums.longest : Number.POSITIVE_INFINITY;
  return (calls) => {
    const growing = Math.min(calls - 1, ceiling);
    const beyond = calls - 1 - growing;
    const grown = (growing * (growing + 1)) / 2 + (beyond > 0 ? beyond * ceiling : 0);
    return first + level * (calls - 1) + slope * grown;
  };
}

/**
 * How the cost of each agent and model's calls adds up with their number where history is sent again:
 * a first call, and then calls that each cost a fixed step more than the one before.
 *
 * The step is the slope of a call's dollars on its place within its session, one intercept per
 * session: what the cache reads and writes is in it at its price, and that sessions which last differ
 * from others is not. It is drawn towards 0 as far as it is uncertain. Where history was ever cut
 * back, calls beyond the longest session seen grow no further.
 *
 * @param fit indexes of the sessions to learn from
 * @returns by index into PredictableSessions.groups
 * @see Wooldridge, Econometric Analysis of Cross Section and Panel Data, 2nd ed. (2010), §10.5
 */
export function fitReplayCurves(
  sessions: PredictableSessions,
  fit: readonly number[],
): Map<number, LengthCurve> {
  const byGroup = new Map<number, GrowthSums>();
  for (const session of fit) {
    const own = new Set<GrowthSums>();
    for (let call = sessions.firstCall[session]; call < sessions.firstCall[session + 1]; call++) {
      const group = sessions.group[call];
      const sums = byGroup.get(group) ?? new GrowthSums();
      byGroup.set(group, sums);
      own.add(sums);
      sums.add(sessions.promptTokens[call], sessions.costUsd[call]);
    }
    for (const sums of own) sums.endSession();
  }
  return new Map([...byGroup].map(([group, sums]) => [group, curveOf(sums)]));
}
