import type { LoadPoint } from '@/simulations/simulation-run';
import { formatCount, formatDecimal, formatPercent } from '../format';
import type { ChartWords } from './chart-table';
import { meanOf } from './mean-of';

/** One bar: a share of the pool's slots in use. */
export interface UtilizationBar {
  readonly name: string;
  readonly note: string;
  readonly share: number; //         0–1, cut at 1 for drawing
  readonly label: string;
  readonly tone: 'calm' | 'near' | 'full'; // below 85 %, below 95 %, at or above
  readonly isModelled: boolean;
}

/** How full the pool is, with ticks at 70, 85 and 100 %. */
export interface UtilizationChart extends ChartWords {
  readonly bars: readonly UtilizationBar[];
}

/** Shares of full use at which ticks stand: comfortable, watch, none left. */
export const utilizationTicks = [0.7, 0.85, 1] as const;

/**
 * Prepares the pool's utilisation at one load: the simulated mean and P99, and the closed form.
 *
 * @param slots slots of the pool, at least 1
 */
export function prepareUtilization(load: LoadPoint, slots: number): UtilizationChart {
  const { utilization, slotsInUseP99 } = load.pool;
  const [low, high] = utilization.interval95;
  const slotsP99 = meanOf(slotsInUseP99);
  const bars = [
    bar('Mean', `95 %: ${formatPercent(low)} – ${formatPercent(high)}`, meanOf(utilization), false),
    bar(
      'Busiest 1 % of time',
      `${formatDecimal(slotsP99)} of ${formatCount(slots)} slots`,
      slotsP99 / slots,
      false,
    ),
    bar('Closed form', 'from means alone', load.analytic.utilization, true),
  ];
  const full = meanOf(load.pool.shareOfTimeAbove95);
  return {
    heading: `At ${formatCount(load.agents)}: ${formatPercent(meanOf(utilization))} of slots in use`,
    method: `At least 95 % of slots are in use ${formatPercent(full)} of the time.`,
    summary: bars.map((item) => `${item.name}: ${item.label}`).join('; '),
    table: {
      columns: ['', 'Slots in use', 'Note'],
      rows: bars.map((item) => [item.name, item.label, item.note]),
    },
    bars,
  };
}

function bar(name: string, note: string, share: number, isModelled: boolean): UtilizationBar {
  return {
    name,
    note,
    share: Math.max(0, Math.min(1, share)),
    label: formatPercent(share),
    tone: share >= 0.95 ? 'full' : share >= 0.85 ? 'near' : 'calm',
    isModelled,
  };
}
