import { isWaitUndecided, type LoadPoint } from '../simulation-run';

/** Timeouts that a P95 within target leaves room for: a wait that timed out had no slot at its end. */
const maxTimeoutShare = 0.05;

/** Relative width at which a bracket of loads is narrow enough. */
const resolution = 0.02;

/** What the saturation search is after, and how far it may go. */
export interface SaturationGoal {
  readonly waitTargetP95Sec: number;
  readonly searchUpTo: number;
}

/** Where the points seen so far place the saturation load. */
export interface SaturationBracket {
  /** Largest load that holds with all smaller ones; 0 when the smallest does not. */
  readonly holds: number;
  /** Smallest load that does not hold with 95 % confidence; null when all do. */
  readonly fails: number | null;
  /** Smallest load from which on all break the target with 95 % confidence; null when none does. */
  readonly breaks: number | null;
  /** Largest load below `breaks`. */
  readonly belowBreaks: number;
}

/**
 * Whether P95 of the wait is within target with 95 % confidence. A wait seen in fewer than two
 * replications has no interval to be confident of; that nobody ever waited needs none.
 */
function holdsTarget(point: LoadPoint, waitTargetP95Sec: number): boolean {
  const { waitSecP95, timeoutShare, waitingMean } = point.pool;
  return (
    !point.isOverloaded &&
    !isWaitUndecided(point) &&
    (waitSecP95.replications >= 2 || waitingMean.mean === 0) &&
    waitSecP95.interval95[1] <= waitTargetP95Sec &&
    timeoutShare.interval95[1] <= maxTimeoutShare
  );
}

/** Whether P95 of the wait is beyond target with 95 % confidence. */
function breaksTarget(point: LoadPoint, waitTargetP95Sec: number): boolean {
  const { waitSecP95, timeoutShare } = point.pool;
  return (
    point.isOverloaded ||
    waitSecP95.interval95[0] > waitTargetP95Sec ||
    timeoutShare.interval95[0] > maxTimeoutShare
  );
}

/**
 * Reads the bracket of the saturation load off the points seen so far.
 *
 * @param points in ascending order of agents
 */
export function bracketSaturation(
  points: readonly LoadPoint[],
  waitTargetP95Sec: number,
): SaturationBracket {
  const firstFailing = points.findIndex((point) => !holdsTarget(point, waitTargetP95Sec));
  const lastUnbroken = points.findLastIndex((point) => !breaksTarget(point, waitTargetP95Sec));
  const holding = firstFailing < 0 ? points : points.slice(0, firstFailing);
  return {
    holds: holding.at(-1)?.agents ?? 0,
    fails: points[firstFailing]?.agents ?? null,
    breaks: points[lastUnbroken + 1]?.agents ?? null,
    belowBreaks: points[lastUnbroken]?.agents ?? 0,
  };
}

/** A load between two others by ratio; null when they are close enough or neighbours. */
function between(low: number, high: number): number | null {
  if (high - low <= Math.max(1, resolution * low)) return null;
  const middle = low === 0 ? Math.floor(high / 2) : Math.round(Math.sqrt(low * high));
  return Math.min(Math.max(middle, low + 1), high - 1);
}

/**
 * Chooses the load to simulate next in the search for the saturation point.
 *
 * Doubles until a load fails, bisects by ratio for the largest that holds, then for the smallest from
 * which on the target is clearly broken.
 *
 * @param points in ascending order of agents, at least one
 * @returns agents; null when the bracket is narrow enough or the range is searched
 */
export function chooseNextLoad(points: readonly LoadPoint[], goal: SaturationGoal): number | null {
  const bracket = bracketSaturation(points, goal.waitTargetP95Sec);
  if (bracket.fails === null) {
    return bracket.holds >= goal.searchUpTo ? null : Math.min(bracket.holds * 2, goal.searchUpTo);
  }
  const next = between(bracket.holds, bracket.fails);
  if (next !== null) return next;
  if (bracket.breaks !== null) return between(bracket.belowBreaks, bracket.breaks);
  const last = Math.max(bracket.belowBreaks, bracket.fails);
  return last >= goal.searchUpTo ? null : Math.min(last * 2, goal.searchUpTo);
}

/**
 * Agents at which mean utilisation reaches 95 %, by interpolation between neighbouring loads.
 *
 * @param points in ascending order of agents
 * @returns agents, not rounded; null when no load reaches it
 */
export function findAgentsAtUtilization95(points: readonly LoadPoint[]): number | null {
  const reached = points.findIndex((point) => point.pool.utilization.mean >= 0.95);
  if (reached < 0) return null;
  const above = points[reached];
  const below = points[reached - 1];
  if (below === undefined) return above.agents;
  const from = below.pool.utilization.mean;
  const share = (0.95 - from) / (above.pool.utilization.mean - from);
  return below.agents + share * (above.agents - below.agents);
}

/** The rule of the search in words, to be shown beside its result. */
export function describeRule(waitTargetP95Sec: number): string {
  return (
    `Largest load at which P95 of the wait for a connection is at most ${waitTargetP95Sec} s with 95 % ` +
    'confidence (upper end of the t-interval over replications) and at most 5 % of the attempts ' +
    'time out or still wait at the end. Found by bisection to 2 % on common random streams. The interval ends at the ' +
    'smallest load that is beyond the target with the same confidence.'
  );
}
