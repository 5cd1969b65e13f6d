import { placeLabels } from '@/lib/charts/place-labels';
import type { ResponsePoint } from '@/lib/charts/prepare-response-curve';
import type { Scale } from '@/lib/charts/scale';
import { bandPath, linePath } from './svg-parts';

interface CurveLinesProps {
  readonly points: readonly ResponsePoint[];
  readonly x: Scale;
  readonly y: Scale;
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
}

const curves = [
  { key: 'p99Sec', label: 'P99', width: 1.5, stroke: 'stroke-ink-3', levelShare: 0.84 },
  { key: 'p95Sec', label: 'P95', width: 2.5, stroke: 'stroke-sea', levelShare: 0.68 },
  { key: 'p50Sec', label: 'P50', width: 1.5, stroke: 'stroke-sea', levelShare: 0.52 },
] as const;

/** P50, P95 and P99 as dashed (modelled) lines, dotted and paler where overloaded, the interval of P95 as a band, labels on the lines. */
export function CurveLines({ points, x, y, top, bottom, right }: CurveLinesProps) {
  // Past the first overloaded load no steady state stands behind the numbers.
  const firstOverloaded = points.findIndex((point) => point.isOverloaded);
  const steady = firstOverloaded < 0 ? points : points.slice(0, firstOverloaded);
  const overloaded = firstOverloaded < 0 ? [] : points.slice(Math.max(0, firstOverloaded - 1));
  const labels = placeCurveLabels({ points, x, y, top, bottom, right });
  const edge = (end: 0 | 1) =>
    points.map((point) => [x(point.agents), cap(y(point.p95Interval[end]), top)] as const);
  return (
    <g>
      <path d={bandPath(edge(1), edge(0))} className="fill-sea" fillOpacity={0.13} />
      {curves.map((curve) => {
        const path = (part: readonly ResponsePoint[]) =>
          linePath(part.map((point) => [x(point.agents), cap(y(point[curve.key]), top)]));
        return (
          <g key={curve.key} fill="none" strokeWidth={curve.width} className={curve.stroke}>
            <path d={path(steady)} strokeDasharray="6 3" />
            <path d={path(overloaded)} strokeDasharray="2 4" strokeOpacity={0.55} />
          </g>
        );
      })}
      {labels.map((label) => (
        <text
          key={label.text}
          x={label.x}
          y={label.y + 4}
          textAnchor="end"
          className="fill-ink text-[12px] font-medium chart-halo"
        >
          {label.text}
        </text>
      ))}
    </g>
  );
}

/** Keeps far-away points drawable without bending the part of the line that is seen. */
function cap(position: number, top: number): number {
  return Math.max(top - 20_000, position);
}

interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Puts each label left of the place where its curve passes a height of its own; a curve that never
 * rises that far is named at its right end, where names that would touch move apart.
 */
function placeCurveLabels({
  points,
  x,
  y,
  top,
  bottom,
  right,
}: CurveLinesProps): readonly PlacedLabel[] {
  const rising: PlacedLabel[] = [];
  const flat: PlacedLabel[] = [];
  for (const curve of curves) {
    const last = points.findLast(
      (point) => x(point.agents) <= right + 1 && Number.isFinite(point[curve.key]),
    );
    const level = bottom - (bottom - top) * curve.levelShare;
    const crossing = findCrossing(points, (point) => [x(point.agents), y(point[curve.key])], level);
    if (crossing !== null && crossing < right && crossing > 90) {
      rising.push({ text: curve.label, x: crossing - 7, y: level });
    } else if (last !== undefined) {
      const at = Math.max(top + 8, y(last[curve.key]) - 10);
      flat.push({ text: curve.label, x: right - 6, y: at });
    }
  }
  const placed = placeLabels(
    flat.map((label) => ({ position: label.y, size: 15 })),
    [top, bottom - 4],
  );
  return [...rising, ...flat.map((label, index) => ({ ...label, y: placed[index] ?? label.y }))];
}

function findCrossing(
  points: readonly ResponsePoint[],
  place: (point: ResponsePoint) => readonly [number, number],
  level: number,
): number | null {
  for (let index = 1; index < points.length; index++) {
    const before = points[index - 1];
    const after = points[index];
    if (before === undefined || after === undefined) continue;
    const [x0, y0] = place(before);
    const [x1, y1] = place(after);
    if (y0 >= level && y1 < level) return x0 + ((y0 - level) / (y0 - y1)) * (x1 - x0);
  }
  return null;
}
