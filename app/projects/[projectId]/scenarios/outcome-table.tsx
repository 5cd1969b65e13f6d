import { classNames } from '@/app/_ui/class-names';
import { CsvLink } from '@/app/_ui/csv-link';
import { ScrollRegion } from '@/app/_ui/scroll-region';
import { Section } from '@/app/_ui/section';
import type { ScenarioTable } from '@/lib/charts/prepare-scenario-cells';

/** What was measured, each number with its interval under it. */
export function OutcomeTable({ table }: { readonly table: ScenarioTable }) {
  return (
    <Section
      title={table.title}
      note={table.note}
      actions={<CsvLink fileName={table.title} what={table.title} rows={() => table.csv} />}
    >
      <ScrollRegion label={table.title} className="overflow-x-auto">
        <table className="w-full border-collapse">
          <caption className="sr-only">{table.title}</caption>
          <thead>
            <tr className="align-bottom text-note text-ink-3">
              <th scope="col" className="pb-1.5 text-left font-medium">
                {table.rowHead}
              </th>
              {table.columns.map((column) => (
                <th key={column} scope="col" className="pb-1.5 pl-5 text-right font-medium">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.name} className="border-t border-rule-2 align-top">
                <th scope="row" className="py-2 text-left font-medium">
                  {row.name}
                  {row.kind !== 'class' && row.kind !== 'attempt' && row.kind !== 'time' && (
                    <span className="block text-note font-normal text-ink-3">{row.kind}</span>
                  )}
                </th>
                {row.cells.map((cell, index) => (
                  <td
                    key={table.columns[index]}
                    className={classNames(
                      'py-2 pl-5 text-right',
                      cell.text.length > 24 ? 'min-w-40 text-note' : 'whitespace-nowrap',
                      !cell.isKnown && 'text-ink-3',
                    )}
                  >
                    {cell.text}
                    {cell.doubt !== '' && (
                      <span className="block text-label whitespace-nowrap text-ink-3">
                        {cell.doubt}
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}
