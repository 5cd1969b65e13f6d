'use client';

import type { Ref } from 'react';

interface PolicySwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onToggle: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Switches one policy on or off. */
export function PolicySwitch({
  label,
  isOn,
  isDisabled = false,
  onToggle,
  ref,
}: PolicySwitchProps) {
  return (
    <label className="flex min-h-6 cursor-pointer items-center gap-2.5 font-medium">
      <input
        ref={ref}
        type="checkbox"
        checked={isOn}
        disabled={isDisabled}
        onChange={onToggle}
        className="size-4 shrink-0 accent-water"
      />
      {label}
    </label>
  );
}
