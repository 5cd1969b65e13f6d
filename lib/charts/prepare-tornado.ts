import type { CompletedForecast } from '../cost/forecast/forecast';
import { formatUsd, formatUsdRange } from '../format';
import type { ChartWords } from './chart-table';
import { formatInput, inputNames } from './describe-forecast';
import { niceTicks } from './scale';

/** One input: where the total moves as it goes from its P10 to its P90. */
export interface TornadoRow {
  readonly name: string;
  readonly lowLabel: string; //   the input at P10
  readonly highLabel: string;
  readonly lowUsd: number; //     the smaller total
  readonly highUsd: number;
  readonly isFalling: boolean; // a higher input costs less
}

/** What moves a forecast most, one input at a time. */
export interface TornadoChart extends ChartWords {
  readonly rows: readonly TornadoRow[];
  readonly medianUsd: number;
  readonly usdTicks: readonly number[];
}

/** Prepares the inputs of a forecast for drawing, the widest first; null where none is uncertain. */
export function prepareTornado(forecast: CompletedForecast): TornadoChart | null {
  const rows = forecast.tornado.map((bar) => ({
    name: inputNames[bar.input],
    lowLabel: formatInput(bar.input, bar.lowValue),
    highLabel: formatInput(bar.input, bar.highValue),
    lowUsd: Math.min(bar.atLowUsd, bar.atHighUsd),
    highUsd: Math.max(bar.atLowUsd, bar.atHighUsd),
    isFalling: bar.atHighUsd < bar.atLowUsd,
  }));
  const widest = rows[0];
  if (widest === undefined) return null;
  const highest = Math.max(...rows.map((row) => row.highUsd), forecast.totalUsd.p50);
  const range = (row: TornadoRow) => formatUsdRange([row.lowUsd, row.highUsd]);
  return {
    heading: `${widest.name} moves the total most: ${range(widest)}`,
    method: 'Each input alone at its P10 and its P90, all others at their medians.',
    summary: rows.map((row) => `${row.name}: ${range(row)}`).join('; '),
    table: {
      columns: ['Input', 'P10', 'P90', 'Total from', 'to'],
      rows: rows.map((row) => [
        row.name,
        row.lowLabel,
        row.highLabel,
        formatUsd(row.lowUsd),
        formatUsd(row.highUsd),
      ]),
    },
    rows,
    medianUsd: forecast.totalUsd.p50,
    usdTicks: niceTicks(highest, 4),
  };
}
