import type { CompletedForecast, DrawnShare } from '../cost/forecast/forecast';
import { formatPercent, formatUsd } from '../format';
import type { ChartTable } from './chart-table';
import { stateNames } from './name-cost-part';
import type { CostMatrix } from './prepare-cost-matrix';

/** Cost of each month of a plan; shares over a budget only where there is one. */
export function tabulateMonths({ months, totalUsd }: CompletedForecast): ChartTable {
  const isMonthly = months.some(({ overMonthlyBudget }) => overMonthlyBudget !== null);
  const isTotal = months.some(({ overTotalBudget }) => overTotalBudget !== null);
  const cells = (monthly: DrawnShare | null, total: DrawnShare | null) => [
    ...(isMonthly ? [formatPercent(monthly?.share)] : []),
    ...(isTotal ? [formatPercent(total?.share)] : []),
  ];
  const last = months.at(-1);
  return {
    columns: [
      'Month',
      'P10',
      'P50',
      'P90',
      ...(isMonthly ? ['Over its budget'] : []),
      ...(isTotal ? ['Over in all by its end'] : []),
    ],
    rows: [
      ...months.map(({ from, to, costUsd, overMonthlyBudget, overTotalBudget }) => [
        `${from} to ${to}`,
        ...[costUsd.p10, costUsd.p50, costUsd.p90].map((usd) => formatUsd(usd)),
        ...cells(overMonthlyBudget, overTotalBudget),
      ]),
      [
        'All together',
        ...[totalUsd.p10, totalUsd.p50, totalUsd.p90].map((usd) => formatUsd(usd)),
        ...cells(null, last?.overTotalBudget ?? null),
      ],
    ],
  };
}

/** The parts of the cost by how they were charged; an answer has no state of a cache. */
export function tabulateCostMatrix({ rows }: CostMatrix): ChartTable {
  return {
    columns: ['Part', ...Object.values(stateNames), 'All', 'Share'],
    rows: rows.map(({ name, cells, cost, shareLabel }) => [
      name,
      ...(cells.length === 1 ? ['·', '·', '·'] : cells.map((cell) => cell.cost)),
      cost,
      shareLabel,
    ]),
  };
}
