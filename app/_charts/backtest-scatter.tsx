'use client';

import type { BacktestScatterChart, ScatterPoint } from '@/lib/charts/prepare-backtest';
import { logScale, type Scale } from '@/lib/charts/scale';
import { formatUsd } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { ChartSvg, chartText, crisp, FootTicks, Rows } from './svg-parts';

interface BacktestScatterProps {
  readonly chart: BacktestScatterChart;
  readonly level?: 2 | 3;
  readonly initialWidth?: number;
}

/** Predicted against actual cost of sessions, with the line on which the two are the same. */
export function BacktestScatter({ chart, level = 3, initialWidth = 560 }: BacktestScatterProps) {
  return (
    <ChartFrame
      words={chart}
      level={level}
      initialWidth={initialWidth}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

const top = 34;
const maxSide = 420;

function Drawing({
  chart,
  width,
}: {
  readonly chart: BacktestScatterChart;
  readonly width: number;
}) {
  const left = 62;
  const side = Math.max(160, Math.min(maxSide, width - left - 24));
  const right = left + side;
  const bottom = top + side;
  const x = logScale(chart.domainUsd, [left, right]);
  const y = logScale(chart.domainUsd, [bottom, top]);
  return (
    <ChartSvg width={width} height={bottom + 46} summary={chart.summary}>
      <text x={0} y={14} className="fill-ink-2 text-[13px]">
        Predicted
      </text>
      <Rows ticks={chart.ticksUsd} y={y} left={left} right={right} format={formatUsd} />
      <line x1={left} y1={bottom} x2={right} y2={top} className="stroke-ink-3" />
      <text x={right - 4} y={top - 8} textAnchor="end" className={chartText.quiet}>
        as predicted
      </text>
      {chart.points.map((point) => (
        <Point key={point.sessionId} point={point} x={x} y={y} top={top} bottom={bottom} />
      ))}
      <FootTicks ticks={chart.ticksUsd} x={x} y={bottom + 19} format={formatUsd} />
      <text x={right} y={bottom + 38} textAnchor="end" className="fill-ink-2 text-[13px]">
        What it cost
      </text>
    </ChartSvg>
  );
}

interface PointProps {
  readonly point: ScatterPoint;
  readonly x: Scale;
  readonly y: Scale;
  readonly top: number;
  readonly bottom: number;
}

/** Predictions are modelled, so their interval is dashed; a hollow mark lies outside its own. */
function Point({ point, x, y, top: highest, bottom }: PointProps) {
  const at = x(point.actualUsd);
  const inside = (position: number) => Math.min(bottom, Math.max(highest, position));
  return (
    <g>
      {point.low !== null && point.high !== null && (
        <line
          x1={crisp(at)}
          x2={crisp(at)}
          y1={inside(y(point.low))}
          y2={inside(y(point.high))}
          className="stroke-water"
          strokeOpacity={0.55}
          strokeDasharray="3 3"
        />
      )}
      <circle
        cx={at}
        cy={y(point.predictedUsd)}
        r={3.5}
        strokeWidth={1.5}
        className={point.isHeld ? 'fill-water stroke-water' : 'fill-paper stroke-output'}
      />
    </g>
  );
}
