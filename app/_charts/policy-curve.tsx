'use client';

import { useState } from 'react';
import type { PolicyCurveChart } from '@/lib/charts/prepare-policy-curve';
import { linearScale } from '@/lib/charts/scale';
import { formatCount, formatUsd } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { PolicyCostLines, PolicyPromptLines, policyCurveBottom } from './policy-curve-lines';
import { ChartSvg, crisp } from './svg-parts';

interface PolicyCurveProps {
  readonly chart: PolicyCurveChart;
  /** Paled while a newer answer is on its way. */
  readonly isStale?: boolean;
  readonly initialWidth?: number;
}

/** Cumulative cost of a session on two sides, and under it the prompts that cause it. */
export function PolicyCurve({ chart, isStale = false, initialWidth = 900 }: PolicyCurveProps) {
  return (
    <ChartFrame
      words={chart}
      initialWidth={initialWidth}
      isStale={isStale}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

function Drawing({ chart, width }: { readonly chart: PolicyCurveChart; readonly width: number }) {
  const [pointedCall, setPointedCall] = useState<number | null>(null);
  const left = 56;
  const longest = Math.max(chart.names.a.length, chart.hasChange ? chart.names.b.length : 0);
  const right = Math.max(left + 80, width - Math.min(150, 20 + longest * 7));
  const x = linearScale([0, chart.lastCall], [left, right]);
  const pointed =
    pointedCall === null ? undefined : chart.points.findLast((point) => point.call <= pointedCall);
  return (
    <div>
      <ChartSvg
        width={width}
        height={policyCurveBottom + 26}
        summary={chart.summary}
        onPointerMove={(at) => {
          const call = ((at - left) / (right - left)) * chart.lastCall;
          setPointedCall(call < 0 || call > chart.lastCall ? null : Math.max(1, Math.round(call)));
        }}
        onPointerLeave={() => setPointedCall(null)}
      >
        <PolicyCostLines chart={chart} x={x} left={left} right={right} />
        <PolicyPromptLines chart={chart} x={x} left={left} right={right} />
        {pointed !== undefined && (
          <line
            x1={crisp(x(pointed.call))}
            x2={crisp(x(pointed.call))}
            y1={8}
            y2={policyCurveBottom}
            className="stroke-ink-3"
            pointerEvents="none"
          />
        )}
      </ChartSvg>
      <p className="mt-1 min-h-5 text-note text-ink-2 print:hidden" aria-hidden="true">
        {pointed !== undefined && readOut(chart, pointed)}
      </p>
    </div>
  );
}

function readOut(
  { names, hasChange }: PolicyCurveChart,
  point: PolicyCurveChart['points'][number],
): string {
  const side = (name: string, usd: { readonly p50: number }) =>
    `median ${formatUsd(usd.p50, 'exact')} ${name}`;
  return [
    `Call ${formatCount(point.call)}: ${side(names.a, point.todayUsd)}`,
    ...(hasChange ? [side(names.b, point.changedUsd)] : []),
    `${formatCount(point.sessions)} sessions`,
  ].join(', ');
}
