'use client';

import type { FanPoint, ForecastFanChart } from '@/lib/charts/prepare-forecast-fan';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { usdAxisFormat } from '@/lib/charts/usd-axis';
import { formatCount } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { bandPath, ChartSvg, chartText, crisp, FootTicks, linePath, Rows } from './svg-parts';

interface ForecastFanProps {
  readonly chart: ForecastFanChart;
  /** Paled while a newer forecast is on its way. */
  readonly isStale?: boolean;
  readonly initialWidth?: number;
}

const top = 22;
const height = 260;
const bottom = top + height;

/** Cost over the months of a plan: bands from P10 to P90 and from P25 to P75, the median dashed. */
export function ForecastFan({ chart, isStale = false, initialWidth = 780 }: ForecastFanProps) {
  return (
    <ChartFrame
      words={chart}
      initialWidth={initialWidth}
      isStale={isStale}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

function Drawing({ chart, width }: { readonly chart: ForecastFanChart; readonly width: number }) {
  const formatAxisUsd = usdAxisFormat(chart.usdTicks);
  const longest = Math.max(...chart.usdTicks.map((usd) => formatAxisUsd(usd).length));
  // Digits of the axis are less than 8 wide; 8 is between a label and its line.
  const left = Math.max(40, 12 + 8 * longest);
  const right = Math.max(left + 80, width - (width < 480 ? 54 : 84));
  const x = linearScale([0, chart.months], [left, right]);
  const y = linearScale([0, chart.usdTicks.at(-1) ?? 1], [bottom, top]);
  const ticks = Array.from({ length: chart.months + 1 }, (_, month) => month);
  const step = Math.max(1, Math.ceil(ticks.length / 13));
  return (
    <ChartSvg width={width} height={bottom + 28} summary={chart.summary}>
      <Rows ticks={chart.usdTicks} y={y} left={left} right={right} format={formatAxisUsd} />
      {chart.kind === 'cumulative' ? (
        <Fan points={chart.points} x={x} y={y} />
      ) : (
        <MonthBands points={chart.points} x={x} y={y} />
      )}
      {chart.budget !== null && (
        <g>
          <line
            x1={left}
            x2={right}
            y1={crisp(y(chart.budget.usd))}
            y2={crisp(y(chart.budget.usd))}
            className="stroke-no-go"
            strokeWidth={1.5}
          />
          <text x={left + 6} y={y(chart.budget.usd) - 6} className={chartText.label}>
            {chart.budget.label}
          </text>
        </g>
      )}
      <Exhaustion chart={chart} x={x} right={right} />
      <EndLabels point={chart.points.at(-1)} y={y} left={right + 8} />
      <FootTicks
        ticks={ticks.filter((tick) => tick % step === 0)}
        x={x}
        y={bottom + 19}
        format={formatCount}
        unit="months"
      />
    </ChartSvg>
  );
}

interface BandProps {
  readonly points: readonly FanPoint[];
  readonly x: Scale;
  readonly y: Scale;
}

/** Cumulative cost begins at nothing. */
function Fan({ points, x, y }: BandProps) {
  const start = [x(0), y(0)] as const;
  const line = (key: 'p10' | 'p25' | 'p50' | 'p75' | 'p90') => [
    start,
    ...points.map((point) => [x(point.at), y(point[key])] as const),
  ];
  return (
    <g>
      <path d={bandPath(line('p90'), line('p10'))} className="fill-water" fillOpacity={0.13} />
      <path d={bandPath(line('p75'), line('p25'))} className="fill-water" fillOpacity={0.2} />
      <path
        d={linePath(line('p50'))}
        fill="none"
        className="stroke-water"
        strokeWidth={2.25}
        strokeDasharray="5 4"
      />
    </g>
  );
}

/** Months by themselves: a box each, so that nothing seems to lie between two of them. */
function MonthBands({ points, x, y }: BandProps) {
  return (
    <g>
      {points.map((point) => {
        const from = x(point.at - 1) + 3;
        const to = x(point.at) - 3;
        return (
          <g key={point.at}>
            <rect
              x={from}
              width={Math.max(1, to - from)}
              y={y(point.p90)}
              height={Math.max(1, y(point.p10) - y(point.p90))}
              className="fill-water"
              fillOpacity={0.13}
            />
            <rect
              x={from}
              width={Math.max(1, to - from)}
              y={y(point.p75)}
              height={Math.max(1, y(point.p25) - y(point.p75))}
              className="fill-water"
              fillOpacity={0.2}
            />
            <line
              x1={from}
              x2={Math.max(from + 1, to)}
              y1={crisp(y(point.p50))}
              y2={crisp(y(point.p50))}
              className="stroke-water"
              strokeWidth={2.25}
              strokeDasharray="5 4"
            />
          </g>
        );
      })}
    </g>
  );
}

/** Where the budget is spent: a tick on the axis for each quantile, dates above the chart. */
function Exhaustion({
  chart,
  x,
  right,
}: {
  readonly chart: ForecastFanChart;
  readonly x: Scale;
  readonly right: number;
}) {
  return (
    <g>
      {chart.marks.map((mark, index) => {
        const isLate = x(mark.at) > right - 90;
        return (
          <g key={mark.label}>
            <line
              x1={crisp(x(mark.at))}
              x2={crisp(x(mark.at))}
              y1={top - 6}
              y2={bottom}
              className="stroke-no-go"
              strokeDasharray="2 3"
            />
            <text
              x={x(mark.at) + (isLate ? -5 : 5)}
              y={top + 6 + index * 16}
              textAnchor={isLate ? 'end' : 'start'}
              className={chartText.quiet}
            >
              {mark.label}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function EndLabels({
  point,
  y,
  left,
}: {
  readonly point: FanPoint | undefined;
  readonly y: Scale;
  readonly left: number;
}) {
  if (point === undefined) return null;
  const middle = y(point.p50);
  const isApart = (value: number) => Math.abs(y(value) - middle) >= 16;
  return (
    <g>
      {isApart(point.p90) && (
        <text x={left} y={y(point.p90) + 4} className="fill-ink-3 text-[12px]">
          P90
        </text>
      )}
      <text x={left} y={middle + 4} className="fill-water text-[12.5px] font-semibold">
        median
      </text>
      {isApart(point.p10) && (
        <text x={left} y={y(point.p10) + 4} className="fill-ink-3 text-[12px]">
          P10
        </text>
      )}
    </g>
  );
}
