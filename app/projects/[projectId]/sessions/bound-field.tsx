'use client';

import { useState } from 'react';
import { inputClass } from '@/app/_ui/text-field';
import { parseTypedNumber } from '@/lib/typed-number';

interface BoundFieldProps {
  readonly label: string;
  /** What stands before the box. */
  readonly prefix: string;
  readonly value: number | null;
  readonly format: (value: number) => string;
  readonly onValueChange: (value: number | null) => void;
}

/** One end of a range, typed as a plain number; empty where it has none. */
export function BoundField({ label, prefix, value, format, onValueChange }: BoundFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const take = () => {
    if (draft === null) return;
    const typed = parseTypedNumber(draft);
    if (draft.trim() === '') onValueChange(null);
    else if (typed !== null && typed >= 0) onValueChange(typed);
    setDraft(null);
  };
  return (
    <label className="flex min-w-0 items-center gap-2 text-ink-2">
      <span aria-hidden="true">{prefix}</span>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        placeholder="any"
        value={draft ?? (value === null ? '' : format(value))}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onFocus={(event) => {
          setDraft(value === null ? '' : String(value));
          const box = event.currentTarget;
          requestAnimationFrame(() => box.select());
        }}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key === 'Escape') setDraft(null);
        }}
        className={`${inputClass} w-24 text-right`}
      />
    </label>
  );
}
