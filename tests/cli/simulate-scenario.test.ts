import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { outcomeLines } from '@/lib/cli/print-scenario-outcome';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { scenarioJsonSchema } from '@/lib/scenarios/scenario-json-schema';
import { findPreset, scenarioPresets } from '@/simulations/presets/scenario-presets';
import { runScenario } from '@/simulations/run-scenario';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { KeptText } from './kept-text';
import { runCaptured } from './run-captured';

const text = `plimsoll: 1
name: Small pool
horizonSec: 600
replications: 10
warmUp: none
probeSec: [300]
resources:
  database: { kind: pool, slots: 2, acquireTimeoutSec: 5 }
classes:
  agent:
    arrivals: { kind: closed, agents: 6, restSec: { law: exponential, mean: 4 } }
    deadlineSec: 60
    program:
      - turn:
          - attempt: query
            retry: { attempts: 2, delaySec: 1 }
            steps:
              - use: database
                forSec: { law: exponential, mean: 2 }
slos:
  - { measure: failureShare, class: agent, atMost: 0.5 }
`;

/** The scenario that a text describes. */
function read(scenarioText: string) {
  const parsed = parseScenarioFile(scenarioText);
  if (parsed.kind === 'issues') throw new Error(JSON.stringify(parsed.issues));
  return parsed.scenario;
}

describe('plimsoll simulate with a scenario', () => {
  let root: TestRoot;
  let path: string;

  beforeAll(async () => {
    root = await openTestRoot({ 'scenario-worker': 'lib/jobs/scenario-worker.ts' });
    path = join(root.dir, 'scenario.yaml');
    writeFileSync(path, text);
  });
  afterAll(() => root.remove());

  test('prints a table for each class, resource and attempt, with intervals', async () => {
    const stderr = new KeptText(true);
    const { code, stdout } = await runCaptured(['simulate', path], { stderr });
    expect(stderr.text).toContain('Simulating: 10 of 10 replications');
    expect(code).toBe(exitCode.ok);
    expect(stdout).toMatch(
      /^Small pool\n10 replications of 10:00; nothing is left out as warm-up; [\d,]+ events\.\n/,
    );
    expect(stdout).toMatch(
      /Share of agent sessions that fail at most 0\.5 +holds +\S*\s?[\d.]+\s% .* to .*\s%\n/,
    );
    expect(stdout).toMatch(/\nClass agent +mean +95 % interval\n/);
    expect(stdout).toMatch(/\n {2}Within the deadline per second +[\d.]+ +[\d.]+ to [\d.]+\n/);
    expect(stdout).toMatch(/\nPool database +mean +95 % interval\n {2}Utilisation +\d+(\.\d)?\s%/);
    expect(stdout).toMatch(/\n {2}Session time, of those that succeeded, P95 +[\d.]+\ss /);
    expect(stdout).toMatch(/\nAttempts of query +mean/);
    expect(stdout).toMatch(/attempt failed: acquire timeout, per second/);
    expect(stdout).toMatch(/\nUnder way, mean +agent +database\n {2}at 5:00 /);
  });

  test('gives the same numbers as the engine in one thread, as JSON', async () => {
    const { code, stdout } = await runCaptured(['simulate', path, '--json']);
    expect(code).toBe(exitCode.ok);
    const { warnings, ...outcome } = JSON.parse(stdout);
    expect(warnings).toEqual([]);
    expect(outcome).toEqual(JSON.parse(JSON.stringify(runScenario(read(text)))));
  });

  test('takes seed, replications and horizon from the command line', async () => {
    const options = ['--seed', '7', '--replications', '12', '--until', '60'];
    const { stdout } = await runCaptured(['simulate', path, '--json', ...options]);
    expect(JSON.parse(stdout)).toMatchObject({
      scenario: { seed: 7, replications: 12, horizonSec: 60 },
      replications: 12,
      simulatedSec: 60,
    });
  });

  test('tells every mistake with its line, and runs nothing', async () => {
    const bad = join(root.dir, 'bad.yaml');
    writeFileSync(
      bad,
      text.replace('slots: 2', 'slots: 0').replace('use: database', 'use: databse'),
    );
    const told = await runCaptured(['simulate', bad]);
    expect(told.code).toBe(exitCode.error);
    expect(told.stdout).toBe('');
    expect(told.stderr).toContain(
      'Line 8: `slots` of resource `database` is 0; it must be at least 1.\n',
    );
    expect(told.stderr).toMatch(/plimsoll: .*bad\.yaml cannot be run\.\n$/);
    writeFileSync(bad, text.replace('use: database', 'use: databse'));
    const { code, stdout } = await runCaptured(['simulate', bad, '--json']);
    expect(code).toBe(exitCode.error);
    const { error } = JSON.parse(stdout);
    expect(error.code).toBe('invalid_input');
    expect(error.message).toContain('Line 18: There is no resource `databse`; there are database.');
  });

  test('warns first, and names the line', async () => {
    const warned = join(root.dir, 'warned.yaml');
    writeFileSync(warned, `${text}faults:\n  - { resource: database, atSec: 900, outage: true }\n`);
    const { code, stderr } = await runCaptured(['simulate', warned, '--until', '30']);
    expect(code).toBe(exitCode.ok);
    expect(stderr).toMatch(/^Warning: Line 23: This fault begins at 900 s/);
  });

  test('is interrupted without a result', async () => {
    const signal = AbortSignal.abort();
    const { code, stdout } = await runCaptured(['simulate', path], { signal });
    expect(code).toBe(exitCode.interrupted);
    expect(stdout).toBe('');
  });

  test('ends a run that is under way when it is interrupted', async () => {
    const interruption = new AbortController();
    const run = runCaptured(['simulate', path, '--until', '1e9', '--replications', '10000'], {
      signal: interruption.signal,
    });
    setImmediate(() => interruption.abort());
    expect(await run).toMatchObject({ code: exitCode.interrupted, stdout: '' });
  });
});

