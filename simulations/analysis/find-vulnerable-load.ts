import { wilsonInterval } from '@/lib/stats/wilson';

/** Replications that are played between two looks at the interval. */
const batch = 20;

/** How the search for the vulnerable load goes about it. */
export interface VulnerableLoadPlan {
  readonly lowPerSec: number; //        least load that is tried, above 0
  readonly advertisedPerSec: number; // load that is carried as long as nothing happens; the most tried
  readonly relativePrecision: number; // the bracket is halved until it is this narrow, in (0, 1)
  /** Collapses more often than this are too many; default 0.05. */
  readonly tolerated?: number;
  /** Replications of one load at most; default 120. Below 73 none can show less than 0.05. */
  readonly replicationsMost?: number;
}

/** One load that was tried. */
export interface TriedLoad {
  readonly loadPerSec: number;
  readonly collapsed: number;
  readonly replications: number;
  readonly interval95: readonly [number, number];
  readonly isSafe: boolean; // the whole interval is within what is tolerated
}

/** Load that survives its trigger, beside the load that is carried without one. */
export interface VulnerableLoad {
  readonly advertisedPerSec: number;
  /** Largest load tried that is safe; null where the least one is not. */
  readonly safePerSec: number | null;
  /** Least load tried that is not shown to be safe; null where the advertised one is. */
  readonly vulnerableFromPerSec: number | null;
  readonly tried: readonly TriedLoad[]; // in the order in which they were tried
}

/**
 * Finds the largest load at which a strong trigger leaves the service down in fewer than 5 % of all
 * cases, with confidence: the whole Wilson interval is below.
 *
 * A load in doubt counts as not safe. Loads are bisected, on the ground that a higher load is no
 * safer; a load is left as soon as its interval is above what is tolerated.
 *
 * @param isCollapsed plays one replication at a load, trigger and all, and tells whether the service
 *   is still down at its end; equal replication numbers should mean common random numbers
 * @throws RangeError when the plan is outside its stated range
 */
export function findVulnerableLoad(
  plan: VulnerableLoadPlan,
  isCollapsed: (loadPerSec: number, replication: number) => boolean,
): VulnerableLoad {
  const { lowPerSec, advertisedPerSec, relativePrecision } = plan;
  if (!(lowPerSec > 0 && lowPerSec < advertisedPerSec)) {
    throw new RangeError(
      `Got loads from ${lowPerSec} to ${advertisedPerSec} per second when expected an ascending pair above 0.`,
    );
  }
  if (!(relativePrecision > 0 && relativePrecision < 1)) {
    throw new RangeError(`Got a precision of ${relativePrecision} when expected one in (0, 1).`);
  }
  const tried: TriedLoad[] = [];
  const isSafe = (loadPerSec: number) => {
    const result = tryLoad(loadPerSec, plan, isCollapsed);
    tried.push(result);
    return result.isSafe;
  };
  if (!isSafe(lowPerSec)) {
    return { advertisedPerSec, safePerSec: null, vulnerableFromPerSec: lowPerSec, tried };
  }
  if (isSafe(advertisedPerSec)) {
    return { advertisedPerSec, safePerSec: advertisedPerSec, vulnerableFromPerSec: null, tried };
  }
  let safePerSec = lowPerSec;
  let vulnerableFromPerSec = advertisedPerSec;
  while (vulnerableFromPerSec - safePerSec > relativePrecision * vulnerableFromPerSec) {
    const middle = 0.5 * (safePerSec + vulnerableFromPerSec);
    if (isSafe(middle)) safePerSec = middle;
    else vulnerableFromPerSec = middle;
  }
  return { advertisedPerSec, safePerSec, vulnerableFromPerSec, tried };
}

function tryLoad(
  loadPerSec: number,
  { tolerated = 0.05, replicationsMost = 120 }: VulnerableLoadPlan,
  isCollapsed: (loadPerSec: number, replication: number) => boolean,
): TriedLoad {
  let collapsed = 0;
  let replications = 0;
  let interval95 = wilsonInterval(0, 0);
  while (replications < replicationsMost) {
    const until = Math.min(replicationsMost, replications + batch);
    for (; replications < until; replications++) {
      if (isCollapsed(loadPerSec, replications)) collapsed++;
    }
    interval95 = wilsonInterval(collapsed, replications);
    if (interval95[0] > tolerated || interval95[1] <= tolerated) break;
  }
  return {
    loadPerSec,
    collapsed,
    replications,
    interval95,
    isSafe: interval95[1] <= tolerated,
  };
}
