import { CsvLink } from '@/app/_ui/csv-link';
import { ScrollRegion } from '@/app/_ui/scroll-region';
import type { BacktestRow } from '@/lib/charts/prepare-backtest';

interface BacktestTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly BacktestRow[];
}

/** Errors of methods, ours first and the baselines paler below them. */
export function BacktestTable({ caption, columns, rows }: BacktestTableProps) {
  return (
    <div className="min-w-0">
      <ScrollRegion label={`${caption}, as a table`} className="overflow-x-auto">
        <table className="w-full min-w-[34rem] border-collapse">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr className="align-bottom text-note text-ink-2">
              {columns.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  className={`border-b border-rule py-1.5 pr-4 font-medium ${index === 0 ? 'text-left' : 'text-right'}`}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, isBaseline, cells: [name, ...figures] }) => (
              <tr
                key={key}
                className={`border-b border-rule-2 ${isBaseline ? 'text-ink-2' : 'font-medium'}`}
              >
                <th
                  scope="row"
                  className={`py-2 pr-4 text-left ${isBaseline ? 'font-normal' : 'font-medium'}`}
                >
                  {name}
                </th>
                {figures.map((figure, index) => (
                  <td key={columns[index + 1]} className="py-2 pr-4 text-right whitespace-nowrap">
                    {figure}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <CsvLink
        fileName={caption}
        what={caption}
        rows={() => [columns, ...rows.map((row) => row.cells)]}
      />
    </div>
  );
}
