'use client';

import { CheckedField } from '@/app/_ui/checked-field';
import { readNumber } from '@/lib/typed-number';
import { writeEnd } from '@/lib/typed-range';

interface PlanNumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
  readonly onValueChange: (value: number) => void;
  readonly onInvalidChange: (isInvalid: boolean) => void;
  readonly hint: string;
}

/** One number of a plan; outside its limits it is refused, not clamped to them. */
export function PlanNumberField(props: PlanNumberFieldProps) {
  const { value, min, max, isWhole = false, ...field } = props;
  return (
    <CheckedField
      {...field}
      widthCh={9}
      written={writeEnd(value, 'number')}
      read={(text) => readNumber(text, { min, max, isWhole })}
    />
  );
}
