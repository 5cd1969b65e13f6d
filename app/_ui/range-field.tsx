'use client';

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { NumberLimits } from '@/lib/typed-number';
import { isWithin, parseTypedRange, type TypedRange, writeTypedRange } from '@/lib/typed-range';
import { classNames } from './class-names';

interface RangeFieldProps extends NumberLimits {
  readonly label: ReactNode;
  readonly value: TypedRange;
  readonly onValueChange: (value: TypedRange) => void;
  /** Writes one end as it can be typed again; a percent sign is written once, after both. */
  readonly format?: (value: number) => string;
  /** Written after the range: `%`. */
  readonly suffix?: string;
  /** Where the range comes from, or what the data say. */
  readonly hint?: ReactNode;
}

/**
 * A quantity that is known as a range, typed as `20 to 40` or as one number.
 *
 * Taken on Enter or on leaving; what cannot be read stays as it was typed, with what is wrong.
 */
export function RangeField({
  label,
  value,
  onValueChange,
  format = String,
  suffix = '',
  hint,
  ...limits
}: RangeFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const written = `${writeTypedRange(value, format)}${suffix}`;
  const parsed = draft === null ? value : parseTypedRange(draft);
  const error =
    parsed === null
      ? 'Type a range such as 20 to 40, or one number.'
      : isWithin(parsed, limits)
        ? null
        : `Give numbers from ${format(limits.min)}${suffix} to ${format(limits.max)}${suffix}.`;

  const take = () => {
    if (draft === null || parsed === null || error !== null) return;
    setDraft(null);
    if (parsed.low !== value.low || parsed.high !== value.high) onValueChange(parsed);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') take();
    if (event.key === 'Escape') setDraft(null);
  };
  return (
    <div className="border-b border-rule-2 py-3 last:border-b-0">
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <input
          id={id}
          type="text"
          autoComplete="off"
          value={draft ?? written}
          aria-invalid={error !== null}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={take}
          onKeyDown={onKeyDown}
          className={classNames(
            'h-7 w-[18ch] shrink-0 rounded-control border bg-sheet px-2 text-right font-mono text-body text-ink hover:border-ink-3',
            error === null ? 'border-rule' : 'border-no-go',
          )}
        />
      </div>
      <p
        id={`${id}-hint`}
        className={classNames(
          'mt-1 min-h-[1.2em] text-note',
          error === null ? 'text-ink-3' : 'text-no-go',
        )}
      >
        {error ?? hint}
      </p>
    </div>
  );
}
