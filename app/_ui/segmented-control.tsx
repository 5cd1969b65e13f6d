'use client';

import { useId } from 'react';
import { classNames } from './class-names';

interface SegmentedControlProps<T extends string> {
  /** What is chosen; only spoken. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onValueChange: (value: T) => void;
}

/** A choice of two to five, all in view: native radio buttons drawn as one control. */
export function SegmentedControl<T extends string>({
  label,
  value,
  options,
  onValueChange,
}: SegmentedControlProps<T>) {
  const name = useId();
  return (
    <fieldset className="inline-flex h-8 rounded-control border border-rule bg-sheet">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames(
            'relative flex cursor-pointer items-center px-3 whitespace-nowrap not-first-of-type:border-l not-first-of-type:border-rule has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-water',
            option.value === value
              ? 'tint-water font-medium text-ink'
              : 'text-ink-2 hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
