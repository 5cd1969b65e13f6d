'use client';

import { type KeyboardEvent, useState } from 'react';
import { classNames } from './class-names';

/** Limits and grid of a number that is typed. */
export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}

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

/**
 * Reads what was typed: thousands separators, a unit after the number and the suffixes `k` and `M`
 * are accepted.
 *
 * @returns the number, or `null` where there is none
 */
export function parseTypedNumber(text: string): number | null {
  const match = /^\s*[$]?\s*(-?[\d,\s]*\.?\d+(?:e[+-]?\d+)?)\s*(k|m)?\b/i.exec(text);
  if (match === null) return null;
  const factors: Record<string, number> = { k: 1e3, M: 1e6 };
  const value = Number((match[1] ?? '').replace(/[,\s]/g, '')) * (factors[match[2] ?? ''] ?? 1);
  return Number.isFinite(value) ? value : null;
}

/** The nearest allowed value: inside the limits, on the grid of steps from `min`. */
export function clampToStep(value: number, { min, max, step }: NumberLimits): number {
  const inside = Math.min(max, Math.max(min, value));
  if (step === undefined) return inside;
  const places = Math.max(0, -Math.floor(Math.log10(step)) + 1);
  return Math.min(max, Number((min + Math.round((inside - min) / step) * step).toFixed(places)));
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
