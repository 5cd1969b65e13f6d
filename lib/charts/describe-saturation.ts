import { isWaitUndecided, type LoadPoint, type SimulationRun } from '@/simulations/simulation-run';
import { formatCount, formatDurationSec, formatPercent } from '../format';
import type { Finding } from './describe-cost';
import { lowerFirst } from './lower-first';
import { meanOf } from './mean-of';

/** What a finding on saturation needs from a run. */
export type SaturationSource = Pick<SimulationRun, 'scenario' | 'saturation' | 'atLoad'>;

const holding = {
  query: 'A connection is held only while a query runs.',
  turn: 'A connection is held from the first query of a turn to its end, model calls included.',
  session: 'A connection is held from the first query of a session to its end.',
} as const;

/** The finding of a run: where the pool gives way, with its interval, and how the load of interest fares. */
export function describeSaturation(run: SaturationSource): Finding {
  const { scenario, saturation, atLoad } = run;
  const pool = `The ${lowerFirst(scenario.pool.name)}`;
  const wait = describeWait(atLoad);
  const lede = `${wait} ${holding[scenario.pool.holdingScope]}`;
  const { agents, interval95, searchedUpTo } = saturation;
  if (agents === null) return { headline: `${pool} misses its wait target at any load`, lede };
  if (agents >= searchedUpTo) {
    return {
      headline: `${pool} does not saturate up to ${formatCount(searchedUpTo)} agents`,
      lede,
    };
  }
  const isWide = interval95 !== null && interval95[1] - interval95[0] > 0.3 * agents;
  const about = isWide ? 'somewhere near' : 'at';
  return { headline: `${pool} saturates ${about} ${formatCount(agents)} concurrent agents`, lede };
}

function describeWait(load: LoadPoint): string {
  const waitSec = meanOf(load.pool.waitSecP95);
  const at = `At ${formatCount(load.agents)} agents`;
  if (Number.isNaN(waitSec)) return `${at} no connection is asked for.`;
  const pending = describePending(load);
  if (isWaitUndecided(load)) {
    return `${at} the P95 wait is at least ${formatDurationSec(waitSec)}${pending}.`;
  }
  if (waitSec < 0.0005) return `${at} at least 95 % of connections come without a wait${pending}.`;
  return `${at} the P95 wait is ${formatDurationSec(waitSec)}${pending}.`;
}

/** How many waits the simulated time was too short for; empty where that is below 0.1 %. */
function describePending({ pendingWaitShare }: LoadPoint): string {
  const share = pendingWaitShare === undefined ? Number.NaN : meanOf(pendingWaitShare);
  if (!(share >= 0.0005)) return '';
  return `, with ${formatPercent(share)} of waits not over when the simulated time was`;
}

/** Saturation with its interval, for a figure: `398 – 425`; null where there is none. */
export function formatSaturationInterval(run: SaturationSource): string | null {
  const { interval95 } = run.saturation;
  if (interval95 === null) return null;
  return `${formatCount(interval95[0])} – ${formatCount(interval95[1])}`;
}

/**
 * Why the closed form and the simulation disagree by more than the interval; null where they agree
 * or one of them has no answer.
 */
export function explainAnalyticGap(run: SaturationSource): string | null {
  const { agents, agentsAnalytic, interval95 } = run.saturation;
  if (agents === null || agentsAnalytic === null || interval95 === null) return null;
  if (agentsAnalytic >= interval95[0] && agentsAnalytic <= interval95[1]) return null;
  const says = `The closed form says ${formatCount(agentsAnalytic)}`;
  if (agentsAnalytic > agents) {
    return `${says}: it knows the mean time a connection is held, not how much that varies, and it stands for a full pool rather than for the wait target.`;
  }
  return `${says}: it counts every agent as always at work, while the simulated wait target allows a queue for a short time.`;
}
