import { defaultWaitTargetP95Sec } from '@/simulations/pool-study';
import { isWaitUndecided, type LoadPoint, type SimulationRun } from '@/simulations/simulation-run';
import { formatCount, formatDurationSec, formatPercent, notKnown } from '../format';
import type { ChartTable, ChartWords } from './chart-table';
import { meanOf } from './mean-of';
import { niceTicks } from './scale';

/** One load of a response curve. */
export interface ResponsePoint {
  readonly agents: number;
  readonly p50Sec: number;
  readonly p95Sec: number;
  readonly p99Sec: number;
  readonly p95Interval: readonly [number, number]; // NaN where no replication observed a wait
  readonly utilization: number;
  readonly isOverloaded: boolean;
  /** The P95 wait is a lower bound: too many waits had not ended with the simulated time. */
  readonly isLowerBound: boolean;
}

/** Where the saturated region starts, and what stands beside it. */
export interface SaturatedRegion {
  readonly fromAgents: number;
  readonly label: string;
  /** The rule in a few words; a run states it in full. */
  readonly rule: string;
}

/** Wait for a connection against the number of agents. */
export interface ResponseCurve extends ChartWords {
  readonly points: readonly ResponsePoint[]; // rising in `agents`
  readonly agentTicks: readonly number[];
  readonly secTicks: readonly number[];
  readonly targetSec: number;
  readonly targetLabel: string;
  readonly plannedPeak: number | null;
  readonly plannedLabel: string;
  readonly saturated: SaturatedRegion | null;
}

/** What a response curve needs from a run, so that a quick look can be drawn too. */
export type ResponseSource = Pick<SimulationRun, 'sweep' | 'saturation' | 'scenario'>;

/**
 * Prepares wait quantiles over a sweep of loads for drawing.
 *
 * The vertical axis ends a little above what matters (two and a half times the target, or the P99
 * wait at the planned peak): past saturation waits grow without limit and leave the picture at the
 * top.
 *
 * @returns null when the sweep has fewer than two loads
 */
export function prepareResponseCurve(
  source: ResponseSource,
  options: {
    readonly targetSec: number;
    readonly plannedPeak: number | null;
    /** What the load at `plannedPeak` is; the planned peak where left out. */
    readonly plannedName?: string;
  },
): ResponseCurve | null {
  const all = source.sweep.map(toPoint).sort((a, b) => a.agents - b.agents);
  const furthest = all.at(-1);
  if (furthest === undefined || all.length < 2) return null;

  const { targetSec, plannedPeak } = options;
  const saturated = findRegion(source);
  const wanted = Math.max(1.5 * (saturated?.fromAgents ?? 0), 1.25 * (plannedPeak ?? 0), 2);
  const reach = saturated === null && plannedPeak === null ? furthest.agents : wanted;
  const inside = all.filter((point) => point.agents <= reach);
  const next = all.find((point) => point.agents > reach);
  const points = next === undefined ? inside : [...inside, next];
  const agentsMax = Math.min(reach, Math.max(furthest.agents, plannedPeak ?? 0));

  const observed = all.filter((point) => Number.isFinite(point.p99Sec));
  const p99AtPlan = plannedPeak === null ? 0 : (nearest(observed, plannedPeak)?.p99Sec ?? 0);
  const secMax = Math.max(2.5 * targetSec, Math.min(1.2 * p99AtPlan, 8 * targetSec));

  return {
    heading: describeCurve(source),
    method: describeMethod(source),
    summary: summarize(all, targetSec, plannedPeak, saturated),
    table: tabulate(all),
    points,
    agentTicks: niceTicks(agentsMax, 6),
    secTicks: niceTicks(secMax, 3),
    targetSec,
    targetLabel: `target P95 ${formatDurationSec(targetSec)}`,
    plannedPeak,
    plannedLabel: `${options.plannedName ?? 'planned peak'} ${formatCount(plannedPeak)}`,
    saturated,
  };
}

const notObserved = [Number.NaN, Number.NaN] as const;

