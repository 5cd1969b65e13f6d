import { expect, test } from 'vitest';
import { describeHead } from '@/app/projects/[projectId]/scenarios/scenario-head';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { scenarioPresets } from '@/simulations/presets/scenario-presets';

const [preset] = scenarioPresets;
const finding = {
  headline: 'All objectives hold',
  lede: 'The database is busiest.',
  tone: 'go',
  word: 'Holds',
} as const;

function read(text: string) {
  const parsed = parseScenarioFile(text);
  return parsed.kind === 'scenario'
    ? { scenario: parsed.scenario, issues: parsed.warnings }
    : { scenario: null, issues: parsed.issues };
}

const sound = read(preset.yaml);
const name = sound.scenario?.name ?? 'none';

test('the verdict stands while the text is the one that was run', () => {
  const head = describeHead({ read: sound, finding, isChanged: false, isRunning: false });
  expect(head).toEqual({
    status: { tone: 'go', word: 'Holds' },
    title: 'All objectives hold',
    lede: 'The database is busiest.',
  });
});

test('a changed text takes the verdict from the badge and the heading', () => {
  const head = describeHead({ read: sound, finding, isChanged: true, isRunning: false });
  expect(head.status).toEqual({ tone: 'unknown', word: 'Changed since the run' });
  expect(head.title).toBe(`Changed since the run: ${name}`);
  expect(head.lede).toBe('The results below are of the text as it was run: All objectives hold.');
});

test.each([
  ['', 'emptied'],
  [preset.yaml.replace('plimsoll: 1', 'plimsoll: one'), 'mistaken'],
])('a text that cannot be run says so after a run as before one (%#: %s)', (text) => {
  const parts = { read: read(text), isChanged: true, isRunning: false };
  const before = describeHead({ ...parts, finding: null });
  const after = describeHead({ ...parts, finding });
  expect(before).toMatchObject({
    status: null,
    title: expect.stringMatching(/^The scenario cannot be run/),
  });
  expect(after.title).toBe(before.title);
  expect(after.status).toEqual({ tone: 'unknown', word: 'Changed since the run' });
  expect(after.lede).toContain(before.lede);
});

test('before the first run the scenario is named, and no verdict is given', () => {
  const parts = { read: sound, finding: null, isChanged: true };
  const waiting = describeHead({ ...parts, isRunning: false });
  expect(waiting).toMatchObject({ status: null, title: name });
  expect(waiting.lede).toMatch(/^Not run yet\./);
  expect(describeHead({ ...parts, isRunning: true }).lede).toBe('Simulating in this browser.');
});
