import { describeBacktest, tooLittleText } from '../charts/describe-backtest';
import {
  backtestColumns,
  backtestTitle,
  describeBacktestSplit,
  describeLater,
  laterColumns,
  listBacktestRows,
  listLaterFigures,
} from '../charts/prepare-backtest';
import type { Backtest } from '../cost/backtest/backtest';
import { escapeMarkdown } from './escape-markdown';
import { tableLines } from './table-lines';

const parts = ['length', 'prefix'] as const;

/** How far off forecasts would have been, as Markdown: what was foretold, from what, and the errors. */
export function backtestLines(backtest: Backtest | null | undefined): readonly string[] {
  if (backtest === undefined || backtest === null) return [];
  const { time } = backtest;
  return [
    '## How far off forecasts would have been',
    '',
    `${escapeMarkdown(describeBacktest(backtest))}.`,
    '',
    ...parts.flatMap((part) => partLines(part, backtest[part])),
    '### Later sessions from earlier ones',
    '',
    ...(time.kind === 'measured'
      ? [
          escapeMarkdown(describeLater(time)),
          '',
          ...tableLines({
            columns: laterColumns,
            rows: listLaterFigures(time).map((row) => row.cells),
          }),
        ]
      : [tooLittleText(time), '']),
  ];
}

function partLines(part: (typeof parts)[number], of: Backtest['length']): readonly string[] {
  const head = [`### ${backtestTitle(part)}`, ''];
  if (of.kind !== 'measured') return [...head, tooLittleText(of), ''];
  const rows = listBacktestRows(of).map((row) => row.cells);
  return [
    ...head,
    escapeMarkdown(describeBacktestSplit(part, of)),
    '',
    ...tableLines({ columns: backtestColumns, rows }),
  ];
}