function toPoint(load: LoadPoint): ResponsePoint {
  return {
    agents: load.agents,
    p50Sec: meanOf(load.pool.waitSecP50),
    p95Sec: meanOf(load.pool.waitSecP95),
    p99Sec: meanOf(load.pool.waitSecP99),
    p95Interval:
      load.pool.waitSecP95.replications === 0 ? notObserved : load.pool.waitSecP95.interval95,
    utilization: meanOf(load.pool.utilization),
    isOverloaded: load.isOverloaded,
    isLowerBound: isWaitUndecided(load),
  };
}

function findRegion({ saturation, scenario }: ResponseSource): SaturatedRegion | null {
  const { agents, interval95, searchedUpTo } = saturation;
  const targetSec = scenario.waitTargetP95Sec ?? defaultWaitTargetP95Sec;
  const rule = `largest load at which P95 ≤ ${formatDurationSec(targetSec)}`;
  if (agents === null) {
    return { fromAgents: 1, label: 'no load meets the target', rule };
  }
  if (agents >= searchedUpTo) return null;
  const range =
    interval95 === null ? '' : ` (${formatCount(interval95[0])} – ${formatCount(interval95[1])})`;
  return { fromAgents: agents, label: `saturates at ${formatCount(agents)}${range}`, rule };
}

function nearest(points: readonly ResponsePoint[], agents: number): ResponsePoint | undefined {
  let best: ResponsePoint | undefined;
  for (const point of points) {
    const isCloser =
      best === undefined || Math.abs(point.agents - agents) < Math.abs(best.agents - agents);
    if (isCloser) best = point;
  }
  return best;
}

function describeCurve({ saturation }: ResponseSource): string {
  const { agents, searchedUpTo } = saturation;
  if (agents === null) return 'No load keeps the wait for a connection within its target';
  if (agents >= searchedUpTo) {
    return `The wait for a connection stays within its target up to ${formatCount(searchedUpTo)} agents`;
  }
  return `The wait for a connection leaves its target past ${formatCount(agents)} agents`;
}

function describeMethod({ sweep, scenario, saturation }: ResponseSource): string {
  const simulatedSec = sweep.map((load) => load.simulatedSec ?? scenario.horizonSec);
  const ends = [Math.min(...simulatedSec), Math.max(...simulatedSec)].map(formatDurationSec);
  const span = [...new Set(ends)].join(' to ');
  const runs = `${formatCount(scenario.replications)} replications of ${span}, seed ${scenario.seed}.`;
  const { agentsAnalytic } = saturation;
  if (agentsAnalytic === null) return runs;
  return `${runs} The closed form says ${formatCount(agentsAnalytic)}.`;
}

function summarize(
  points: readonly ResponsePoint[],
  targetSec: number,
  plannedPeak: number | null,
  saturated: SaturatedRegion | null,
): string {
  const parts: string[] = [];
  const atPlan = plannedPeak === null ? undefined : nearest(points, plannedPeak);
  if (atPlan !== undefined) {
    parts.push(
      `At ${formatCount(atPlan.agents)} agents the P95 wait is ` +
        `${atPlan.isLowerBound ? 'at least ' : ''}${formatDurationSec(atPlan.p95Sec)} ` +
        `against a target of ${formatDurationSec(targetSec)}.`,
    );
  }
  const furthest = points.at(-1);
  if (saturated !== null) parts.push(`The pool ${saturated.label}; ${saturated.rule}.`);
  else if (furthest !== undefined) {
    parts.push(`It does not saturate up to ${formatCount(furthest.agents)} agents.`);
  }
  return parts.join(' ');
}

function tabulate(points: readonly ResponsePoint[]): ChartTable {
  return {
    columns: ['Agents', 'Wait P50', 'Wait P95', '95 % interval', 'Wait P99', 'Utilisation'],
    rows: points.map((point) => [
      `${formatCount(point.agents)}${point.isOverloaded ? ' (overloaded)' : ''}`,
      formatDurationSec(point.p50Sec),
      `${point.isLowerBound ? '≥ ' : ''}${formatDurationSec(point.p95Sec)}`,
      formatInterval(point.p95Interval),
      formatDurationSec(point.p99Sec),
      formatPercent(point.utilization),
    ]),
  };
}

function formatInterval([low, high]: readonly [number, number]): string {
  return Number.isNaN(low) ? notKnown : `${formatDurationSec(low)} – ${formatDurationSec(high)}`;
}
