import type { ReactNode } from 'react';

interface DataStripProps {
  /** `value` in bold, `label` after it; either way round with `isLabelFirst`. */
  readonly items: readonly {
    readonly value: ReactNode;
    readonly label: ReactNode;
    readonly isLabelFirst?: boolean;
  }[];
}

/** One line of facts on the data behind a page: how much there is, and what is missing from it. */
export function DataStrip({ items }: DataStripProps) {
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 py-4 text-ink-2">
      {items.map((item, index) => (
        // The items of a strip never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: position is the identity
        <li key={index}>
          {item.isLabelFirst === true && <>{item.label} </>}
          <strong className="font-semibold text-ink">{item.value}</strong>
          {item.isLabelFirst !== true && <> {item.label}</>}
        </li>
      ))}
    </ul>
  );
}
