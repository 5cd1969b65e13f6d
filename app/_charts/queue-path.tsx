'use client';

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import type { QueuePath as Path } from '@/lib/charts/prepare-queue-path';
import { formatCount, formatDecimal, formatDurationSec } from '@/lib/format';
import { ChartFrame } from './chart-frame';

interface QueuePathProps {
  readonly chart: Path;
  readonly level?: 2 | 3;
  readonly isStale?: boolean;
}

const height = 176;

/** Agents that wait over the time of one replication: held until it changes, warm-up shaded. */
export function QueuePath({ chart, level = 2, isStale = false }: QueuePathProps) {
  return (
    <ChartFrame
      words={chart}
      level={level}
      isStale={isStale}
      initialWidth={430}
      draw={(width) => <Drawing chart={chart} width={width} />}
    />
  );
}

function formatMinutes(sec: number): string {
  return sec === 0 ? '0' : `${formatDecimal(sec / 60)} min`;
}

const tickStyle = { fill: 'var(--ink-2)', fontSize: 12 };

function Drawing({ chart, width }: { readonly chart: Path; readonly width: number }) {
  const waitingMax = chart.waitingTicks.at(-1) ?? 1;
  return (
    <div role="img" aria-label={chart.summary}>
      <LineChart
        width={width}
        height={height}
        data={[...chart.steps]}
        margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--rule)" />
        <ReferenceArea
          x1={0}
          x2={chart.warmUpSec}
          y1={0}
          y2={waitingMax}
          fill="var(--ink-3)"
          fillOpacity={0.13}
          label={
            chart.warmUpSec > chart.endSec * 0.12
              ? { value: 'warm-up', position: 'insideTopLeft', fill: 'var(--ink-2)', fontSize: 12 }
              : ''
          }
        />
        <XAxis
          dataKey="timeSec"
          type="number"
          domain={[0, chart.endSec]}
          ticks={[...chart.timeTicksSec]}
          tickFormatter={(sec: number) => formatMinutes(sec)}
          tick={tickStyle}
          tickLine={false}
          axisLine={false}
        />
        <YAxis
          domain={[0, waitingMax]}
          ticks={[...chart.waitingTicks]}
          tickFormatter={(value: number) => formatCount(value)}
          tick={tickStyle}
          tickLine={false}
          axisLine={false}
          width={44}
        />
        <Tooltip content={Reading} cursor={{ stroke: 'var(--ink-3)' }} isAnimationActive={false} />
        <Line
          type="stepAfter"
          dataKey="waiting"
          stroke="var(--sea)"
          strokeWidth={1.75}
          strokeDasharray="6 3"
          dot={false}
          isAnimationActive={false}
        />
      </LineChart>
    </div>
  );
}

function Reading({ active, payload, label }: TooltipContentProps) {
  const waiting = payload?.[0]?.value;
  if (!active || typeof waiting !== 'number') return null;
  return (
    <p className="rounded-control bg-ink px-2.5 py-1.5 text-note text-paper">
      {formatCount(waiting)} waiting at {formatDurationSec(Number(label))}
    </p>
  );
}
