import { dearestCsv, differenceCsv, matrixCsv, splitCsv } from '../charts/cost-anatomy-csv';
import {
  describeCompared,
  describeDifference,
  prepareDifference,
} from '../charts/describe-difference';
import { describeSplit, prepareAnatomyLines } from '../charts/prepare-anatomy-lines';
import { prepareCostMatrix } from '../charts/prepare-cost-matrix';
import type { CostAnatomy } from '../cost/cost-anatomy';
import { writeCsv } from '../csv-text';
import type { Output } from './output';
import { renderTable } from './text-table';

/** Tables of the anatomy that can be printed as CSV. */
export const costTables = [
  'parts',
  'model',
  'agent',
  'tool',
  'turn',
  'tenant',
  'dearest',
  'difference',
] as const;
type CostTable = (typeof costTables)[number];

/** Prints one table as CSV; costs are exact. */
export function printCostTable(table: CostTable, anatomy: CostAnatomy, output: Output): void {
  for (const row of rowsOf(table, anatomy)) output.line(writeCsv([row]).slice(0, -2));
}

function rowsOf(table: CostTable, anatomy: CostAnatomy) {
  if (table === 'parts') return matrixCsv(anatomy);
  if (table === 'dearest') return dearestCsv(anatomy);
  if (table !== 'difference') return splitCsv(table, anatomy);
  return anatomy.difference === null ? [] : differenceCsv(anatomy.difference);
}

/** Prints where the money goes, why the dearest sessions are dear, and what explains recorded costs. */
export function printAnatomy(anatomy: CostAnatomy, output: Output): void {
  printMatrix(anatomy, output);
  printTools(anatomy, output);
  if (anatomy.dearest.length > 0) {
    output.line();
    output.line('The dearest sessions');
    for (const { sessionId, sentence } of anatomy.dearest) output.line(`${sessionId}  ${sentence}`);
  }
  printDifference(anatomy, output);
}

function printMatrix(anatomy: CostAnatomy, output: Output): void {
  const { heading, rows } = prepareCostMatrix(anatomy);
  output.line();
  output.line(heading);
  const table = rows.map((row) => {
    const [fresh, read, write] = row.cells.length === 1 ? [] : row.cells;
    return [
      row.name,
      fresh?.cost ?? '',
      read?.cost ?? '',
      write?.cost ?? '',
      row.cost,
      row.shareLabel,
    ];
  });
  const head = ['Part', 'fresh', 'cache read', 'cache write', 'all', 'share'];
  for (const line of renderTable([head, ...table], 'lrrrrr')) output.line(line);
}

function printTools(anatomy: CostAnatomy, output: Output): void {
  if (anatomy.byTool.length === 0) return;
  output.line();
  output.line(describeSplit('tool', anatomy));
  const rows = prepareAnatomyLines('tool', anatomy).bars.map((bar) => [
    bar.name,
    bar.cost,
    bar.shareLabel,
  ]);
  for (const line of renderTable(rows, 'lrr')) output.line(line);
}

function printDifference({ difference }: CostAnatomy, output: Output): void {
  if (difference === null) return;
  output.line();
  output.line(describeDifference(difference));
  output.line(describeCompared(difference));
  for (const { model, explanation } of prepareDifference(difference)) {
    output.line(`${model}: ${explanation}`);
  }
}
