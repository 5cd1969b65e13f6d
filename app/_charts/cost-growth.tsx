'use client';

import { useId, useState } from 'react';
import type { CostGrowthChart } from '@/lib/charts/prepare-cost-growth';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatCount, formatUsd } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { type GrowthPartProps, PromptBars, promptBarsBottom } from './prompt-bars';
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
        height={promptBarsBottom + 10}
        summary={chart.summary}
        onPointerMove={(at) => {
          const call = ((at - left) / (right - left)) * chart.lastCall;
          setPointedCall(call < 0 || call > chart.lastCall ? null : Math.max(1, Math.round(call)));
        }}
        onPointerLeave={() => setPointedCall(null)}
      >
        <CostPart chart={chart} x={x} left={left} right={right} />
        <PromptBars chart={chart} x={x} left={left} right={right} />
        {pointed !== undefined && (
          <g pointerEvents="none">
            <line
              x1={crisp(x(pointed.call))}
              x2={crisp(x(pointed.call))}
              y1={top}
              y2={promptBarsBottom}
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

function CostPart({ chart, x, left, right }: GrowthPartProps) {
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
