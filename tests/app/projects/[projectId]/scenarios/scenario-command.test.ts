import { expect, test } from 'vitest';
import {
  commandOf,
  fileNameOf,
  playsObserved,
} from '@/app/projects/[projectId]/scenarios/scenario-command';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { scenarioPresets } from '@/simulations/presets/scenario-presets';
import type { Scenario } from '@/simulations/scenario/scenario';

const [preset] = scenarioPresets;
const projectName = 'Desk';

function read(text: string): Scenario {
  const parsed = parseScenarioFile(text);
  if (parsed.kind === 'issues') throw new Error(parsed.issues[0].message);
  return parsed.scenario;
}

test('a preset is run by its name, and a text of one’s own as the file that it is saved to', () => {
  const scenario = read(preset.yaml);
  expect(commandOf(scenario, { text: preset.yaml, preset, projectName })).toBe(
    `npx plimsoll simulate --preset ${preset.id} --seed 1`,
  );
  const own = `${preset.yaml}seed: 7\n`;
  expect(commandOf(read(own), { text: own, preset, projectName })).toBe(
    'npx plimsoll simulate scenario.yaml --seed 7',
  );
  expect(fileNameOf(' {"plimsoll": 1}')).toBe('scenario.json');
});

test('a scenario plays imported sessions where a class says so', () => {
  const observed = {
    arrivals: { kind: 'closed', agents: 3 },
    program: { kind: 'observed' },
  } as const;
  const scenario = read(preset.yaml);
  expect(playsObserved(scenario)).toBe(false);
  const played = { ...scenario, classes: { ...scenario.classes, observed } };
  expect(playsObserved(played)).toBe(true);
  expect(commandOf(played, { text: '', preset, projectName: "Ann's; rm" })).toBe(
    "npx plimsoll simulate scenario.yaml --project 'Ann'\\''s; rm' --seed 1",
  );
});
