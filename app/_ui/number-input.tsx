'use client';

import { type KeyboardEvent, useState } from 'react';
import { clampToStep, type NumberLimits, parseTypedNumber } from '@/lib/typed-number';
import { classNames } from './class-names';

interface NumberInputProps extends NumberLimits {
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string;
  readonly value: number;
  readonly onValueChange: (value: number) => void;
  /** How the value reads while nobody types; with its unit. */
  readonly format?: (value: number) => string;
  readonly className?: string;
}

/** The box in which a number is typed: taken on Enter or on leaving, arrows step, Shift by ten. */
export function NumberInput({
  id,
  label,
  describedBy,
  value,
  onValueChange,
  format = String,
  className,
  ...limits
}: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? format(value);

  const take = () => {
    if (draft === null) return;
    const typed = parseTypedNumber(draft);
    if (typed !== null) onValueChange(clampToStep(typed, limits));
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') take();
    if (event.key === 'Escape') setDraft(null);
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const by = (limits.step ?? 1) * (event.shiftKey ? 10 : 1);
    onValueChange(clampToStep(value + (event.key === 'ArrowUp' ? by : -by), limits));
    setDraft(null);
  };

  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
      value={shown}
      style={{ width: `${Math.max(2, shown.length) + 2.2}ch` }}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={take}
      onKeyDown={onKeyDown}
      className={classNames(
        'h-7 max-w-full rounded-control border border-rule bg-sheet px-2 text-right font-mono text-body text-ink hover:border-ink-3',
        className,
      )}
    />
  );
}
