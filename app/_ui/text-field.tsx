'use client';

import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { classNames } from './class-names';

/** Class names of a box that is typed in. */
export const inputClass =
  'h-8 rounded-control border border-control-rule bg-sheet px-2.5 text-ink placeholder:text-ink-3';

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with what was typed. */
  readonly error?: ReactNode;
  /** Keeps the label for screen readers only. */
  readonly isLabelHidden?: boolean;
}

/** A line of text with its label, its hint and what is wrong with it. */
export function TextField({
  label,
  hint,
  error,
  isLabelHidden = false,
  className,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const hasHint = hint !== undefined || error !== undefined;
  return (
    <div>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'mb-1 block font-medium'}>
        {label}
      </label>
      <input
        id={id}
        className={classNames(inputClass, 'w-full', className)}
        aria-invalid={error !== undefined}
        {...(hasHint ? { 'aria-describedby': `${id}-hint` } : {})}
        {...rest}
      />
      {hasHint && (
        <p
          id={`${id}-hint`}
          className={classNames(
            'mt-1 text-note',
            error === undefined ? 'text-ink-3' : 'text-no-go',
          )}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
