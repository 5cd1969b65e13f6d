import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftScenario } from '@/lib/scenarios/draft-scenario';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { defaultSystemDescription, type SystemDescription } from '@/lib/system/system-description';
import { countProviders } from '@/lib/workload/count-providers';
import { fitArrivals } from '@/lib/workload/fit-arrivals';
import { lowerSessions } from '@/lib/workload/lower-sessions';
import { measureConcurrency } from '@/lib/workload/measure-concurrency';
import type { WorkloadModel } from '@/lib/workload/workload-model';
import { runScenario } from '@/simulations/run-scenario';
import { callRow } from '../sessions/rows';
import { hasSharedData, readCalls, sharedPath } from '../traces/expected-figures';

const system: SystemDescription = defaultSystemDescription;

/** What the API answers about the sessions of these calls, and the workload that they are. */
function workloadOf(rows: readonly PricedCallRow[], described = system) {
  const set = groupCalls(rows, new Set(rows.map(({ sessionId }) => sessionId)).size);
  const model = lowerSessions(set, described.pool);
  const spans = set.sessionIds.map((_, session) => {
    const of = rows.filter(({ sessionId }) => sessionId === set.sessionIds[session]);
    const known = of.filter(({ startMs }) => startMs !== null);
    const starts = known.map(({ startMs }) => startMs ?? 0);
    return [Math.min(...starts), Math.max(...known.map((row) => row.endMs ?? row.startMs ?? 0))];
  });
  const startMs = Float64Array.from(spans, ([start]) => start);
  const endMs = Float64Array.from(spans, ([, end]) => end);
  const arrivals = fitArrivals(startMs, measureConcurrency(startMs, endMs));
  return { model, workload: { ...plain(model), arrivals, providers: countProviders(set) } };
}

function plain({ firstOp, op, durationSec, tokens, basis }: WorkloadModel) {
  return {
    firstOp: Array.from(firstOp),
    op: Array.from(op),
    durationSec: Array.from(durationSec),
    ...(tokens === undefined ? {} : { tokens }),
    basis,
  };
}

/** Sessions of two calls each, a minute apart, of providers in turn. */
function sessionRows(count: number, providers: readonly (string | null)[], startMs = 1.7e12) {
  return Array.from({ length: count }, (_, session) =>
    [0, 1].map((call) =>
      callRow({
        sessionId: String(session).padStart(4, '0'),
        turnIndex: call,
        providerName: providers[session % providers.length],
        startMs: startMs + 60_000 * session + 10_000 * call,
        endMs: startMs + 60_000 * session + 10_000 * call + 3_000,
        inputFresh: 1_000,
        output: 100,
      }),
    ),
  ).flat();
}

/** Parses a text that must have nothing to be said against it. */
function read(yaml: string) {
  const parsed = parseScenarioFile(yaml);
  if (parsed.kind === 'issues') throw new Error(`${yaml}\n${JSON.stringify(parsed.issues)}`);
  expect(parsed.warnings).toEqual([]);
  return parsed.scenario;
}

