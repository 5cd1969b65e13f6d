import { Band, Section } from '@/app/_ui/section';
import { describeBacktest, tooLittleText } from '@/lib/charts/describe-backtest';
import {
  backtestColumns,
  backtestTitle,
  describeBacktestSplit,
  describeLater,
  laterColumns,
  listBacktestRows,
  listLaterFigures,
} from '@/lib/charts/prepare-backtest';
import type { Backtest } from '@/lib/cost/backtest/backtest';
import type { Report } from '@/lib/report/report';
import { FigureTable } from '../../forecast/figure-table';

/** How far off forecasts would have been on the sessions of the report; nothing in earlier ones. */
export function BacktestPart({ report }: { readonly report: Report }) {
  const { backtest } = report;
  if (backtest === undefined || backtest === null) return null;
  return (
    <Band>
      <h2 className="mb-4 text-body font-semibold text-pretty">{describeBacktest(backtest)}</h2>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        <SessionErrors part="length" of={backtest.length} />
        <SessionErrors part="prefix" of={backtest.prefix} />
        <LaterErrors time={backtest.time} />
      </div>
    </Band>
  );
}

interface SessionErrorsProps {
  readonly part: 'length' | 'prefix';
  readonly of: Backtest['length'];
}

function SessionErrors({ part, of }: SessionErrorsProps) {
  const title = backtestTitle(part);
  if (of.kind !== 'measured') return <Missing title={title} text={tooLittleText(of)} />;
  const rows = listBacktestRows(of).map((row) => row.cells);
  return (
    <Section title={title} note={describeBacktestSplit(part, of)} level={3}>
      <FigureTable caption={title} columns={backtestColumns} rows={rows} />
    </Section>
  );
}

function LaterErrors({ time }: { readonly time: Backtest['time'] }) {
  const title = 'Later sessions from earlier ones';
  if (time.kind !== 'measured') return <Missing title={title} text={tooLittleText(time)} />;
  const rows = listLaterFigures(time).map((row) => row.cells);
  return (
    <Section title={title} note={describeLater(time)} level={3}>
      <FigureTable caption={title} columns={laterColumns} rows={rows} />
    </Section>
  );
}

function Missing({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <Section title={title} level={3}>
      <p className="text-ink-2">{text}</p>
    </Section>
  );
}
