'use client';

import type { ReactNode } from 'react';
import type { NumberLimits } from '@/lib/typed-number';
import { readRange, type TypedRange, type TypedUnit, writeRange } from '@/lib/typed-range';
import { CheckedField } from './checked-field';

interface RangeFieldProps extends NumberLimits {
  readonly label: ReactNode;
  readonly value: TypedRange;
  readonly onValueChange: (value: TypedRange) => void;
  readonly onInvalidChange?: (isInvalid: boolean) => void;
  /** What a bare number is; a value in percent is a share all the same, 0.05 for 5 %. */
  readonly unit?: TypedUnit;
  /** Where the range comes from, or what the data say. */
  readonly hint?: ReactNode;
}

/** A quantity that is known as a range, typed as `20 to 40` or as one number. */
export function RangeField({ value, min, max, unit = 'number', ...field }: RangeFieldProps) {
  return (
    <CheckedField
      {...field}
      widthCh={18}
      written={writeRange(value, unit)}
      read={(text) => readRange(text, { min, max, unit })}
    />
  );
}
