import type { ChartTable } from '../charts/chart-table';
import { escapeMarkdown } from './escape-markdown';

/** A table as Markdown, with an empty line after it: names at the left, figures at the right. */
export function tableLines({ columns, rows }: ChartTable): readonly string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => escapeMarkdown(cell, 200)).join(' | ')} |`;
  return [
    line(columns),
    `| --- ${columns
      .slice(1)
      .map(() => '| ---: ')
      .join('')}|`,
    ...rows.map(line),
    '',
  ];
}
