import type { ScenarioPreset } from '@/simulations/presets/scenario-preset';
import { findPreset, scenarioPresets } from '@/simulations/presets/scenario-presets';

/** Longest text of one's own that is kept in the address, in UTF-16 units. */
export const addressCharsMax = 2_000;

/** What the address of the page says of the text. */
export interface TextAddress {
  readonly preset: string | null; // null: the first one
  readonly text: string | null; //   null: that of the preset
}

/** Where a text is kept: in the address, or beside it where it is too long. */
export interface KeptText {
  readonly address: TextAddress;
  readonly tooLong: string | null;
}

/** The preset that an address names; the first one where it names none that there is. */
export function presetOf({ preset }: Pick<TextAddress, 'preset'>): ScenarioPreset {
  return findPreset(preset ?? '') ?? scenarioPresets[0];
}

/** Chooses where a text is kept: nowhere where it is that of the preset. */
export function keepText(text: string, preset: ScenarioPreset): KeptText {
  const named = preset === scenarioPresets[0] ? null : preset.id;
  if (text === preset.yaml) return { address: { preset: named, text: null }, tooLong: null };
  if (text.length > addressCharsMax) {
    return { address: { preset: named, text: null }, tooLong: text };
  }
  return { address: { preset: named, text }, tooLong: null };
}
