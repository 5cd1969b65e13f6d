import type { ScenarioOutcome, StationOutcome } from '@/simulations/scenario-outcome';
import { formatCount, formatCounted, formatDecimal, formatDurationSec } from '../format';
import type { ChartWords } from './chart-table';
import { hasTwoEndStates } from './prepare-scenario-tables';
import { niceTicks } from './scale';

/** A resource at one time, averaged over the replications. */
export interface ScenarioPathPoint {
  readonly timeSec: number;
  readonly inUse: number;
  readonly waiting: number;
}

/** What is in use of a resource and waits for it, over the simulated time. */
export interface ScenarioPathChart extends ChartWords {
  readonly name: string;
  readonly points: readonly ScenarioPathPoint[]; // rising in time
  readonly endSec: number;
  readonly warmUpSec: number;
  readonly slots: number | null; // null: unlimited
  /** The queue takes so much of the height that the slots are a line at the foot. */
  readonly hasWaiting: boolean;
  readonly timeTicks: readonly { readonly sec: number; readonly text: string }[];
  readonly countTicks: readonly number[];
}

const tableRowsMax = 40;

/**
 * Prepares what was in use and waiting at each resource over time.
 *
 * @returns one chart per resource where anything was ever in use or waiting, and the names of the others
 */
export function prepareScenarioPaths(outcome: ScenarioOutcome): {
  readonly charts: readonly ScenarioPathChart[];
  readonly idle: readonly string[];
} {
  const charts: ScenarioPathChart[] = [];
  const idle: string[] = [];
  for (const station of outcome.resources) {
    const chart = preparePath(outcome, station);
    if (chart === null) idle.push(station.name);
    else charts.push(chart);
  }
  return { charts, idle };
}

function preparePath(outcome: ScenarioOutcome, station: StationOutcome): ScenarioPathChart | null {
  const path = outcome.paths.resources[station.name];
  if (path === undefined) return null;
  const points = outcome.paths.timeSec.map((timeSec, i) => ({
    timeSec,
    inUse: path.inUse[i],
    waiting: path.waiting[i],
  }));
  const most = largest(points.map(({ inUse, waiting }) => inUse + waiting));
  if (!(most > 0)) return null;
  const mostWaiting = largest(points.map(({ waiting }) => waiting));
  const endSec = outcome.simulatedSec;
  const { slots } = station;
  return {
    name: station.name,
    heading: describePath(station, points, mostWaiting),
    method: `Mean of ${formatCounted(outcome.replications, 'replication')} in ${formatCounted(points.length, 'part')} of the time; queue on top of what is in use.${hasTwoEndStates(outcome) ? ' Replications end in two states, and their mean is neither.' : ''}`,
    summary: `In use on average between ${formatDecimal(-largest(points.map(({ inUse }) => -inUse)))} and ${formatDecimal(largest(points.map(({ inUse }) => inUse)))}${slots === null ? '' : ` of ${formatDecimal(slots)}`}; at most ${formatDecimal(mostWaiting)} waiting.`,
    table: tabulatePath(points),
    points,
    endSec,
    warmUpSec: Math.min(outcome.warmUpSec, endSec),
    slots,
    hasWaiting: mostWaiting > 0.005 * most,
    timeTicks: timeTicks(endSec),
    countTicks: niceTicks(Math.max(most, slots !== null && slots <= 4 * most ? slots : 0), 3),
  };
}

function describePath(
  { name, overload }: StationOutcome,
  points: readonly ScenarioPathPoint[],
  mostWaiting: number,
): string {
  if (overload !== null) {
    return `${name}: the queue grows to ${formatDecimal(points.at(-1)?.waiting)} by the end`;
  }
  if (mostWaiting < 0.005) {
    const mostInUse = largest(points.map(({ inUse }) => inUse));
    return `${name}: ${formatDecimal(mostInUse)} in use at most, and hardly anybody waits`;
  }
  const peak = points.find(({ waiting }) => waiting === mostWaiting);
  return `${name}: ${formatDecimal(mostWaiting)} waiting at most, at ${formatDurationSec(peak?.timeSec)}`;
}

function tabulatePath(points: readonly ScenarioPathPoint[]): ScenarioPathChart['table'] {
  const step = Math.max(1, Math.ceil(points.length / tableRowsMax));
  return {
    columns: ['Time', 'In use', 'Waiting'],
    rows: points
      .filter((_, i) => i % step === 0 || i === points.length - 1)
      .map(({ timeSec, inUse, waiting }) => [
        formatDurationSec(timeSec),
        formatDecimal(inUse),
        formatDecimal(waiting),
      ]),
    values: points.map(({ timeSec, inUse, waiting }) => [timeSec, inUse, waiting]),
  };
}

const timeUnits = [
  { name: 'days', sec: 86_400, from: 172_800 },
  { name: 'h', sec: 3_600, from: 10_800 },
  { name: 'min', sec: 60, from: 180 },
  { name: 's', sec: 1, from: 0 },
] as const;

/** Round times up to the end, in the unit that suits it; the last one names it. */
function timeTicks(endSec: number): ScenarioPathChart['timeTicks'] {
  const unit = timeUnits.find(({ from }) => endSec >= from) ?? timeUnits[3];
  const ticks = niceTicks(endSec / unit.sec, 4).filter((tick) => tick * unit.sec <= endSec * 1.001);
  return ticks.map((tick, i) => ({
    sec: tick * unit.sec,
    text: `${tick >= 1_000 ? formatCount(tick) : formatDecimal(tick)}${i === ticks.length - 1 ? `\u00a0${unit.name}` : ''}`,
  }));
}

function largest(values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY);
}
