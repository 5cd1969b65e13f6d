import type { ScenarioPreset } from '@/simulations/presets/scenario-preset';
import { type Scenario, scenarioDefaults } from '@/simulations/scenario/scenario';

/** What a text is called as a file: JSON where it begins as such, else YAML. */
export function fileNameOf(text: string): string {
  return /^\s*\{/.test(text) ? 'scenario.json' : 'scenario.yaml';
}

/** Whether a class of a scenario plays imported sessions. */
export function playsObserved({ classes }: Scenario): boolean {
  return Object.values(classes).some(({ program }) => 'kind' in program);
}

/** The command that gives the same numbers in a terminal. */
export function commandOf(
  scenario: Scenario,
  { text, preset }: { readonly text: string; readonly preset: ScenarioPreset },
): string {
  const what = text === preset.yaml ? `--preset ${preset.id}` : fileNameOf(text);
  return `npx plimsoll simulate ${what} --seed ${scenario.seed ?? scenarioDefaults.seed}`;
}
