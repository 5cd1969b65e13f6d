import type { ReactNode } from 'react';
import { classNames } from './class-names';

/** The line under a field: where the number comes from, or in *conditional* what it was. */
export function FieldHint({
  id,
  isChanged,
  children,
}: {
  readonly id: string;
  readonly isChanged: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <p
      id={id}
      className={classNames(
        'mt-1 min-h-[1.2em] text-note',
        isChanged ? 'font-medium text-conditional' : 'text-ink-3',
      )}
    >
      {children}
    </p>
  );
}
