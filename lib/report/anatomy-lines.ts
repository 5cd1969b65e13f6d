import { prepareCostMatrix } from '../charts/prepare-cost-matrix';
import { tabulateCostMatrix } from '../charts/tabulate-report';
import { escapeMarkdown } from './escape-markdown';
import type { FrozenAnatomy } from './frozen-anatomy';
import { tableLines } from './table-lines';

/** What the cost is made of, as Markdown: the share of history, and every part by how it was charged. */
export function anatomyLines(anatomy: FrozenAnatomy | null | undefined): readonly string[] {
  if (anatomy === undefined || anatomy === null) return [];
  const matrix = prepareCostMatrix(anatomy);
  if (matrix.rows.length === 0) return [];
  return [
    `## ${escapeMarkdown(matrix.heading)}`,
    '',
    escapeMarkdown(matrix.method),
    '',
    ...tableLines(tabulateCostMatrix(matrix)),
  ];
}
