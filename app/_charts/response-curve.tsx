'use client';

import { useId, useState } from 'react';
import type { ResponseCurve as Curve, ResponsePoint } from '@/lib/charts/prepare-response-curve';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatCount, formatDurationSec, formatPercent } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { CurveLines } from './response-curve-lines';
import { ChartSvg, chartText, crisp, FootTicks, Rows } from './svg-parts';

interface ResponseCurveProps {
  readonly chart: Curve;
  readonly isStale?: boolean;
  readonly level?: 2 | 3;
  readonly initialWidth?: number;
  readonly hasTable?: boolean;
}

/** Wait quantiles against concurrency, with the plan, the target and the saturated region. */
export function ResponseCurve({
  chart,
  isStale = false,
  level = 2,
  initialWidth = 860,
  hasTable = true,
}: ResponseCurveProps) {
  return (
    <ChartFrame
      words={chart}
      level={level}
      initialWidth={initialWidth}
      isStale={isStale}
      hasTable={hasTable}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

const top = 10;
const bottom = 306;

function Drawing({ chart, width }: { readonly chart: Curve; readonly width: number }) {
  const clipId = useId();
  const [pointed, setPointed] = useState<ResponsePoint | null>(null);
  const left = 58;
  const right = width - 14;
  const agentsMax = chart.agentTicks.at(-1) ?? 1;
  const x = linearScale([0, agentsMax], [left, right]);
  const y = linearScale([0, chart.secTicks.at(-1) ?? 1], [bottom, top]);
  return (
    <div>
      <ChartSvg
        width={width}
        height={bottom + 40}
        summary={`${chart.heading}. ${chart.summary}`}
        onPointerMove={(at) =>
          setPointed(nearest(chart.points, (at - left) / (right - left), agentsMax))
        }
        onPointerLeave={() => setPointed(null)}
      >
        <defs>
          <clipPath id={clipId}>
            <rect x={left} y={top - 1} width={right - left} height={bottom - top + 2} />
          </clipPath>
        </defs>
        <SaturatedShade chart={chart} x={x} right={right} />
        <Rows ticks={chart.secTicks} y={y} left={left} right={right} format={formatAxisSec} />
        <FootTicks
          ticks={width < 480 ? chart.agentTicks.filter((_, i) => i % 2 === 0) : chart.agentTicks}
          x={x}
          y={bottom + 20}
          format={formatCount}
        />
        <text x={left} y={bottom + 37} className="fill-ink-3 text-[12px]">
          concurrent agents
        </text>
        <g clipPath={`url(#${clipId})`}>
          <CurveLines points={chart.points} x={x} y={y} top={top} bottom={bottom} right={right} />
        </g>
        <Thresholds chart={chart} x={x} y={y} left={left} right={right} />
        <SaturationLabel chart={chart} x={x} left={left} right={right} />
        {pointed !== null && (
          <line
            x1={crisp(x(pointed.agents))}
            x2={crisp(x(pointed.agents))}
            y1={top}
            y2={bottom}
            className="stroke-ink-3"
            pointerEvents="none"
          />
        )}
      </ChartSvg>
      <p className="mt-1 min-h-5 text-note text-ink-2 print:hidden" aria-hidden="true">
        {pointed !== null && describePoint(pointed)}
      </p>
    </div>
  );
}

function formatAxisSec(sec: number): string {
  return sec === 0 ? '0' : formatDurationSec(sec);
}

function nearest(points: readonly ResponsePoint[], share: number, agentsMax: number) {
  if (share < 0 || share > 1) return null;
  return points.reduce<ResponsePoint | null>((best, point) => {
    const distance = (p: ResponsePoint) => Math.abs(p.agents - share * agentsMax);
    return best === null || distance(point) < distance(best) ? point : best;
  }, null);
}

function describePoint(point: ResponsePoint): string {
  const [low, high] = point.p95Interval.map(formatDurationSec);
  const overloaded = point.isOverloaded ? ', overloaded: the queue grows to the end' : '';
  return (
    `${formatCount(point.agents)} agents: wait P50 ${formatDurationSec(point.p50Sec)}, ` +
    `P95 ${formatDurationSec(point.p95Sec)} (${low} – ${high}), P99 ${formatDurationSec(point.p99Sec)}, ` +
    `utilisation ${formatPercent(point.utilization)}${overloaded}`
  );
}

interface PartProps {
  readonly chart: Curve;
  readonly x: Scale;
  readonly right: number;
}

function SaturatedShade({ chart, x, right }: PartProps) {
  if (chart.saturated === null) return null;
  const from = Math.min(right, x(chart.saturated.fromAgents));
  return (
    <g>
      <rect
        x={from}
        y={top}
        width={right - from}
        height={bottom - top}
        className="fill-no-go [fill-opacity:0.1] dark:[fill-opacity:0.19]"
      />
      <line
        x1={crisp(from)}
        x2={crisp(from)}
        y1={top}
        y2={bottom}
        className="stroke-no-go"
        strokeWidth={2}
      />
    </g>
  );
}

function SaturationLabel({ chart, x, left, right }: PartProps & { readonly left: number }) {
  if (chart.saturated === null) return null;
  // Inside the shade where it fits, else to the left of its edge.
  const from = x(chart.saturated.fromAgents);
  const lines = [
    chart.saturated.label,
    ...wrap(chart.saturated.rule, right - left < 420 ? 36 : 52),
  ];
  const widest = Math.max(...lines.map((line) => line.length)) * 6.4;
  const isInside = right - from > widest + 16 || from - left < widest + 16;
  const at = isInside ? right - 8 : from - 10;
  return (
    <g>
      {lines.map((line, index) => (
        <text
          key={line}
          x={at}
          y={bottom - 12 - (lines.length - 1 - index) * 17}
          textAnchor="end"
          className={
            index === 0
              ? 'fill-no-go text-[12.5px] font-semibold chart-halo'
              : 'fill-ink-2 text-[12px] chart-halo'
          }
        >
          {line}
        </text>
      ))}
    </g>
  );
}

function wrap(text: string, letters: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > letters) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

function Thresholds({
  chart,
  x,
  y,
  left,
  right,
}: PartProps & { readonly y: Scale; readonly left: number }) {
  const target = y(chart.targetSec);
  const plan = chart.plannedPeak === null ? null : x(chart.plannedPeak);
  const isPlanShown = plan !== null && plan <= right;
  const isLabelLeft = plan !== null && plan - left > 104;
  return (
    <g>
      <line
        x1={left}
        x2={right}
        y1={crisp(target)}
        y2={crisp(target)}
        className="stroke-ink-2"
        strokeDasharray="2 3"
      />
      <text x={left + 8} y={target - 6} className={chartText.quiet}>
        {chart.targetLabel}
      </text>
      {isPlanShown && (
        <g>
          <line
            x1={crisp(plan)}
            x2={crisp(plan)}
            y1={top}
            y2={bottom}
            className="stroke-water"
            strokeWidth={2}
          />
          <text
            x={isLabelLeft ? plan - 8 : plan + 8}
            y={top + 14}
            textAnchor={isLabelLeft ? 'end' : 'start'}
            className="fill-water text-[12.5px] font-medium chart-halo"
          >
            {chart.plannedLabel}
          </text>
        </g>
      )}
    </g>
  );
}
