'use client';

import type { SessionLengthChart } from '@/lib/charts/prepare-session-lengths';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatCount, formatPercent } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { bandPath, ChartSvg, chartText, crisp, FootTicks, linePath, Rows } from './svg-parts';

type LengthStep = SessionLengthChart['steps'][number];

interface SessionLengthCurveProps {
  readonly chart: SessionLengthChart;
  readonly level?: 2 | 3;
  readonly initialWidth?: number;
}

/** Share of sessions longer than n calls or turns: a step line with its band. */
export function SessionLengthCurve({
  chart,
  level = 2,
  initialWidth = 596,
}: SessionLengthCurveProps) {
  return (
    <ChartFrame
      words={chart}
      level={level}
      initialWidth={initialWidth}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

const top = 10;
const bottom = 190;
const ticks = [0, 0.25, 0.5, 0.75, 1] as const;

function Drawing({ chart, width }: { readonly chart: SessionLengthChart; readonly width: number }) {
  const left = 50;
  const right = Math.max(left + 80, width - 48);
  const x = linearScale([0, chart.last], [left, right]);
  const y = linearScale([0, 1], [bottom, top]);
  const { median, steps } = chart;
  return (
    <ChartSvg width={width} height={bottom + 28} summary={chart.summary}>
      <Rows ticks={ticks} y={y} left={left} right={right} format={formatPercent} />
      <path
        d={bandPath(
          stepPoints(steps, x, y, (step) => step.interval95?.[1] ?? step.survival),
          stepPoints(steps, x, y, (step) => step.interval95?.[0] ?? step.survival),
        )}
        className="fill-water"
        fillOpacity={0.2}
      />
      <path
        d={linePath(stepPoints(steps, x, y, (step) => step.survival))}
        fill="none"
        className="stroke-water"
        strokeWidth={2.25}
      />
      {steps
        .filter((step) => step.censored > 0)
        .map((step) => (
          <line
            key={step.at}
            x1={crisp(x(step.at))}
            x2={crisp(x(step.at))}
            y1={y(step.survival) - 5}
            y2={y(step.survival) + 5}
            className="stroke-ink"
          />
        ))}
      {median !== null && median <= chart.last && (
        <g>
          <line
            x1={crisp(x(median))}
            x2={crisp(x(median))}
            y1={y(0.5)}
            y2={bottom}
            className="stroke-ink-3"
            strokeDasharray="2 3"
          />
          <text x={x(median) + 6} y={y(0.5) - 6} className={chartText.label}>
            median {formatCount(median)}
          </text>
        </g>
      )}
      <FootTicks ticks={chart.xTicks} x={x} y={bottom + 19} format={formatCount} />
      <text x={right + 8} y={bottom + 19} className="fill-ink-3 text-[12px]">
        {chart.unit === 'call' ? 'calls' : 'turns'}
      </text>
    </ChartSvg>
  );
}

/** Corners of a line that keeps its value until the next step. */
function stepPoints(
  steps: readonly LengthStep[],
  x: Scale,
  y: Scale,
  read: (step: LengthStep) => number,
): (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [[x(0), y(1)]];
  let before = 1;
  for (const step of steps) {
    points.push([x(step.at), y(before)]);
    before = read(step);
    points.push([x(step.at), y(before)]);
  }
  return points;
}
