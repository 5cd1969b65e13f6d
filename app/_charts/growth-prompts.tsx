import { useId } from 'react';
import type { PromptLevel } from '@/lib/charts/prepare-growth-curve';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatTokens } from '@/lib/format';
import type { GrowthCurvePartProps } from './growth-curve';
import { PromptStack, PromptStackLabels } from './prompt-stack';
import { chartText, crisp, HatchPattern, linePath, Rows } from './svg-parts';

const top = 296;

/** Where the prompts stand, in pixels from the top of the chart. */
export const growthPromptsBottom = top + 104;

/** Mean prompt per call as stacked bars, the fitted prompt over them, and the levels that bound it. */
export function GrowthPrompts({ chart, x, left, right }: GrowthCurvePartProps) {
  const hatchId = useId();
  const y = linearScale([0, chart.tokenTicks.at(-1) ?? 1], [growthPromptsBottom, top]);
  const drawn = chart.levels.filter((level) => !level.isAbove);
  const above = chart.levels.filter((level) => level.isAbove);
  const last = chart.bars.at(-1);
  return (
    <g>
      <defs>
        <HatchPattern id={hatchId} />
      </defs>
      <text x={0} y={top - 24} className="fill-ink-2 text-[13px]">
        {chart.unit === 'call' ? 'Prompt tokens per call' : 'Prompt tokens at the end of a turn'}
        {above.length > 0 && (
          <tspan className="fill-ink-3 text-[12px]">
            {' '}
            · above this scale: {above.map((level) => level.label).join(', ')}
          </tspan>
        )}
      </text>
      <Rows ticks={chart.tokenTicks} y={y} left={left} right={right} format={formatTokens} />
      {chart.bars.map((bar) => (
        <PromptStack key={bar.fromCall} bar={bar} x={x} y={y} bottom={growthPromptsBottom} />
      ))}
      {chart.observed < chart.last && (
        <rect
          x={x(chart.observed)}
          y={top}
          width={right - x(chart.observed)}
          height={growthPromptsBottom - top}
          fill={`url(#${hatchId})`}
        />
      )}
      <path
        d={linePath(chart.fitted.map((point) => [x(point.at), y(point.contextTokens)]))}
        fill="none"
        className="stroke-ink-2"
        strokeWidth={1.75}
        strokeDasharray="6 4"
      />
      {drawn.map((level, index) => (
        <Level key={level.label} level={level} y={y} left={left} right={right} row={index} />
      ))}
      {last !== undefined && (
        <PromptStackLabels last={last} y={y} left={right + 8} bottom={growthPromptsBottom} />
      )}
    </g>
  );
}

interface LevelProps {
  readonly level: PromptLevel;
  readonly y: Scale;
  readonly left: number;
  readonly right: number;
  readonly row: number;
}

function Level({ level, y, left, right, row }: LevelProps) {
  const at = crisp(y(level.tokens));
  return (
    <g>
      <line x1={left} x2={right} y1={at} y2={at} className="stroke-conditional" strokeWidth={1.5} />
      <text
        x={row % 2 === 0 ? left + 4 : right - 4}
        y={at - 4}
        textAnchor={row % 2 === 0 ? 'start' : 'end'}
        className={chartText.quiet}
      >
        {level.label}
      </text>
    </g>
  );
}
