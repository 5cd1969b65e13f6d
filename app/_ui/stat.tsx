import type { ReactNode } from 'react';
import { classNames } from './class-names';

interface StatProps {
  readonly label: ReactNode;
  /** The figure; an em dash where it is not known, never a zero. */
  readonly value: ReactNode;
  /** What stands after the figure: a unit, a quantile, the end of a range. */
  readonly unit?: ReactNode;
  /** How sure it is, or what it is made of. */
  readonly note?: ReactNode;
}

/** One big figure with its label above and its doubt below. Belongs in a {@link StatRow}. */
export function Stat({ label, value, unit, note }: StatProps) {
  return (
    <div className="min-w-0 py-4">
      <dt className="text-note font-medium text-ink-3">{label}</dt>
      <dd>
        <span className="block text-figure [overflow-wrap:anywhere]">
          <span className="font-semibold tracking-[-0.01em]">{value}</span>
          {unit !== undefined && <span className="text-lede text-ink-2"> {unit}</span>}
        </span>
        {note !== undefined && <span className="mt-1 block text-pretty text-ink-2">{note}</span>}
      </dd>
    </div>
  );
}

interface StatRowProps {
  readonly columns?: 2 | 3 | 4 | 5;
  readonly children: ReactNode;
}

const columnClass = {
  2: 'sm:grid-cols-2',
  3: 'sm:grid-cols-3',
  4: 'sm:grid-cols-2 lg:grid-cols-4',
  5: 'sm:grid-cols-3 lg:grid-cols-5',
} as const satisfies Record<number, string>;

/** Figures side by side between two hairlines, parted by hairlines. */
export function StatRow({ columns = 4, children }: StatRowProps) {
  return (
    <dl
      className={classNames(
        'grid gap-x-[52px] overflow-hidden border-y border-rule',
        // Each cell draws the hairlines at its left and above; the frame hides the outermost ones.
        '[&>*]:relative',
        '[&>*]:before:absolute [&>*]:before:inset-y-0 [&>*]:before:-left-[26px] [&>*]:before:w-px [&>*]:before:bg-rule',
        '[&>*]:after:absolute [&>*]:after:-top-px [&>*]:after:-inset-x-[26px] [&>*]:after:h-px [&>*]:after:bg-rule',
        columnClass[columns],
      )}
    >
      {children}
    </dl>
  );
}