describe('without a run, plimsoll simulate', () => {
  test('lists the presets', async () => {
    const { stdout } = await runCaptured(['simulate', '--list-presets']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(scenarioPresets.length);
    const listed = JSON.parse((await runCaptured(['simulate', '--list-presets', '--json'])).stdout);
    expect(listed[0]).toMatchObject({ id: scenarioPresets[0].id, title: scenarioPresets[0].title });
  });

  test('explains a preset by its text, which runs as a file does', async () => {
    const { stdout, code } = await runCaptured([
      'simulate',
      '--preset',
      'retry-storm',
      '--explain',
    ]);
    expect(code).toBe(exitCode.ok);
    expect(stdout).toBe(findPreset('retry-storm')?.yaml);
  });

  test('prints the JSON Schema that is published', async () => {
    const { stdout } = await runCaptured(['simulate', '--schema']);
    expect(JSON.parse(stdout)).toEqual(scenarioJsonSchema());
    const published = readFileSync('public/scenario.schema.json', 'utf8');
    expect(JSON.parse(published)).toEqual(JSON.parse(stdout));
  });

  test('follows one session step by step', async () => {
    const options = ['--preset', 'pool-exhaustion', '--until', '600', '--trace-session', '2'];
    const { stdout, code } = await runCaptured(['simulate', ...options]);
    expect(code).toBe(exitCode.ok);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('Session 2 of class agent, seed 1');
    expect(lines[1]).toMatch(/^ *[\d.]+ s +starts$/);
    expect(lines.join('\n')).toMatch(/holds `database`.*gives `database` back.*ends well$/s);
    const { steps } = JSON.parse((await runCaptured(['simulate', ...options, '--json'])).stdout);
    const times = steps.map(({ timeSec }: { timeSec: number }) => timeSec);
    expect(times).toEqual(times.toSorted((a: number, b: number) => a - b));
  });

  test.each([
    [['nowhere.yaml'], 'There is no file nowhere.yaml.', exitCode.error],
    [['--preset', 'nothing'], "There is no preset 'nothing'", exitCode.usage],
    [['--preset', 'retry-storm', 'a.yaml'], 'both name a scenario', exitCode.usage],
    [['a.yaml', 'b.yaml'], "simulate runs one scenario; got 'b.yaml', too.", exitCode.usage],
    [['a.yaml', '--draft', '--project', 'P'], '--draft writes a scenario', exitCode.usage],
    [['--draft'], '--project NAME is needed', exitCode.usage],
    [['a.yaml', '--slots', '4'], "--slots is of a project's pool", exitCode.usage],
    [['--until', '5'], '--until is of a scenario', exitCode.usage],
    [['--explain'], 'The file of a scenario is needed', exitCode.usage],
    [
      ['--preset', 'eight-servers', '--replications', '2'],
      '--replications takes a number from 10',
      exitCode.usage,
    ],
    [
      ['--preset', 'eight-servers', '--trace-session', '1', '--class', 'x'],
      '--class takes customer',
      exitCode.usage,
    ],
    [
      ['--preset', 'eight-servers', '--until', '1', '--trace-session', '99'],
      'Fewer than 99 sessions of customer start.',
      exitCode.error,
    ],
  ])('refuses %j in a sentence', async (args, sentence, expected) => {
    const { code, stdout, stderr } = await runCaptured(['simulate', ...args]);
    expect(stderr).toContain(sentence);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  });
});

describe('what a scenario showed', () => {
  const outcome = runScenario({ ...read(text), horizonSec: 60 });

  test('begins with a stated stop', () => {
    const stopped = { ...outcome, simulatedSec: 30, stopReason: 'Stopped after 5 events.' };
    expect(outcomeLines(stopped).join('\n')).toMatch(
      /\n\nStopped at 30\.0\ss of 1:00: Stopped after 5 events\. The numbers are of what was measured so far\.\n/,
    );
  });

  test('says nothing of a warm-up only where there is one', () => {
    const cut = outcomeLines({ ...outcome, warmUpSec: 30 }).join('\n');
    expect(cut).toContain('of which the first 30.0\u00a0s are left out as warm-up');
    expect(cut).not.toContain('nothing is left out');
  });

  test('marks times of sessions as lower bounds while many are not over', () => {
    const share = (mean: number) => ({
      mean,
      interval95: [mean, mean] as [number, number],
      replications: 10,
    });
    const withUnfinished = (mean: number) =>
      outcomeLines({
        ...outcome,
        classes: outcome.classes.map((one) => ({ ...one, unfinishedShare: share(mean) })),
      }).join('\n');
    const told =
      /12\s% of the sessions of agent were not over at the end: their times are lower bounds; simulate longer \(horizonSec\)\./;
    expect(withUnfinished(0.12)).toMatch(told);
    expect(withUnfinished(0.12)).toMatch(
      /Session time, of those that succeeded, P95 +≥\s[\d.]+\ss/,
    );
    expect(withUnfinished(0.01)).not.toContain('lower bounds');
    expect(withUnfinished(0.01)).not.toContain('≥');
  });

  test('judges times in seconds, and says of how many of them where it is too few', () => {
    const [slo] = outcome.slos;
    const objective = { measure: 'turnSec', class: 'agent', quantile: 0.95, atMost: 20 } as const;
    const lines = outcomeLines({
      ...outcome,
      scenario: { ...outcome.scenario, slos: [objective] },
      slos: [
        {
          ...slo,
          text: 'P95 turn time of agent at most 20 s',
          observed: { mean: 12.2, interval95: [11, 13], replications: 10 },
          holds: null,
          coverage: { of: 'turns that ended', share: 0.472 },
        },
      ],
    });
    expect(lines.join('\n')).toMatch(
      /at most 20 s +undecided +12\.2\ss +11\.0\ss to 13\.0\ss +of the turns that ended: 47\.2\s%\n/,
    );
  });

  test('says in words that a queue grows', () => {
    const growthPerSec = {
      mean: 0.4,
      interval95: [0.3, 0.5] as [number, number],
      replications: 10,
    };
    const overload = { growthPerSec, secondsToOneWaiterPerSlot: 120 };
    const resources = outcome.resources.map((one) => ({ ...one, overload }));
    expect(outcomeLines({ ...outcome, resources }).join('\n')).toContain(
      'Overloaded: the queue of database grows to the end, by 0.4 waiters a second; from empty it takes 2:00 to one waiter per slot.',
    );
  });

  test('says in words that runs end in two states', () => {
    const endStates = {
      collapsed: 3,
      of: 4,
      interval95: [0.3, 0.95] as [number, number],
      recoveredShare: 0.25,
    };
    const classes = outcome.classes.map((one) => ({ ...one, endStates }));
    expect(outcomeLines({ ...outcome, classes }).join('\n')).toMatch(
      /Two end states: 3 of 4 replications .* is 75\s% \(30\s% to 95\s%\)\. Of those that were down before, 25\s% came back\./,
    );
  });

  test('is no number where nothing was observed', () => {
    const nothing = { mean: 0, interval95: [0, 0] as [number, number], replications: 0 };
    const classes = outcome.classes.map((one) => ({ ...one, failureShare: nothing }));
    expect(outcomeLines({ ...outcome, classes }).join('\n')).toMatch(/Failed +not observed +—/);
  });
});
