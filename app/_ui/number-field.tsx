'use client';

import { type ReactNode, useId } from 'react';
import type { NumberLimits } from '@/lib/typed-number';
import { FieldHint } from './field-hint';
import { NumberInput } from './number-input';

interface NumberFieldProps extends NumberLimits {
  readonly label: ReactNode;
  readonly value: number;
  readonly onValueChange: (value: number) => void;
  readonly format?: (value: number) => string;
  /** Where the number comes from. */
  readonly hint?: ReactNode;
  /** The value differs from the described one: the hint says what it was. */
  readonly isChanged?: boolean;
}

/** A number with its label and where it comes from. */
export function NumberField({ label, hint, isChanged = false, ...input }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="border-b border-rule-2 py-3.5 last:border-b-0">
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <NumberInput id={id} describedBy={`${id}-hint`} {...input} />
      </div>
      <FieldHint id={`${id}-hint`} isChanged={isChanged}>
        {hint}
      </FieldHint>
    </div>
  );
}
