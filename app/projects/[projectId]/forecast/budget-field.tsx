'use client';

import { CheckedField } from '@/app/_ui/checked-field';
import { formatUsd } from '@/lib/format';
import { readBudget } from '@/lib/typed-number';

interface BudgetFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly onValueChange: (value: number | null) => void;
  readonly onInvalidChange: (isInvalid: boolean) => void;
  readonly hint: string;
}

/** An amount of dollars, or none: an empty box. */
export function BudgetField({ value, ...field }: BudgetFieldProps) {
  return (
    <CheckedField
      {...field}
      widthCh={15}
      placeholder="none"
      written={value === null ? '' : formatUsd(value)}
      read={readBudget}
    />
  );
}
