'use client';

import { useId, useState } from 'react';
import { FieldHint } from '@/app/_ui/field-hint';
import { inputClass } from '@/app/_ui/text-field';
import { formatUsd } from '@/lib/format';
import { parseTypedNumber } from '@/lib/typed-number';

interface BudgetFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly onValueChange: (value: number | null) => void;
  readonly hint: string;
}

/** An amount of dollars, or none: an empty box. */
export function BudgetField({ label, value, onValueChange, hint }: BudgetFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const take = () => {
    if (draft === null) return;
    const typed = parseTypedNumber(draft);
    if (draft.trim() === '') onValueChange(null);
    else if (typed !== null && typed > 0) onValueChange(typed);
    setDraft(null);
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
          inputMode="decimal"
          autoComplete="off"
          placeholder="none"
          value={draft ?? (value === null ? '' : formatUsd(value))}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
            if (event.key === 'Escape') setDraft(null);
          }}
          className={`${inputClass} h-7 w-[15ch] text-right font-mono`}
        />
      </div>
      <FieldHint id={`${id}-hint`} isChanged={false}>
        {hint}
      </FieldHint>
    </div>
  );
}
