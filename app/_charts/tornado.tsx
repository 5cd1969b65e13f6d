'use client';

import type { TornadoChart, TornadoRow } from '@/lib/charts/prepare-tornado';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatUsd } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { ChartSvg, chartText, crisp, FootTicks } from './svg-parts';

interface TornadoProps {
  readonly chart: TornadoChart;
  readonly isStale?: boolean;
  readonly initialWidth?: number;
}

const rowHeight = 46;
const top = 6;

/** What moves a forecast most: a bar for each input from its P10 to its P90, the widest on top. */
export function Tornado({ chart, isStale = false, initialWidth = 780 }: TornadoProps) {
  return (
    <ChartFrame
      words={chart}
      initialWidth={initialWidth}
      isStale={isStale}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

function Drawing({ chart, width }: { readonly chart: TornadoChart; readonly width: number }) {
  const left = 22;
  const right = Math.max(left + 120, width - 30);
  const bottom = top + chart.rows.length * rowHeight;
  const x = linearScale([0, chart.usdTicks.at(-1) ?? 1], [left, right]);
  const rows = chart.rows.map((row, index) => ({ row, y: top + index * rowHeight }));
  return (
    <ChartSvg width={width} height={bottom + 26} summary={chart.summary}>
      {chart.usdTicks.map((tick) => (
        <line
          key={tick}
          x1={crisp(x(tick))}
          x2={crisp(x(tick))}
          y1={top}
          y2={bottom}
          className="stroke-rule"
        />
      ))}
      {rows.map(({ row, y }) => (
        <Bar key={row.name} row={row} x={x} y={y} />
      ))}
      <line
        x1={crisp(x(chart.medianUsd))}
        x2={crisp(x(chart.medianUsd))}
        y1={top}
        y2={bottom}
        className="stroke-ink-3"
        strokeDasharray="5 4"
      />
      {/* Labels come last: their halo parts the dashed line, which would strike them through. */}
      {rows.map(({ row, y }) => (
        <Label key={row.name} row={row} x={x} y={y} right={right} />
      ))}
      <FootTicks ticks={chart.usdTicks} x={x} y={bottom + 19} format={formatAxisUsd} />
    </ChartSvg>
  );
}

interface RowProps {
  readonly row: TornadoRow;
  readonly x: Scale;
  readonly y: number;
}

function endOf(row: TornadoRow, x: Scale): number {
  return Math.max(x(row.lowUsd) + 2, x(row.highUsd));
}

function Bar({ row, x, y }: RowProps) {
  const from = x(row.lowUsd);
  return (
    <rect
      x={from}
      y={y + 20}
      width={endOf(row, x) - from}
      height={14}
      className="fill-water"
      fillOpacity={0.55}
    />
  );
}

function Label({ row, x, y, right }: RowProps & { readonly right: number }) {
  const [lowEnd, highEnd] = row.isFalling
    ? [row.highLabel, row.lowLabel]
    : [row.lowLabel, row.highLabel];
  const from = x(row.lowUsd);
  const isRight = from > right / 2;
  return (
    <text
      x={isRight ? Math.min(endOf(row, x), right) : from}
      y={y + 14}
      textAnchor={isRight ? 'end' : 'start'}
      className={chartText.quiet}
    >
      {`${row.name}: ${lowEnd} to ${highEnd}`}
    </text>
  );
}

function formatAxisUsd(value: number): string {
  return formatUsd(value, 'compact');
}
