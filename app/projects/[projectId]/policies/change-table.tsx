'use client';

import { classNames } from '@/app/_ui/class-names';
import { CsvLink } from '@/app/_ui/csv-link';
import { ScrollRegion } from '@/app/_ui/scroll-region';
import { Section } from '@/app/_ui/section';
import { type ChangeRow, preparePolicyChanges } from '@/lib/charts/prepare-policy-changes';
import type { SideNames } from '@/lib/charts/prepare-policy-curve';
import type { ReplayOutcome } from '@/lib/cost/replay/replay-outcome';

interface ChangeTableProps {
  readonly outcome: ReplayOutcome;
  /** The newest intervals; of an earlier question while `isDrawing`. */
  readonly intervals: ReplayOutcome | undefined;
  readonly isDrawing: boolean;
  readonly isStale: boolean;
  readonly names: SideNames;
  /** False: there is one side only, and nothing it differs from. */
  readonly hasChange?: boolean;
  readonly fileName: string;
  /** How intervals come about. */
  readonly note?: string;
}

const cell = 'py-2 pl-4 text-right whitespace-nowrap';

/** Cost and tokens per session on both sides, with their difference and its interval. */
export function ChangeTable(props: ChangeTableProps) {
  const { outcome, names, isDrawing, hasChange = true } = props;
  const changes = preparePolicyChanges(outcome, names);
  const drawn =
    props.intervals === undefined ? null : preparePolicyChanges(props.intervals, names).rows;
  // A total of groups as they are has no interval where their means have one.
  const missing = isDrawing
    ? '…'
    : drawn?.[0]?.interval == null
      ? 'too few sessions'
      : 'no interval: sums as they are';
  return (
    <Section
      title={hasChange ? 'Difference per session' : 'Per session'}
      note={
        props.note ??
        (hasChange
          ? 'Each session against itself; intervals by bootstrap over sessions, 1,000 resamples'
          : 'List prices; switch a policy on to see what it changes')
      }
      actions={
        <CsvLink fileName={props.fileName} what="Difference per session" rows={() => changes.csv} />
      }
    >
      <ScrollRegion label="Difference per session" className="overflow-x-auto">
        <table
          className={classNames('w-full border-collapse', props.isStale && 'opacity-45')}
          aria-busy={props.isStale}
        >
          <caption className="sr-only">
            Cost and tokens per session, {names.a}
            {hasChange ? ` and ${names.b}` : ''}
          </caption>
          <thead>
            <tr className="text-note text-ink-3">
              <th scope="col" className="pb-1.5 text-left font-medium">
                <span className="sr-only">Statistic</span>
              </th>
              {(hasChange
                ? [names.a, names.b, 'difference', 'change', '95 % of the difference']
                : [names.a]
              ).map((name) => (
                <th key={name} scope="col" className="pb-1.5 pl-4 text-right font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {changes.rows.map((row, index) => (
              <Row
                key={row.name}
                row={row}
                interval={drawn?.[index]?.interval ?? missing}
                isDrawing={isDrawing}
                hasChange={hasChange}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}

interface RowProps {
  readonly row: ChangeRow;
  readonly interval: string;
  readonly isDrawing: boolean;
  readonly hasChange: boolean;
}

function Row({ row, interval, isDrawing, hasChange }: RowProps) {
  return (
    <tr className="border-t border-rule-2">
      <th scope="row" className="py-2 text-left font-normal whitespace-nowrap">
        {row.name}
      </th>
      <td className={classNames(cell, hasChange ? 'text-ink-2' : 'font-semibold')}>{row.today}</td>
      {hasChange && (
        <>
          <td className={`${cell} font-semibold`}>{row.changed}</td>
          <td className={`${cell} font-medium`}>{row.difference}</td>
          <td className={cell}>{row.share}</td>
          <td
            className={classNames(cell, 'text-ink-2', isDrawing && 'opacity-45')}
            aria-busy={isDrawing}
          >
            {interval}
          </td>
        </>
      )}
    </tr>
  );
}
