'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { ScenarioPreset } from '@/simulations/presets/scenario-preset';
import { findPreset } from '@/simulations/presets/scenario-presets';
import { keepText, presetOf } from './scenario-address';

const parsers = { preset: parseAsString, text: parseAsString };

/** The text of the page: that of a preset, or one's own. */
export interface ScenarioText {
  readonly preset: ScenarioPreset;
  readonly text: string;
  readonly isOwn: boolean;
  /** Whether the address gives the same text again; not where it is too long. */
  readonly isInAddress: boolean;
  /** What the address asks for and cannot be had, in words. */
  readonly problem: string | null;
  readonly edit: (text: string) => void;
  readonly open: (preset: ScenarioPreset) => void;
}

/** The scenario that is looked at, kept in the address where it is short enough. */
export function useScenarioText(): ScenarioText {
  const [address, setAddress] = useQueryStates(parsers, { history: 'replace', throttleMs: 400 });
  const [tooLong, setTooLong] = useState<string | null>(null);
  const preset = presetOf(address);
  const text = tooLong ?? address.text ?? preset.yaml;
  const keep = (next: string, of: ScenarioPreset) => {
    const kept = keepText(next, of);
    setTooLong(kept.tooLong);
    void setAddress(kept.address);
  };
  const unknown =
    address.preset !== null && findPreset(address.preset) === undefined ? address.preset : null;
  return {
    preset,
    text,
    isOwn: text !== preset.yaml,
    isInAddress: tooLong === null,
    problem:
      unknown === null
        ? null
        : `There is no preset called ${unknown.slice(0, 80)}; the first one is shown.`,
    edit: (next) => keep(next, preset),
    open: (next) => keep(next.yaml, next),
  };
}
