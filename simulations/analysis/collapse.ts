import { wilsonInterval } from '@/lib/stats/wilson';
import { replicationBins, type ScenarioReplication } from '../measure/scenario-replication';

/** When a class of sessions counts as collapsed: by its goodput ÷ the sessions that started. */
export interface CollapseRule {
  readonly sessionClass: number; // its position in the scenario
  /** Last part of the horizon that is judged; above 0, at most 1. A stretch of it is also a dip. */
  readonly lastShare: number;
  /** Collapsed below this share of the sessions that started meanwhile; usually 0.5. */
  readonly goodputBelow: number;
}

/** How many of the replications did something, and the 95 % Wilson interval of its probability. */
export interface CollapseShare {
  readonly count: number;
  readonly of: number;
  readonly share: number | null; // null: of none
  readonly interval95: readonly [number, number];
}

/** What became of the replications of a scenario whose end states may be two. */
export interface CollapseReport {
  /** Collapsed in the last part. */
  readonly collapse: CollapseShare;
  /** Not collapsed in the last part, of those that had a stretch below half as long before it. */
  readonly recovery: CollapseShare;
  /** Goodput ÷ started in the last part, by replication; NaN where nobody came or it did not get there. */
  readonly goodputShares: readonly number[];
}

function shareOf(count: number, of: number): CollapseShare {
  return {
    count,
    of,
    share: of === 0 ? null : count / of,
    interval95: wilsonInterval(count, of),
  };
}

function goodputShare(
  replication: ScenarioReplication,
  sessionClass: number,
  from: number,
  to: number,
): number {
  let started = 0;
  let inTime = 0;
  for (let bin = from; bin < to; bin++) {
    started += replication.startedPaths[sessionClass][bin];
    inTime += replication.inTimePaths[sessionClass][bin];
  }
  return started === 0 ? Number.NaN : inTime / started;
}

/** Whether some stretch of bins before the last part was collapsed. */
function hasDipped(replication: ScenarioReplication, rule: CollapseRule, lastBins: number) {
  const stretch = Math.max(1, Math.floor(lastBins / 2));
  for (let from = 0; from + stretch <= replicationBins - lastBins; from++) {
    const share = goodputShare(replication, rule.sessionClass, from, from + stretch);
    if (share < rule.goodputBelow) return true;
  }
  return false;
}

/**
 * Judges in which replications the service was down at the end, and in which it came back.
 *
 * End states of a service with retries are often two, all well or nearly nothing, so a mean of the
 * goodput describes neither. Replications that stopped early, or whose last part nobody came in, are
 * left out of the shares.
 *
 * @throws RangeError when the rule is outside its stated range
 * @see Bronson et al., Metastable Failures in Distributed Systems, HotOS (2021)
 */
export function judgeCollapse(
  replications: readonly ScenarioReplication[],
  rule: CollapseRule,
): CollapseReport {
  const { sessionClass, lastShare, goodputBelow } = rule;
  if (!(lastShare > 0 && lastShare <= 1) || !(goodputBelow > 0)) {
    throw new RangeError(
      `Got the last ${lastShare} and goodput below ${goodputBelow} when expected above 0 to 1, and above 0.`,
    );
  }
  const lastBins = Math.max(1, Math.round(lastShare * replicationBins));
  let judged = 0;
  let collapsed = 0;
  let dipped = 0;
  let recovered = 0;
  const goodputShares = replications.map((replication) => {
    const isWhole = replication.completedBins === replicationBins;
    const share = isWhole
      ? goodputShare(replication, sessionClass, replicationBins - lastBins, replicationBins)
      : Number.NaN;
    if (Number.isNaN(share)) return share;
    const isCollapsed = share < goodputBelow;
    judged++;
    if (isCollapsed) collapsed++;
    if (hasDipped(replication, rule, lastBins)) {
      dipped++;
      if (!isCollapsed) recovered++;
    }
    return share;
  });
  return {
    collapse: shareOf(collapsed, judged),
    recovery: shareOf(recovered, dipped),
    goodputShares,
  };
}
