'use client';

import { useState } from 'react';
import type { ScenarioPathChart, ScenarioPathPoint } from '@/lib/charts/prepare-scenario-path';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatDecimal, formatDurationSec } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { bandPath, ChartSvg, chartText, crisp, linePath, Rows } from './svg-parts';

const top = 12;
const bottom = 170;
const left = 46;

/** What is in use of a resource over time, with its queue on top, and the warm-up shaded. */
export function ScenarioPath({ chart }: { readonly chart: ScenarioPathChart }) {
  return (
    <ChartFrame
      words={chart}
      level={3}
      initialWidth={560}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

interface DrawingProps {
  readonly chart: ScenarioPathChart;
  readonly width: number;
}

function Drawing({ chart, width }: DrawingProps) {
  const [pointed, setPointed] = useState<ScenarioPathPoint | null>(null);
  const right = width - 14;
  const x = linearScale([0, chart.endSec], [left, right]);
  const y = linearScale([0, chart.countTicks.at(-1) ?? 1], [bottom, top]);
  const point = (at: number) => {
    const sec = ((at - left) / (right - left)) * chart.endSec;
    setPointed(chart.points.find(({ timeSec }) => timeSec >= sec) ?? chart.points.at(-1) ?? null);
  };
  return (
    <div>
      <ChartSvg
        width={width}
        height={bottom + 28}
        summary={`${chart.heading}. ${chart.summary}`}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      >
        {chart.warmUpSec > 0 && (
          <rect
            x={left}
            y={top}
            width={x(chart.warmUpSec) - left}
            height={bottom - top}
            className="fill-ink-3 [fill-opacity:0.13]"
          />
        )}
        <Rows ticks={chart.countTicks} y={y} left={left} right={right} format={formatDecimal} />
        {chart.timeTicks.map(({ sec, text }) => (
          <text
            key={sec}
            x={x(sec)}
            y={bottom + 20}
            textAnchor={x(sec) > right - 24 ? 'end' : 'middle'}
            className={chartText.axis}
          >
            {text}
          </text>
        ))}
        <Areas chart={chart} x={x} y={y} />
        <Names chart={chart} x={x} y={y} right={right} />
        {pointed !== null && (
          <line
            x1={crisp(x(pointed.timeSec))}
            x2={crisp(x(pointed.timeSec))}
            y1={top}
            y2={bottom}
            className="stroke-ink-3"
            pointerEvents="none"
          />
        )}
      </ChartSvg>
      <p className="mt-1 min-h-5 text-note text-ink-2 print:hidden" aria-hidden="true">
        {pointed !== null &&
          `After ${formatDurationSec(pointed.timeSec)}: ${formatDecimal(pointed.inUse)} in use, ${formatDecimal(pointed.waiting)} waiting`}
      </p>
    </div>
  );
}

interface PartProps {
  readonly chart: ScenarioPathChart;
  readonly x: Scale;
  readonly y: Scale;
}

function Areas({ chart, x, y }: PartProps) {
  const inUse = chart.points.map((one) => [x(one.timeSec), y(one.inUse)] as const);
  const all = chart.points.map((one) => [x(one.timeSec), y(one.inUse + one.waiting)] as const);
  const floor = chart.points.map((one) => [x(one.timeSec), bottom] as const);
  return (
    <g>
      <path d={bandPath(inUse, floor)} className="fill-water-fill" />
      {chart.hasWaiting && (
        <path d={bandPath(all, inUse)} className="fill-output [fill-opacity:0.2]" />
      )}
      <path d={linePath(inUse)} className="fill-none stroke-water" strokeWidth={1.75} />
      {chart.hasWaiting && (
        <path
          d={linePath(all)}
          className="fill-none stroke-output"
          strokeWidth={1.75}
          strokeDasharray="6 3"
        />
      )}
    </g>
  );
}

/** Names of the areas where they are thick enough, and the slots as a line. */
function Names({ chart, x, y, right }: PartProps & { readonly right: number }) {
  const { slots } = chart;
  const widest = widestAt(chart, (one) => one.waiting);
  const fullest = widestAt(chart, (one) => one.inUse);
  const isSlotsShown = slots !== null && y(slots) >= top - 1;
  const waitingMiddle = widest === null ? 0 : y(widest.inUse + widest.waiting / 2);
  const hasRoom = widest !== null && y(0) - y(widest.waiting) > 18;
  return (
    <g>
      {isSlotsShown && (
        <g>
          <line
            x1={left}
            x2={right}
            y1={crisp(y(slots))}
            y2={crisp(y(slots))}
            className="stroke-ink-2"
            strokeDasharray="2 3"
          />
          <text x={left + 6} y={Math.max(y(slots) - 5, top + 8)} className={chartText.quiet}>
            {formatDecimal(slots)} slots
          </text>
        </g>
      )}
      {chart.hasWaiting && hasRoom && (
        <text
          x={clamp(x(widest.timeSec), left + 40, right - 40)}
          y={waitingMiddle + 4}
          textAnchor="middle"
          className={chartText.label}
        >
          waiting
        </text>
      )}
      {fullest !== null && y(0) - y(fullest.inUse) > 18 && (
        <text
          x={clamp(x(fullest.timeSec), left + 30, right - 30)}
          y={bottom - 7}
          textAnchor="middle"
          className={chartText.label}
        >
          in use
        </text>
      )}
    </g>
  );
}

/** The point where something is largest, away from the edges where it can be. */
function widestAt(
  { points }: ScenarioPathChart,
  of: (point: ScenarioPathPoint) => number,
): ScenarioPathPoint | null {
  return points.reduce<ScenarioPathPoint | null>(
    (most, one) => (most === null || of(one) > of(most) ? one : most),
    null,
  );
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
