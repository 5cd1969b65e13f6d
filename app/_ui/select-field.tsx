'use client';

import { type ReactNode, useId } from 'react';
import { classNames } from './class-names';
import { inputClass } from './text-field';

interface SelectFieldProps<T extends string> {
  readonly label: ReactNode;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onValueChange: (value: T) => void;
}

/** A choice among many, in the browser's own list. */
export function SelectField<T extends string>({
  label,
  value,
  options,
  onValueChange,
}: SelectFieldProps<T>) {
  const id = useId();
  return (
    <div className="flex items-center gap-2.5">
      <label htmlFor={id} className="shrink-0 text-ink-2">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen !== undefined) onValueChange(chosen.value);
        }}
        className={classNames(inputClass, 'max-w-72 min-w-0 truncate pr-1')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
