'use client';

import { classNames } from '@/app/_ui/class-names';
import { CsvLink } from '@/app/_ui/csv-link';
import { Section } from '@/app/_ui/section';
import { UnknownValue } from '@/app/_ui/unknown-value';
import type { Comparison } from '@/lib/cost/cost-worker-messages';
import { factsCsv, listFacts } from './side-facts-rows';

interface FactsTableProps {
  readonly comparison: Comparison;
  readonly isStale: boolean;
}

const cell = 'py-2 pl-4 text-right whitespace-nowrap';

/** How the sessions of both sides differ besides their cost. */
export function FactsTable({ comparison, isStale }: FactsTableProps) {
  const rows = listFacts(comparison.a, comparison.b);
  return (
    <Section
      title="What the sessions are like"
      note="Measured calls, as the policies of a side leave them"
      actions={
        <CsvLink
          fileName="comparison of sessions"
          what="What the sessions are like"
          rows={() => factsCsv(rows)}
        />
      }
    >
      <table
        className={classNames('w-full border-collapse', isStale && 'opacity-45')}
        aria-busy={isStale}
      >
        <caption className="sr-only">What the sessions of A and B are like</caption>
        <thead>
          <tr className="text-note text-ink-3">
            <th scope="col" className="pb-1.5 text-left font-medium">
              <span className="sr-only">Measure</span>
            </th>
            {['A', 'B', 'difference'].map((name) => (
              <th key={name} scope="col" className="pb-1.5 pl-4 text-right font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-t border-rule-2">
              <th scope="row" className="py-2 text-left font-normal">
                {row.name}
              </th>
              <td className={`${cell} text-ink-2`}>
                {row.a ?? <UnknownValue reason={row.reason} />}
              </td>
              <td className={`${cell} font-semibold`}>
                {row.b ?? <UnknownValue reason={row.reason} />}
              </td>
              <td className={cell}>{row.difference}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
