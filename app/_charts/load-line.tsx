'use client';

import { useId } from 'react';
import type { ChartTable } from '@/lib/charts/chart-table';
import { stripSharedSubject } from '@/lib/charts/name-constraint';
import type { LoadLineMark, LoadLineModel } from '@/lib/charts/prepare-load-line';
import { ChartTableTwin } from './chart-table-twin';
import { ChartSvg, crisp } from './svg-parts';
import { useWidth } from './use-width';

interface LoadLineProps {
  readonly model: LoadLineModel;
  readonly initialWidth?: number;
  readonly maxWidth?: number;
  readonly hasTable?: boolean;
}

const axisX = 58;
const height = 330;
const top = 6;
const bottom = 300;

/**
 * The load line: concurrency on a logarithmic scale, water up to the planned peak, one line per
 * constraint, the one that binds first heavy.
 */
export function LoadLine({
  model,
  initialWidth = 264,
  maxWidth = 380,
  hasTable = true,
}: LoadLineProps) {
  const { ref, width } = useWidth(initialWidth);
  return (
    <div>
      <div ref={ref}>
        <Drawing model={model} width={Math.min(width, maxWidth)} />
      </div>
      {hasTable && <ChartTableTwin table={tableOf(model)} caption="Load line" />}
    </div>
  );
}

function tableOf(model: LoadLineModel): ChartTable {
  const rows = model.marks.map((mark) => [
    `${mark.name}${mark.isBinding ? ' (binds first)' : ''}`,
    mark.valueLabel,
    mark.basis,
  ]);
  if (model.water !== null) rows.push(['Planned peak', model.water.valueLabel, 'declared']);
  return { columns: ['Limit', 'Concurrent agents', 'Known from'], rows };
}

function Drawing({ model, width }: { readonly model: LoadLineModel; readonly width: number }) {
  const y = (share: number) => bottom - share * (bottom - top);
  const { water } = model;
  const names = stripSharedSubject(model.marks.map((mark) => mark.name));
  const isExceeded = model.headroomShare !== null && model.headroomShare < 0;
  return (
    <ChartSvg width={width} height={height} summary={`Load line. ${model.summary}`}>
      {water !== null && <Water level={y(water.y)} width={width} />}
      {model.ticks.map((tick) => (
        <g key={tick.agents}>
          <line
            x1={axisX - 6}
            x2={axisX}
            y1={crisp(y(tick.y))}
            y2={crisp(y(tick.y))}
            className="stroke-ink"
          />
          <text
            x={axisX - 11}
            y={y(tick.y) + 4}
            textAnchor="end"
            className="fill-ink-2 text-[12px]"
          >
            {tick.label}
          </text>
        </g>
      ))}
      {model.marks.map((mark, index) => (
        <Mark
          key={`${mark.name}|${mark.agents}`}
          mark={mark}
          name={names[index] ?? mark.name}
          y={y(mark.y)}
          labelY={mark.labelY === null ? null : y(mark.labelY)}
          width={width}
          isExceeded={isExceeded}
        />
      ))}
      {water !== null && (
        <g className="fill-sea text-[12.5px] font-semibold [paint-order:stroke] [stroke-linejoin:round] [stroke-width:4px] [stroke:var(--water-fill)]">
          <text x={axisX + 9} y={y(water.labelY) + 5}>
            Planned peak
          </text>
          <text x={width - 1} y={y(water.labelY) + 5} textAnchor="end">
            {water.valueLabel}
          </text>
        </g>
      )}
      <line x1={axisX} x2={axisX} y1={top} y2={bottom} className="stroke-ink" strokeWidth={1.75} />
      <text x={axisX} y={bottom + 19} className="fill-ink-3 text-[12px]">
        concurrent agents, log scale
      </text>
    </ChartSvg>
  );
}

function Water({ level, width }: { readonly level: number; readonly width: number }) {
  const waves = useId();
  return (
    <g>
      <defs>
        <pattern id={waves} width="16" height="9" patternUnits="userSpaceOnUse">
          <path d="M0 5q4-4 8 0t8 0" fill="none" className="stroke-water-wave" strokeWidth="1.1" />
        </pattern>
      </defs>
      <rect
        x={axisX}
        y={level}
        width={width - axisX}
        height={bottom - level}
        className="fill-water-fill ease-level"
      />
      <rect
        x={axisX}
        y={level}
        width={width - axisX}
        height={bottom - level}
        fill={`url(#${waves})`}
        className="ease-level"
      />
      <line
        x1={axisX}
        x2={width}
        y1={crisp(level)}
        y2={crisp(level)}
        className="stroke-water"
        strokeWidth={2}
      />
    </g>
  );
}

interface MarkProps {
  readonly mark: LoadLineMark;
  readonly name: string;
  readonly y: number;
  readonly labelY: number | null;
  readonly width: number;
  readonly isExceeded: boolean;
}

function Mark({ mark, name, y, labelY, width, isExceeded }: MarkProps) {
  const tone = mark.isBinding && isExceeded ? 'no-go' : 'ink';
  const isMeasured = mark.basis === 'measured' || mark.basis === 'declared';
  return (
    <g>
      <line
        x1={axisX}
        x2={width}
        y1={crisp(y)}
        y2={crisp(y)}
        className={tone === 'ink' ? 'stroke-ink' : 'stroke-no-go'}
        strokeWidth={mark.isBinding ? 3 : 1.25}
        strokeDasharray={mark.isBinding || isMeasured ? undefined : '4 3'}
      />
      {labelY !== null && (
        <g
          className={`text-[12.5px] chart-halo ${mark.isBinding ? 'font-semibold' : ''} ${
            tone === 'ink' ? 'fill-ink' : 'fill-no-go'
          }`}
        >
          <text x={axisX + 9} y={labelY + 3}>
            {shorten(name, width - axisX - 9 - 14 - mark.valueLabel.length * 7.5)}
          </text>
          <text x={width - 1} y={labelY + 3} textAnchor="end">
            {mark.valueLabel}
          </text>
        </g>
      )}
    </g>
  );
}

/** Cuts a name that would run into its value; about 6.6 px a letter at this size. */
function shorten(name: string, width: number): string {
  const letters = Math.max(6, Math.floor(width / 6.6));
  return name.length <= letters ? name : `${name.slice(0, letters - 1).trimEnd()}…`;
}
