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

interface CommandParts {
  readonly text: string;
  readonly preset: ScenarioPreset;
  readonly projectName: string;
}

/** The command that gives the same numbers in a terminal. */
export function commandOf(scenario: Scenario, { text, preset, projectName }: CommandParts): string {
  const what = text === preset.yaml ? `--preset ${preset.id}` : fileNameOf(text);
  const sessions = playsObserved(scenario) ? ` --project ${quote(projectName)}` : '';
  const seed = scenario.seed ?? scenarioDefaults.seed;
  return `npx plimsoll simulate ${what}${sessions} --seed ${seed}`;
}

/** A name as a shell takes it whatever it holds. */
function quote(name: string): string {
  return `'${name.replaceAll("'", "'\\''")}'`;
}
