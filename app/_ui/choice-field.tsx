'use client';

import { Fragment, type ReactNode, useId } from 'react';
import { classNames } from './class-names';
import { FieldHint } from './field-hint';

interface ChoiceFieldProps<T extends string> {
  readonly label: ReactNode;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onValueChange: (value: T) => void;
  readonly hint?: ReactNode;
  readonly isChanged?: boolean;
}

/** A choice among a few words, all in view on one line, in the rhythm of the slider fields. */
export function ChoiceField<T extends string>({
  label,
  value,
  options,
  onValueChange,
  hint,
  isChanged = false,
}: ChoiceFieldProps<T>) {
  const name = useId();
  return (
    <fieldset
      className="border-b border-rule-2 py-3.5 last:border-b-0"
      aria-describedby={`${name}-hint`}
    >
      <legend className="float-left w-full font-medium">{label}</legend>
      <div className="clear-both flex flex-wrap gap-x-1 pt-1 text-ink-2">
        {options.map((option, index) => (
          <Fragment key={option.value}>
            {index > 0 && (
              <span aria-hidden="true" className="self-center text-ink-3">
                ·
              </span>
            )}
            <label
              className={classNames(
                'relative inline-flex min-h-6 cursor-pointer items-center px-0.5 has-focus-visible:outline-2 has-focus-visible:outline-water',
                option.value === value
                  ? 'font-medium text-water underline decoration-2 underline-offset-4'
                  : 'hover:text-ink',
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
          </Fragment>
        ))}
      </div>
      <FieldHint id={`${name}-hint`} isChanged={isChanged}>
        {hint}
      </FieldHint>
    </fieldset>
  );
}
