'use client';

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { Reading } from '@/lib/typed-number';
import { classNames } from './class-names';

interface CheckedFieldProps<T> {
  readonly label: ReactNode;
  /** The value as it can be typed again. */
  readonly written: string;
  readonly read: (text: string) => Reading<T>;
  readonly onValueChange: (value: T) => void;
  /** Called as soon as what is typed cannot be taken, and when it can be again. */
  readonly onInvalidChange?: (isInvalid: boolean) => void;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
  readonly widthCh: number;
}

/**
 * A quantity that is typed as text, and refused in words rather than bent to what is allowed.
 *
 * Taken on Enter or on leaving; what cannot be taken stays as it was typed, with what is wrong.
 */
export function CheckedField<T>(props: CheckedFieldProps<T>) {
  const { label, written, read, placeholder, widthCh } = props;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const reading = draft === null ? null : read(draft);
  const error = reading !== null && 'error' in reading ? reading.error : null;

  const type = (text: string | null) => {
    setDraft(text);
    setNote(null);
    props.onInvalidChange?.(text !== null && 'error' in read(text));
  };
  const take = () => {
    if (reading === null || 'error' in reading) return;
    setDraft(null);
    setNote(reading.note);
    if (draft !== written) props.onValueChange(reading.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') take();
    if (event.key === 'Escape') type(null);
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
          placeholder={placeholder}
          value={draft ?? written}
          aria-invalid={error !== null}
          aria-describedby={`${id}-hint`}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={take}
          onKeyDown={onKeyDown}
          style={{ width: `${widthCh}ch` }}
          className={classNames(
            'h-7 shrink-0 rounded-control border bg-sheet px-2 text-right font-mono text-body text-ink placeholder:text-ink-3 hover:border-ink-3',
            error === null ? 'border-rule' : 'border-no-go',
          )}
        />
      </div>
      <p
        id={`${id}-hint`}
        aria-live="polite"
        className={classNames(
          'mt-1 min-h-[1.2em] text-note',
          error !== null ? 'text-no-go' : note !== null ? 'text-conditional' : 'text-ink-3',
        )}
      >
        {error ?? note ?? props.hint}
      </p>
    </div>
  );
}
