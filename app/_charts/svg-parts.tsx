import type { ReactNode } from 'react';
import type { Scale } from '@/lib/charts/scale';

/** Class names of text on a chart: never scaled, kept clear of lines by a halo. */
export const chartText = {
  axis: 'fill-ink-2 text-[12px]',
  label: 'fill-ink text-[12.5px] font-medium chart-halo',
  quiet: 'fill-ink-2 text-[12px] chart-halo',
} as const;

interface ChartSvgProps {
  readonly width: number;
  readonly height: number;
  readonly summary: string;
  readonly children: ReactNode;
  readonly onPointerMove?: (x: number) => void;
  readonly onPointerLeave?: () => void;
}

/** Canvas of a chart, in pixels; shrinks as a whole only where no script could measure its width. */
export function ChartSvg({
  width,
  height,
  summary,
  children,
  onPointerMove,
  onPointerLeave,
}: ChartSvgProps) {
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={summary}
      className="block h-auto max-w-full"
      {...(onPointerMove === undefined
        ? {}
        : {
            onPointerMove: (event) => {
              const box = event.currentTarget.getBoundingClientRect();
              onPointerMove(((event.clientX - box.left) * width) / box.width);
            },
          })}
      {...(onPointerLeave === undefined ? {} : { onPointerLeave })}
    >
      {children}
    </svg>
  );
}

interface RowsProps {
  readonly ticks: readonly number[];
  readonly y: Scale;
  readonly left: number;
  readonly right: number;
  readonly format: (value: number) => string;
}

/** Horizontal hairlines with their values at the left. */
export function Rows({ ticks, y, left, right, format }: RowsProps) {
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={left}
            x2={right}
            y1={crisp(y(tick))}
            y2={crisp(y(tick))}
            className="stroke-rule"
          />
          <text x={left - 8} y={y(tick) + 4} textAnchor="end" className={chartText.axis}>
            {format(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface FootTicksProps {
  readonly ticks: readonly number[];
  readonly x: Scale;
  readonly y: number;
  readonly format: (value: number) => string;
  /** What the axis counts, after its last value. */
  readonly unit?: string;
}

/** Values along the foot of a chart. */
export function FootTicks({ ticks, x, y, format, unit }: FootTicksProps) {
  return (
    <g>
      {ticks.map((tick, index) => (
        <text key={tick} x={x(tick)} y={y} textAnchor="middle" className={chartText.axis}>
          {format(tick)}
          {unit !== undefined && index === ticks.length - 1 && (
            <tspan className="fill-ink-3"> {unit}</tspan>
          )}
        </text>
      ))}
    </g>
  );
}

/** Diagonal hatching for what was not observed. */
export function HatchPattern({ id }: { readonly id: string }) {
  return (
    <pattern
      id={id}
      width="7"
      height="7"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <line x1="0" x2="0" y1="0" y2="7" className="stroke-hatch" strokeWidth="1.4" />
    </pattern>
  );
}

/** Puts a one-pixel line on whole pixels. */
export function crisp(position: number): number {
  return Math.round(position) + 0.5;
}

/** A path through points, skipping what is not a number. */
export function linePath(points: readonly (readonly [number, number])[]): string {
  return points
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`)
    .join('');
}

/** A closed path between an upper and a lower edge that share their x. */
export function bandPath(
  upper: readonly (readonly [number, number])[],
  lower: readonly (readonly [number, number])[],
): string {
  const path = linePath([...upper, ...[...lower].reverse()]);
  return path === '' ? '' : `${path}Z`;
}
