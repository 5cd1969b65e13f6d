'use client';

import { type ReactNode, useId } from 'react';
import { classNames } from '@/app/_ui/class-names';
import type { ChartWords } from '@/lib/charts/chart-table';
import { ChartTableTwin } from './chart-table-twin';
import { useWidth } from './use-width';

interface ChartFrameProps {
  readonly words: ChartWords;
  /** Draws the chart for a width in pixels. */
  readonly draw: (width: number) => ReactNode;
  readonly initialWidth: number;
  readonly level?: 2 | 3;
  /** Paled while a newer result is on its way. */
  readonly isStale?: boolean;
  readonly hasTable?: boolean;
  readonly className?: string;
}

/** A chart with its finding above, how it was measured, and its numbers as a table below. */
export function ChartFrame({
  words,
  draw,
  initialWidth,
  level = 2,
  isStale = false,
  hasTable = true,
  className,
}: ChartFrameProps) {
  const headingId = useId();
  const { ref, width } = useWidth(initialWidth);
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section aria-labelledby={headingId} className={className} data-print="together">
      <Heading id={headingId} className="text-body font-semibold">
        {words.heading}
      </Heading>
      <p className="text-pretty text-ink-2">{words.method}</p>
      <div
        ref={ref}
        className={classNames('ease-level mt-4 min-w-0', isStale && 'opacity-45')}
        aria-busy={isStale}
      >
        {draw(width)}
      </div>
      {hasTable && <ChartTableTwin table={words.table} caption={words.heading} />}
    </section>
  );
}
