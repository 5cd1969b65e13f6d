'use client';

import { type ReactNode, useId, useState } from 'react';
import { FieldHint } from '@/app/_ui/field-hint';
import { inputClass } from '@/app/_ui/text-field';
import { parseTypedNumber } from '@/lib/typed-number';

interface OptionalNumberInputProps {
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string;
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  readonly format?: (value: number) => string;
  readonly onValueChange: (value: number | null) => void;
}

/** A number that may be left unsaid: an empty box. */
export function OptionalNumberInput({
  id,
  label,
  describedBy,
  value,
  min,
  max,
  format = String,
  onValueChange,
}: OptionalNumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const take = () => {
    if (draft === null) return;
    const typed = parseTypedNumber(draft);
    if (draft.trim() === '') onValueChange(null);
    else if (typed !== null) onValueChange(Math.min(max, Math.max(min, typed)));
    setDraft(null);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      placeholder="not said"
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
      value={draft ?? (value === null ? '' : format(value))}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key === 'Escape') setDraft(null);
      }}
      className={`${inputClass} h-7 w-[11ch] text-right font-mono`}
    />
  );
}

interface OptionalNumberFieldProps extends OptionalNumberInputProps {
  readonly title: ReactNode;
  readonly hint: ReactNode;
}

/** A number that may be left unsaid, with its label and what it means. */
export function OptionalNumberField({ title, hint, ...input }: OptionalNumberFieldProps) {
  const id = useId();
  return (
    <div className="border-b border-rule-2 py-3 last:border-b-0">
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {title}
        </label>
        <OptionalNumberInput {...input} id={id} describedBy={`${id}-hint`} />
      </div>
      <FieldHint id={`${id}-hint`} isChanged={false}>
        {hint}
      </FieldHint>
    </div>
  );
}
