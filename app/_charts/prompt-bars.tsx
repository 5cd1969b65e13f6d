import { useId } from 'react';
import type { CostGrowthChart } from '@/lib/charts/prepare-cost-growth';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatTokens } from '@/lib/format';
import { PromptStack, PromptStackLabels } from './prompt-stack';
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
        <PromptStack key={bar.fromCall} bar={bar} x={x} y={y} bottom={bottom} />
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
        <PromptStackLabels last={last} y={y} left={right + 8} bottom={bottom} />
      )}
    </g>
  );
}
