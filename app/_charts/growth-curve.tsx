'use client';

import { useId, useState } from 'react';
import type { GrowthCurveChart } from '@/lib/charts/prepare-growth-curve';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatCount, formatTokens, formatUsd } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { GrowthPrompts, growthPromptsBottom } from './growth-prompts';
import {
  bandPath,
  ChartSvg,
  chartText,
  crisp,
  FootTicks,
  HatchPattern,
  linePath,
  Rows,
} from './svg-parts';

interface GrowthCurveProps {
  readonly chart: GrowthCurveChart;
  readonly level?: 2 | 3;
  readonly initialWidth?: number;
}

/** A part of the growth chart, drawn on the x that its parts share. */
export interface GrowthCurvePartProps {
  readonly chart: GrowthCurveChart;
  readonly x: Scale;
  readonly left: number;
  readonly right: number;
}

/** Cumulative cost or tokens, measured and extrapolated, and under it the prompts that cause it. */
export function GrowthCurve({ chart, level = 2, initialWidth = 860 }: GrowthCurveProps) {
  return (
    <ChartFrame
      words={chart}
      level={level}
      initialWidth={initialWidth}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

const top = 8;
const bottom = 216;
const axisFormat = {
  cost: (value: number) => formatUsd(value, 'compact'),
  tokens: formatTokens,
} as const;
const exactFormat = { cost: (value: number) => formatUsd(value, 'exact'), tokens: formatTokens };
const nounOf = { call: 'Call', turn: 'Turn' } as const;

function Drawing({ chart, width }: { readonly chart: GrowthCurveChart; readonly width: number }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const left = 50;
  const right = Math.max(left + 80, width - (width < 480 ? 62 : 92));
  const x = linearScale([0, chart.last], [left, right]);
  return (
    <div>
      <ChartSvg
        width={width}
        height={growthPromptsBottom + 10}
        summary={chart.summary}
        onPointerMove={(at) => {
          const place = ((at - left) / (right - left)) * chart.last;
          setPointed(place < 0 || place > chart.last ? null : Math.max(1, Math.round(place)));
        }}
        onPointerLeave={() => setPointed(null)}
      >
        <TotalPart chart={chart} x={x} left={left} right={right} />
        <GrowthPrompts chart={chart} x={x} left={left} right={right} />
        {pointed !== null && (
          <line
            x1={crisp(x(pointed))}
            x2={crisp(x(pointed))}
            y1={top}
            y2={growthPromptsBottom}
            className="stroke-ink-3"
            pointerEvents="none"
          />
        )}
      </ChartSvg>
      <p className="mt-1 min-h-5 text-note text-ink-2 print:hidden" aria-hidden="true">
        {pointed !== null && describePlace(chart, pointed)}
      </p>
    </div>
  );
}

function describePlace(chart: GrowthCurveChart, at: number): string {
  const format = exactFormat[chart.measure];
  const seen = chart.measured.findLast((point) => point.at <= at);
  const fit = chart.fitted.findLast((point) => point.at <= at);
  const measured =
    seen === undefined || seen.at < at - 1
      ? ''
      : ` median ${format(seen.p50)}, P10 to P90 ${format(seen.p10)} to ${format(seen.p90)}, ${formatCount(seen.sessions)} sessions;`;
  const fitted = fit === undefined ? '' : ` fitted ${format(fit.value)}`;
  return `${nounOf[chart.unit]} ${formatCount(at)}:${measured}${fitted}`;
}

function TotalPart({ chart, x, left, right }: GrowthCurvePartProps) {
  const hatchId = useId();
  const clipId = useId();
  const y = linearScale([0, chart.yTicks.at(-1) ?? 1], [bottom, top]);
  const { observed, last } = chart;
  const hasBeyond = observed < last;
  return (
    <g>
      <defs>
        <HatchPattern id={hatchId} />
        <clipPath id={clipId}>
          <rect x={left} y={top} width={right - left} height={bottom - top} />
        </clipPath>
      </defs>
      <Rows
        ticks={chart.yTicks}
        y={y}
        left={left}
        right={right}
        format={axisFormat[chart.measure]}
      />
      {hasBeyond && (
        <rect
          x={x(observed)}
          y={top}
          width={right - x(observed)}
          height={bottom - top}
          fill={`url(#${hatchId})`}
        />
      )}
      <g clipPath={`url(#${clipId})`}>
        <MeasuredLines chart={chart} x={x} y={y} />
        <FittedLines chart={chart} x={x} y={y} />
      </g>
      {hasBeyond && right - x(observed) > 76 && (
        <text x={x(observed) + 6} y={top + 13} className={chartText.quiet}>
          extrapolated
        </text>
      )}
      <EndLabels chart={chart} x={x} y={y} left={right + 8} />
      <FootTicks ticks={chart.xTicks} x={x} y={bottom + 19} format={formatCount} />
      <text x={right + 8} y={bottom + 19} className="fill-ink-3 text-[12px]">
        {chart.unit === 'call' ? 'calls' : 'turns'}
      </text>
    </g>
  );
}

interface LinesProps {
  readonly chart: GrowthCurveChart;
  readonly x: Scale;
  readonly y: Scale;
}

/** Median and bands, solid where ten sessions are left, dotted beyond. */
function MeasuredLines({ chart, x, y }: LinesProps) {
  const { measured, observed } = chart;
  const seen = measured.filter((point) => point.at <= observed);
  const few = measured.filter((point) => point.at >= observed);
  const edge = (key: 'p10' | 'p25' | 'p50' | 'p75' | 'p90', part: typeof measured) =>
    part.map((point) => [x(point.at), y(point[key])] as const);
  return (
    <g className="stroke-water">
      <g className="fill-water" stroke="none">
        <path d={bandPath(edge('p90', seen), edge('p10', seen))} fillOpacity={0.13} />
        <path d={bandPath(edge('p75', seen), edge('p25', seen))} fillOpacity={0.2} />
      </g>
      <g fill="none">
        <path d={linePath(edge('p50', seen))} strokeWidth={2.25} />
        <path
          d={linePath(edge('p50', few))}
          strokeWidth={1.75}
          strokeDasharray="1.5 4"
          strokeLinecap="round"
        />
      </g>
    </g>
  );
}

/** The fitted mean, dashed, with its band beyond what was observed. */
function FittedLines({ chart, x, y }: LinesProps) {
  const beyond = chart.fitted.filter((point) => point.at >= chart.observed);
  const edge = (key: 'low' | 'high') =>
    beyond.flatMap((point) => {
      const value = point[key];
      return value === null ? [] : [[x(point.at), y(value)] as const];
    });
  return (
    <g>
      <path d={bandPath(edge('high'), edge('low'))} className="fill-ink-3" fillOpacity={0.2} />
      <path
        d={linePath(chart.fitted.map((point) => [x(point.at), y(point.value)]))}
        fill="none"
        className="stroke-ink-2"
        strokeWidth={1.75}
        strokeDasharray="6 4"
      />
    </g>
  );
}

/** Names of the lines at their ends, kept apart. */
function EndLabels({ chart, x, y, left }: LinesProps & { readonly left: number }) {
  const fit = chart.fitted.at(-1);
  const seen = chart.measured.findLast((point) => point.at <= chart.observed);
  return (
    <g>
      {seen !== undefined && x(seen.at) > 130 && (
        <text
          x={x(seen.at) - 6}
          y={Math.max(top + 12, y(seen.p50) - 9)}
          textAnchor="end"
          className="fill-water text-[12.5px] font-semibold chart-halo"
        >
          median
        </text>
      )}
      {fit !== undefined && (
        <text x={left} y={Math.max(top + 10, y(fit.value) + 4)} className="fill-ink-2 text-[12px]">
          fitted
        </text>
      )}
    </g>
  );
}
