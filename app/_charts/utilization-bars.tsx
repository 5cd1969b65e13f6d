import { type UtilizationChart, utilizationTicks } from '@/lib/charts/prepare-utilization';
import { formatPercent } from '@/lib/format';

interface UtilizationBarsProps {
  readonly chart: UtilizationChart;
  readonly level?: 2 | 3;
  readonly isStale?: boolean;
}

const toneClass = { calm: 'bg-water', near: 'bg-conditional', full: 'bg-no-go' } as const;

/** How full the pool is: bars with ticks at 70, 85 and 100 %, the number beside each. */
export function UtilizationBars({ chart, level = 2, isStale = false }: UtilizationBarsProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section aria-label={chart.heading} data-print="together">
      <Heading className="text-body font-semibold">{chart.heading}</Heading>
      <p className="text-ink-2">{chart.method}</p>
      <dl className={`ease-level mt-4 grid gap-y-2.5 ${isStale ? 'opacity-45' : ''}`}>
        {chart.bars.map((bar) => (
          <div
            key={bar.name}
            className="grid grid-cols-[9.5rem_minmax(0,1fr)_3.75rem] items-start gap-x-4"
          >
            <dt className="leading-tight">
              {bar.name}
              <span className="block text-note text-ink-3">{bar.note}</span>
            </dt>
            <dd className="contents">
              <span
                aria-hidden="true"
                data-print="colour"
                className="relative mt-0.5 block h-3.5 bg-rule-2"
              >
                <span
                  className={`ease-level absolute inset-y-0 left-0 ${toneClass[bar.tone]} ${
                    bar.isModelled ? 'opacity-50' : ''
                  }`}
                  style={{ width: `${bar.share * 100}%` }}
                />
                {utilizationTicks.map((tick) => (
                  <span
                    key={tick}
                    className="absolute inset-y-0 w-0.5 bg-paper"
                    style={{ left: `calc(${tick * 100}% - 1px)` }}
                  />
                ))}
              </span>
              <span className={`text-right ${bar.tone === 'full' ? 'font-semibold' : ''}`}>
                {bar.label}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-note text-ink-3">
        ticks at {formatPercent(utilizationTicks[0])} and {formatPercent(utilizationTicks[1])}
      </p>
    </section>
  );
}
