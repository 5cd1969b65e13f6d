import { useId } from 'react';
import type { CostGrowthChart, PromptBar } from '@/lib/charts/prepare-cost-growth';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatTokens } from '@/lib/format';
import { HatchPattern, Rows } from './svg-parts';

const barsTop = 284;
const barsHeight = 66;

/** Where the bars stand, in pixels from the top of the chart. */
export const promptBarsBottom = barsTop + barsHeight;

/** A part of the growth chart, drawn on the x that its parts share. */
export interface GrowthPartProps {
  readonly chart: CostGrowthChart;
  readonly x: Scale;
  readonly left: number;
  readonly right: number;
}

/** Mean prompt per call as stacked bars: re-sent below, new on top, on the x of the cost above. */
export function PromptBars({ chart, x, left, right }: GrowthPartProps) {
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
      {chart.bars.map((bar) => (
        <Bar key={bar.fromCall} bar={bar} x={x} y={y} />
      ))}
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

function Bar({ bar, x, y }: { readonly bar: PromptBar; readonly x: Scale; readonly y: Scale }) {
  const from = x(bar.fromCall - 1);
  const gap = Math.min(2, (x(bar.toCall) - from) * 0.16);
  const width = Math.max(0.5, x(bar.toCall) - from - gap);
  const resentTop = y(bar.resentTokens);
  const newTop = y(bar.resentTokens + bar.newTokens);
  return (
    <g>
      <rect
        x={from + gap / 2}
        y={resentTop}
        width={width}
        height={promptBarsBottom - resentTop}
        className="fill-cached"
      />
      <rect
        x={from + gap / 2}
        y={newTop}
        width={width}
        height={resentTop - newTop}
        className="fill-fresh"
      />
    </g>
  );
}
