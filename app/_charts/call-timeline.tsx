'use client';

import { type PointerEvent, useState } from 'react';
import type { CallTimeline as Timeline, TimelineBar } from '@/lib/charts/prepare-call-timeline';
import { formatCount, formatDurationSec } from '@/lib/format';
import { ChartFrame } from './chart-frame';
import { TimelineDrawing } from './timeline-drawing';
import { layOutTimeline, type TimelineLayout } from './timeline-layout';

interface CallTimelineProps {
  readonly chart: Timeline;
  readonly selectedCallId: string | null;
  readonly onSelect: (callId: string) => void;
}

/** Calls of a session over time, a lane per thread; what is under the pointer is named below. */
export function CallTimeline({ chart, selectedCallId, onSelect }: CallTimelineProps) {
  return (
    <ChartFrame
      words={chart}
      initialWidth={1_216}
      draw={(width) => (
        <Pointed
          chart={chart}
          layout={layOutTimeline(chart, width)}
          selectedCallId={selectedCallId}
          onSelect={onSelect}
        />
      )}
    />
  );
}

interface PointedProps extends CallTimelineProps {
  readonly layout: TimelineLayout;
}

function Pointed({ chart, layout, selectedCallId, onSelect }: PointedProps) {
  const [pointed, setPointed] = useState<TimelineBar | null>(null);
  const bars = chart.lanes.flatMap((lane) => lane.bars);
  const named = pointed ?? bars.find((bar) => bar.callId === selectedCallId) ?? null;
  const barUnder = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return findBar(chart, layout, event.clientX - box.left, event.clientY - box.top);
  };
  return (
    <>
      {/* The table of calls does the same with the keyboard. */}
      <div
        onPointerMove={(event) => setPointed(barUnder(event))}
        onPointerLeave={() => setPointed(null)}
        onPointerUp={(event) => {
          const bar = barUnder(event);
          if (bar !== null) onSelect(bar.callId);
        }}
        className={pointed === null ? undefined : 'cursor-pointer'}
      >
        <TimelineDrawing
          chart={chart}
          layout={layout}
          pointedCallId={pointed?.callId ?? null}
          selectedCallId={selectedCallId}
        />
      </div>
      <p className="mt-1 min-h-5 truncate text-note text-ink-2">
        {named !== null ? (
          <>
            <strong className="font-semibold text-ink">{named.name}</strong> {named.kind},{' '}
            {formatDurationSec(named.durationSec)}, at {formatDurationSec(named.atSec)}
            {named.hasError && <span className="text-no-go">, failed</span>}
          </>
        ) : (
          chart.lanesLeftOut > 0 &&
          `${formatCount(chart.lanesLeftOut)} more threads are not drawn; the table below holds them.`
        )}
      </p>
    </>
  );
}

const reachPx = 5;

/** The bar under a point, or the nearest one in its row within 5 px. */
function findBar(
  chart: Timeline,
  layout: TimelineLayout,
  x: number,
  y: number,
): TimelineBar | null {
  const row = layout.rows.find((candidate) => y >= candidate.top && y < candidate.bottom);
  if (row === undefined) return null;
  let nearest: TimelineBar | null = null;
  let nearestPx = reachPx;
  for (const bar of chart.lanes[row.lane]?.bars ?? []) {
    if (bar.kind !== row.kind) continue;
    const awayPx = Math.max(layout.x(bar.from) - x, x - layout.x(bar.to), 0);
    if (awayPx < nearestPx) {
      nearest = bar;
      nearestPx = awayPx;
    }
  }
  return nearest;
}
