'use client';

import { SelectField } from '@/app/_ui/select-field';
import { type CompareSide, listSides, type SideChoices } from './compare-side';

interface SidePickerProps {
  readonly letter: 'A' | 'B';
  readonly side: CompareSide;
  readonly choices: SideChoices;
  readonly onChoose: (address: string) => void;
}

/** Chooses what stands on one side. */
export function SidePicker({ letter, side, choices, onChoose }: SidePickerProps) {
  const sides = listSides(choices);
  // Policies that nobody saved are in the address only.
  const all = sides.some(({ address }) => address === side.address) ? sides : [side, ...sides];
  return (
    <SelectField
      label={<strong className="font-semibold text-ink">{letter}</strong>}
      value={side.address}
      options={all.map((one) => ({ value: one.address, label: labelOf(one) }))}
      onValueChange={onChoose}
    />
  );
}

function labelOf({ name, set, imported, address }: CompareSide): string {
  if (set !== null) return `Policies: ${name}`;
  if (imported !== null) return `Import: ${name}, ${imported.createdAt.slice(0, 10)}`;
  return address === 'today' ? 'Today, all imports' : `Not saved: ${name}`;
}
