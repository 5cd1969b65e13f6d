import { ScrollRegion } from '@/app/_ui/scroll-region';
import type {
  DoubtedCell,
  GrowthTable as GrowthRows,
  GrowthTableRow,
} from '@/lib/charts/prepare-growth-table';

interface GrowthTableProps {
  readonly table: GrowthRows;
  readonly noun: string;
}

const columns = [
  'Calls',
  'Tokens per call',
  'Exponent',
  'First prompt',
  'Output per call',
  'Window full at',
] as const;

/** Growth by agent or model: every figure with its doubt under it. */
export function GrowthTable({ table, noun }: GrowthTableProps) {
  return (
    <ScrollRegion label={`Growth by ${noun.toLowerCase()}`} className="overflow-x-auto">
      <table className="w-full min-w-[64rem] border-collapse">
        <caption className="sr-only">Growth by {noun.toLowerCase()}</caption>
        <thead>
          <tr className="text-left align-bottom text-note text-ink-2">
            <th scope="col" className="border-b border-rule py-1.5 pr-4 font-medium">
              {noun}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="border-b border-rule py-1.5 pr-4 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <Row key={row.key} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({ row }: { readonly row: GrowthTableRow }) {
  return (
    <tr className="border-b border-rule-2 align-top">
      <th scope="row" className="max-w-56 py-2 pr-4 text-left font-medium [overflow-wrap:anywhere]">
        {row.name}
        {row.isMainThread ? null : (
          <span className="block text-note font-normal text-ink-3">sub-agents</span>
        )}
      </th>
      <Cell cell={row.extent} isShort />
      <Cell cell={row.slope} />
      <Cell cell={row.exponent} />
      <Cell cell={row.firstPrompt} isShort />
      <td className="py-2 pr-4 font-semibold">{row.output}</td>
      <Cell cell={row.window} />
    </tr>
  );
}

interface CellProps {
  readonly cell: DoubtedCell;
  readonly isShort?: boolean;
}

function Cell({ cell, isShort = false }: CellProps) {
  return (
    <td className="py-2 pr-4">
      <span className="font-semibold whitespace-nowrap">{cell.value}</span>
      <span
        className={`block max-w-64 text-note text-pretty text-ink-3 ${isShort ? 'whitespace-nowrap' : ''}`}
      >
        {cell.note}
      </span>
    </td>
  );
}
