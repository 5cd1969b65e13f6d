import type { CallTimeline, TimelineKind } from '@/lib/charts/prepare-call-timeline';
import type { Scale } from '@/lib/charts/scale';

/** A row of a lane: the calls of one kind, in pixels. */
export interface TimelineRow {
  readonly lane: number;
  readonly kind: TimelineKind;
  readonly top: number;
  readonly bottom: number;
}

/** Where everything of a timeline stands for a width. */
export interface TimelineLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly isNarrow: boolean;
  readonly rows: readonly TimelineRow[];
  readonly laneTops: readonly number[];
  readonly x: Scale;
}

const rowPx = 15;
const lanePaddingPx = 7;
const headPx = 20;
const footPx = 22;

/** Lays out lanes and rows; names stand at the left, above their lane when narrow. */
export function layOutTimeline(chart: CallTimeline, width: number): TimelineLayout {
  const isNarrow = width < 620;
  const left = isNarrow ? 62 : 214;
  const right = width - 2;
  const rows: TimelineRow[] = [];
  const laneTops: number[] = [];
  let y = headPx;
  for (const [lane, { kinds }] of chart.lanes.entries()) {
    laneTops.push(y);
    y += lanePaddingPx + (isNarrow ? 17 : 0);
    for (const kind of kinds) {
      rows.push({ lane, kind, top: y, bottom: y + rowPx });
      y += rowPx;
    }
    y += lanePaddingPx;
  }
  return {
    width,
    height: y + footPx,
    left,
    right,
    top: headPx,
    bottom: y,
    isNarrow,
    rows,
    laneTops,
    x: (share) => left + share * (right - left),
  };
}