describe('the scenario drafted from a project', () => {
  test('plays its sessions on its pool and its provider, at the arrivals of the traces', () => {
    const { workload, model } = workloadOf(sessionRows(30, ['anthropic']));
    const { scenario, yaml } = draftScenario({ projectName: 'Support', system, workload });
    expect(scenario).toMatchObject({
      resources: {
        'Database pool': { kind: 'pool', slots: 20, acquireTimeoutSec: 30 },
        anthropic: { kind: 'provider' },
      },
      classes: {
        agent: {
          arrivals: { kind: 'renewal', gapSec: 60 },
          program: {
            query: 'Database pool',
            hold: 'turn',
            model: 'anthropic',
            retry: { attempts: 3 },
          },
        },
      },
      slos: [{ measure: 'waitSec', resource: 'Database pool', quantile: 0.95, atMost: 1 }],
    });
    expect(read(yaml)).toEqual(scenario);
    const outcome = runScenario(read(yaml), { workload: model });
    const [agent] = outcome.classes;
    expect(agent.name).toBe('agent');
    // 200 sessions, one a minute, round up to whole hours.
    expect(scenario.horizonSec).toBe(4 * 3_600);
    // Each makes two calls in two turns, which hold one connection each.
    const resources = new Map(outcome.resources.map((one) => [one.name, one]));
    for (const name of ['anthropic', 'Database pool']) {
      expect(resources.get(name)?.requestsPerSec.mean, name).toBeCloseTo(2 / 60, 3);
    }
  });

  test('takes the planned peak where there is one, and keeps the arrivals as a comment that runs', () => {
    const { workload } = workloadOf(sessionRows(30, ['anthropic']));
    const planned = { ...system, plannedPeakAgents: 40 };
    const { scenario, yaml } = draftScenario({ projectName: 'P', system: planned, workload });
    expect(scenario.classes.agent.arrivals).toEqual({ kind: 'closed', agents: 40 });
    expect(scenario.warmUp).toEqual({ sec: expect.any(Number) });
    expect(yaml).toContain('# Left out: all agents start at once.');
    expect(yaml).toContain('at most 1 session was in progress at once');
    const kept = /^ *# (arrivals: \{.*\})$/m.exec(yaml)?.[1] ?? '';
    const other = yaml.replace(/ {4}arrivals:\n(?: {6}.*\n)+/, `    ${kept}\n`);
    expect(read(other).classes.agent.arrivals).toEqual({ kind: 'renewal', gapSec: 60 });
  });

  test('leaves out a pool that nothing queries and a provider without token counts', () => {
    const described = { ...system, pool: { ...system.pool, assumedQueriesPerTurn: 0 } };
    const rows = sessionRows(12, [null]).map((row) => ({ ...row, inputFresh: null, output: null }));
    const { workload, model } = workloadOf(rows, described);
    const { scenario, yaml } = draftScenario({ projectName: 'P', system: described, workload });
    expect(scenario.resources).toEqual({});
    expect(scenario.classes.agent.program).toEqual({ kind: 'observed' });
    expect(scenario.slos).toBeUndefined();
    expect(read(yaml)).toEqual(scenario);
    expect(runScenario(scenario, { workload: model }).classes).toHaveLength(1);
  });

  test('says where the numbers come from', () => {
    const { workload } = workloadOf(sessionRows(30, ['anthropic', 'openai', 'anthropic']));
    const { yaml } = draftScenario({ projectName: 'P', system, workload });
    const said = yaml.replaceAll(/\n *# /g, ' ');
    expect(said).toContain('Drafted from the traces of P: 30 of 30 sessions.');
    expect(said).toContain('2 queries of 0.05 s a turn are assumed');
    expect(said).toMatch(/calls to 2 providers \(anthropic 66\.7\s%, openai 33\.3\s%\)/);
    expect(said).toContain('anthropic/tier-1/sonnet-4');
    expect(said).toContain('30 sessions started within 29:00');
    expect(said).toContain('The target of the project: 95 % of waits are at most 1 s.');
    for (const line of yaml.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  test('waits without limit have no timeout', () => {
    const described = { ...system, pool: { ...system.pool, acquireTimeoutSec: null } };
    const { workload } = workloadOf(sessionRows(12, ['a']));
    const { yaml } = draftScenario({ projectName: 'P', system: described, workload });
    expect(yaml).toContain('waits have no limit');
    expect(read(yaml).resources['Database pool']).toEqual({ kind: 'pool', slots: 20 });
  });
});

describe('traces without durations', () => {
  const untimed = (rows: readonly PricedCallRow[]) => rows.map((row) => ({ ...row, endMs: null }));

  test('give the provider a latency by tokens that the draft marks as a placeholder', () => {
    const { workload, model } = workloadOf(untimed(sessionRows(12, ['anthropic'])));
    const { scenario, yaml } = draftScenario({ projectName: 'P', system, workload });
    expect(scenario.resources.anthropic).toEqual({
      kind: 'provider',
      baseSec: 1.5,
      decodeSecPerToken: 0.02,
    });
    const said = yaml.replaceAll(/\n *# /g, ' ');
    expect(said).toContain(
      'PLACEHOLDER: no durations are recorded; 1.5 s + 0.02 s per output token',
    );
    expect(said).not.toContain('medians are taken');
    expect(said).not.toContain('take the time');
    expect(read(yaml)).toEqual(scenario);
    // Two calls of 100 output tokens take 3.5 s each, above what was recorded of the rest.
    const recordedSec = workload.durationSec.reduce((sum, sec) => sum + sec, 0) / 12;
    const [agent] = runScenario({ ...scenario, replications: 10 }, { workload: model }).classes;
    expect(agent.responseSec.mean.mean).toBeCloseTo(recordedSec + 7, 1);
  });

  test('are refused in a sentence where no output tokens are recorded either', () => {
    const rows = untimed(sessionRows(12, ['a'])).map((row) => ({ ...row, output: null }));
    const { workload } = workloadOf(rows);
    expect(() => draftScenario({ projectName: 'P', system, workload })).toThrow(
      /^No scenario can be drafted: the traces record neither/,
    );
  });

  test('are refused where nothing at all takes time', () => {
    const described = { ...system, pool: { ...system.pool, assumedQueriesPerTurn: 0 } };
    const rows = untimed(sessionRows(3, ['a'])).map((row) => ({ ...row, startMs: null }));
    const { workload } = workloadOf(rows, described);
    expect(() => draftScenario({ projectName: 'P', system: described, workload })).toThrow(
      /nothing in the traces takes any time/,
    );
  });
});

test('names of any kind give a file that reads back as the same scenario', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
    fc.constantFrom('constructor', '__proto__', 'null', '1', '# x', 'a: b\nc', 'Database pool'),
  );
  fc.assert(
    fc.property(name, name, name, (projectName, poolName, provider) => {
      const described = { ...system, pool: { ...system.pool, name: poolName } };
      const { workload } = workloadOf(sessionRows(3, [provider, null]), described);
      const { scenario, yaml } = draftScenario({ projectName, system: described, workload });
      expect(read(yaml)).toEqual(scenario);
      expect(Object.keys(scenario.resources)).toHaveLength(2);
    }),
    { numRuns: 30 },
  );
});

test.skipIf(!hasSharedData)('the draft of real sessions parses and runs', async () => {
  const path = sharedPath('traces', 'tracelab-examples', 'derived', 'round_trace.jsonl');
  const { calls } = await readCalls([path]);
  const rows = calls
    .map((call) =>
      callRow({
        sessionId: call.sessionId ?? '',
        kind: call.kind,
        providerName: call.providerName,
        turnIndex: call.turnIndex,
        startMs: call.startMs,
        endMs: call.endMs,
        ...(call.usage ?? { inputFresh: null, output: null }),
      }),
    )
    .toSorted(
      (a, b) => a.sessionId.localeCompare(b.sessionId) || (a.startMs ?? 0) - (b.startMs ?? 0),
    );
  const { workload, model } = workloadOf(rows);
  const { scenario, yaml } = draftScenario({ projectName: 'TraceLab', system, workload });
  expect(read(yaml)).toEqual(scenario);
  const outcome = runScenario({ ...read(yaml), replications: 10 }, { workload: model });
  expect(outcome.classes[0].name).toBe('agent');
  expect(Object.values(scenario.resources).map(({ kind }) => kind)).toEqual(['pool', 'provider']);
});
