'use client';

import { useId, useState } from 'react';
import type { ResponseAtLoad, ScenarioResponseChart } from '@/lib/charts/prepare-scenario-limit';
import { linearScale, logScale, type Scale } from '@/lib/charts/scale';
import { formatDecimal } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { bandPath, ChartSvg, chartText, crisp, FootTicks, linePath } from './svg-parts';

const top = 12;
const bottom = 240;
const left = 64;

/** An objective over the load, with its interval, what it may be at most, and the limit. */
export function ScenarioResponse({ chart }: { readonly chart: ScenarioResponseChart }) {
  return (
    <ChartFrame
      words={chart}
      level={3}
      initialWidth={760}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

function Drawing({
  chart,
  width,
}: {
  readonly chart: ScenarioResponseChart;
  readonly width: number;
}) {
  const clipId = useId();
  const [pointed, setPointed] = useState<ResponseAtLoad | null>(null);
  const right = width - 20;
  const [first] = chart.points;
  const x = logScale([first.load, chart.points.at(-1)?.load ?? first.load], [left + 12, right]);
  const y = linearScale([0, chart.valueTicks.at(-1)?.value ?? 1], [bottom, top]);
  return (
    <div>
      <ChartSvg
        width={width}
        height={bottom + 40}
        summary={`${chart.heading}. ${chart.summary}`}
        onPointerMove={(at) => setPointed(nearest(chart.points, x, at))}
        onPointerLeave={() => setPointed(null)}
      >
        <defs>
          <clipPath id={clipId}>
            <rect x={left - 5} y={top - 5} width={right - left + 10} height={bottom - top + 10} />
          </clipPath>
        </defs>
        {chart.valueTicks.map(({ value, text }) => (
          <g key={value}>
            <line
              x1={left}
              x2={right}
              y1={crisp(y(value))}
              y2={crisp(y(value))}
              className="stroke-rule"
            />
            <text x={left - 8} y={y(value) + 4} textAnchor="end" className={chartText.axis}>
              {text}
            </text>
          </g>
        ))}
        <FootTicks ticks={chart.loadTicks} x={x} y={bottom + 20} format={formatTimes} />
        <text x={left} y={bottom + 37} className="fill-ink-3 text-[12px]">
          times the load of the scenario
        </text>
        <g clipPath={`url(#${clipId})`}>
          <Curve points={chart.points} x={x} y={y} />
        </g>
        <Thresholds chart={chart} x={x} y={y} right={right} />
        {pointed !== null && (
          <line
            x1={crisp(x(pointed.load))}
            x2={crisp(x(pointed.load))}
            y1={top}
            y2={bottom}
            className="stroke-ink-3"
            pointerEvents="none"
          />
        )}
      </ChartSvg>
      <p className="mt-1 min-h-5 text-note text-ink-2 print:hidden" aria-hidden="true">
        {pointed?.text}
      </p>
    </div>
  );
}

function formatTimes(factor: number): string {
  return `${formatDecimal(factor)}×`;
}

function nearest(points: readonly ResponseAtLoad[], x: Scale, at: number): ResponseAtLoad | null {
  return points.reduce<ResponseAtLoad | null>(
    (best, one) =>
      best === null || Math.abs(x(one.load) - at) < Math.abs(x(best.load) - at) ? one : best,
    null,
  );
}

interface CurveProps {
  readonly points: readonly ResponseAtLoad[];
  readonly x: Scale;
  readonly y: Scale;
}

function Curve({ points, x, y }: CurveProps) {
  const end = (of: (point: ResponseAtLoad) => number) =>
    points.map((point) => [x(point.load), y(of(point))] as const);
  return (
    <g>
      <path
        d={bandPath(
          end(({ interval }) => interval[1]),
          end(({ interval }) => interval[0]),
        )}
        className="fill-water [fill-opacity:0.2]"
      />
      <path
        d={linePath(end(({ observed }) => observed))}
        className="fill-none stroke-sea"
        strokeWidth={1.75}
        strokeDasharray="6 3"
      />
      {points.map(({ load, observed, isOverloaded }) => (
        <circle
          key={load}
          cx={x(load)}
          cy={y(observed)}
          r={3.2}
          strokeWidth={1.5}
          className={isOverloaded ? 'fill-paper stroke-no-go' : 'fill-sea stroke-sea'}
        />
      ))}
    </g>
  );
}

function Thresholds({
  chart,
  x,
  y,
  right,
}: {
  readonly chart: ScenarioResponseChart;
  readonly x: Scale;
  readonly y: Scale;
  readonly right: number;
}) {
  const limit = chart.limit === null ? null : x(chart.limit);
  const isLabelLeft = limit !== null && limit - left > (right - left) / 2;
  return (
    <g>
      <line
        x1={left}
        x2={right}
        y1={crisp(y(chart.atMost))}
        y2={crisp(y(chart.atMost))}
        className="stroke-ink-2"
        strokeDasharray="2 3"
      />
      <text x={left + 8} y={y(chart.atMost) - 6} className={chartText.quiet}>
        {chart.atMostText}
      </text>
      {limit !== null && (
        <g>
          <line
            x1={crisp(limit)}
            x2={crisp(limit)}
            y1={top}
            y2={bottom}
            className="stroke-water"
            strokeWidth={2}
          />
          <text
            x={isLabelLeft ? limit - 8 : limit + 8}
            y={top + 12}
            textAnchor={isLabelLeft ? 'end' : 'start'}
            className="fill-water text-[12.5px] font-medium chart-halo"
          >
            holds up to {formatDecimal(chart.limit)}×
          </text>
        </g>
      )}
    </g>
  );
}
