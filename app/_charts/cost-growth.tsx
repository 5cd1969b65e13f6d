'use client';

import { useId, useState } from 'react';
import type { CostGrowthChart } from '@/lib/charts/prepare-cost-growth';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatCount, formatTokens, formatUsd } from '@/lib/format';
import { ChartFrame } from './chart-frame';
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

interface CostGrowthProps {
  readonly chart: CostGrowthChart;
  readonly level?: 2 | 3;
  readonly initialWidth?: number;
  readonly hasTable?: boolean;
}

/** Cumulative cost of a session over its calls, and under it the prompts that cause it. */
export function CostGrowth({
  chart,
  level = 2,
  initialWidth = 596,
  hasTable = true,
}: CostGrowthProps) {
  return (
    <ChartFrame
      words={chart}
      level={level}
      initialWidth={initialWidth}
      hasTable={hasTable}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

const top = 8;
const costHeight = 208;
const barsTop = 284;
const barsHeight = 66;

function Drawing({ chart, width }: { readonly chart: CostGrowthChart; readonly width: number }) {
  const [pointedCall, setPointedCall] = useState<number | null>(null);
  const left = 50;
  const right = Math.max(left + 80, width - (width < 480 ? 62 : 92));
  const x = linearScale([0, chart.lastCall], [left, right]);
  const pointed =
    pointedCall === null ? undefined : chart.points.findLast((point) => point.call <= pointedCall);
  return (
    <div>
      <ChartSvg
        width={width}
        height={barsTop + barsHeight + 10}
        summary={chart.summary}
        onPointerMove={(at) => {
          const call = ((at - left) / (right - left)) * chart.lastCall;
          setPointedCall(call < 0 || call > chart.lastCall ? null : Math.max(1, Math.round(call)));
        }}
        onPointerLeave={() => setPointedCall(null)}
      >
        <CostPart chart={chart} x={x} left={left} right={right} />
        <PromptPart chart={chart} x={x} left={left} right={right} />
        {pointed !== undefined && (
          <g pointerEvents="none">
            <line
              x1={crisp(x(pointed.call))}
              x2={crisp(x(pointed.call))}
              y1={top}
              y2={barsTop + barsHeight}
              className="stroke-ink-3"
            />
          </g>
        )}
      </ChartSvg>
      <p className="mt-1 min-h-5 text-note text-ink-2 print:hidden" aria-hidden="true">
        {pointed !== undefined &&
          `Call ${formatCount(pointed.call)}: median ${formatUsd(pointed.costUsd.p50, 'exact')}, P10 to P90 ${formatUsd(pointed.costUsd.p10, 'exact')} to ${formatUsd(pointed.costUsd.p90, 'exact')}, ${formatCount(pointed.sessions)} sessions`}
      </p>
    </div>
  );
}

interface PartProps {
  readonly chart: CostGrowthChart;
  readonly x: Scale;
  readonly left: number;
  readonly right: number;
}

function CostPart({ chart, x, left, right }: PartProps) {
  const hatchId = useId();
  const bottom = top + costHeight;
  const y = linearScale([0, chart.usdTicks.at(-1) ?? 1], [bottom, top]);
  const { points, observedCalls, lastCall } = chart;
  const at = (key: 'p10' | 'p25' | 'p50' | 'p75' | 'p90') =>
    points.map((point) => [x(point.call), y(point.costUsd[key])] as const);
  const observed = points.filter((point) => point.call <= observedCalls);
  const beyond = points.filter((point) => point.call >= observedCalls);
  const median = (part: typeof points) =>
    linePath(part.map((point) => [x(point.call), y(point.costUsd.p50)]));
  const last = points.at(-1);
  const hasBeyond = observedCalls < lastCall;
  return (
    <g>
      <defs>
        <HatchPattern id={hatchId} />
      </defs>
      <Rows ticks={chart.usdTicks} y={y} left={left} right={right} format={formatAxisUsd} />
      <path d={bandPath(at('p90'), at('p10'))} className="fill-water" fillOpacity={0.13} />
      <path d={bandPath(at('p75'), at('p25'))} className="fill-water" fillOpacity={0.2} />
      {hasBeyond && (
        <rect
          x={x(observedCalls)}
          y={top}
          width={right - x(observedCalls)}
          height={costHeight}
          fill={`url(#${hatchId})`}
        />
      )}
      <path d={median(observed)} fill="none" className="stroke-water" strokeWidth={2.25} />
      {hasBeyond && (
        <path
          d={median(beyond)}
          fill="none"
          className="stroke-water"
          strokeWidth={2.25}
          strokeDasharray="5 4"
        />
      )}
      {hasBeyond && right - x(observedCalls) > 76 && (
        <text x={x(observedCalls) + 6} y={top + 13} className={chartText.quiet}>
          extrapolated
        </text>
      )}
      {last !== undefined && <BandLabels y={y} costs={last.costUsd} left={right + 8} />}
      <FootTicks ticks={chart.callTicks} x={x} y={bottom + 19} format={formatCount} />
      <text x={right + 8} y={bottom + 19} className="fill-ink-3 text-[12px]">
        calls
      </text>
    </g>
  );
}

function formatAxisUsd(value: number): string {
  return formatUsd(value, 'compact');
}

function BandLabels({
  y,
  costs,
  left,
}: {
  readonly y: Scale;
  readonly costs: { readonly p10: number; readonly p50: number; readonly p90: number };
  readonly left: number;
}) {
  // Labels of the band's edges are left out where they would touch the median's.
  const middle = y(costs.p50);
  const isApart = (value: number) => Math.abs(y(value) - middle) >= 16;
  return (
    <g>
      {isApart(costs.p90) && (
        <text x={left} y={y(costs.p90) + 4} className="fill-ink-3 text-[12px]">
          P90
        </text>
      )}
      <text x={left} y={middle + 4} className="fill-water text-[12.5px] font-semibold">
        median
      </text>
      {isApart(costs.p10) && (
        <text x={left} y={y(costs.p10) + 4} className="fill-ink-3 text-[12px]">
          P10
        </text>
      )}
    </g>
  );
}

function PromptPart({ chart, x, left, right }: PartProps) {
  const hatchId = useId();
  const bottom = barsTop + barsHeight;
  const y = linearScale([0, chart.tokenTicks.at(-1) ?? 1], [bottom, barsTop]);
  const last = chart.bars.at(-1);
  const { observedCalls, lastCall } = chart;
  return (
    <g>
      <defs>
        <HatchPattern id={hatchId} />
      </defs>
      <text x={0} y={barsTop - 18} className="fill-ink-2 text-[13px]">
        Prompt tokens per call
      </text>
      <Rows ticks={chart.tokenTicks} y={y} left={left} right={right} format={formatTokens} />
      {chart.bars.map((bar) => {
        const from = x(bar.fromCall - 1);
        const gap = Math.min(2, (x(bar.toCall) - from) * 0.16);
        const width = Math.max(0.5, x(bar.toCall) - from - gap);
        const resentTop = y(bar.resentTokens);
        return (
          <g key={bar.fromCall}>
            <rect
              x={from + gap / 2}
              y={resentTop}
              width={width}
              height={bottom - resentTop}
              className="fill-cached"
            />
            <rect
              x={from + gap / 2}
              y={y(bar.resentTokens + bar.newTokens)}
              width={width}
              height={resentTop - y(bar.resentTokens + bar.newTokens)}
              className="fill-fresh"
            />
          </g>
        );
      })}
      {observedCalls < lastCall && (
        <rect
          x={x(observedCalls)}
          y={barsTop}
          width={right - x(observedCalls)}
          height={barsHeight}
          fill={`url(#${hatchId})`}
        />
      )}
      {last !== undefined && (
        <BarLabels
          newAt={(y(last.resentTokens + last.newTokens) + y(last.resentTokens)) / 2}
          resentAt={(y(last.resentTokens) + bottom) / 2}
          left={right + 8}
          bottom={bottom}
        />
      )}
    </g>
  );
}

function BarLabels({
  newAt,
  resentAt,
  left,
  bottom,
}: {
  readonly newAt: number;
  readonly resentAt: number;
  readonly left: number;
  readonly bottom: number;
}) {
  const lower = Math.min(bottom - 2, Math.max(resentAt, newAt + 16));
  const upper = Math.min(newAt, lower - 16);
  return (
    <g>
      <text x={left} y={upper + 4} className="fill-water text-[12px]">
        new
      </text>
      <text x={left} y={lower + 4} className="fill-ink-2 text-[12px]">
        re-sent
      </text>
    </g>
  );
}
