import { describe, expect, test } from 'vitest';
import { checkScenario } from '@/simulations/check-scenario';
import { Scenario } from '@/simulations/scenario/scenario';
import { type Case, retry, scenarioOf, smallPool, told } from './scenario-text';

const errors: readonly Case[] = [
  {
    because: 'an unknown resource',
    parts: { program: '- use: bd\n  forSec: 1' },
    expected: 'error classes.agent.program.0.use There is no resource `bd`; there are db.',
  },
  {
    because: 'a resource of another kind',
    parts: { program: '- get: db\n  miss: []\n- delay: 1' },
    expected:
      'error classes.agent.program.0.get `get` works with a cache, and `db` is a pool: use `use`, `acquire`, `release`.',
  },
  {
    because: 'an unknown breaker',
    parts: { program: '- attempt: a\n  breaker: b\n  steps: [{ delay: 1 }]' },
    expected: 'error classes.agent.program.0.breaker There is no circuit breaker `b`',
  },
  {
    because: 'an unknown retry budget',
    parts: {
      program: '- attempt: a\n  retry: { attempts: 2, budget: b }\n  steps: [{ delay: 1 }]',
    },
    expected: 'error classes.agent.program.0.retry.budget There is no retry budget `b`',
  },
  {
    because: 'an unknown class of an objective',
    parts: { more: 'slos: [{ measure: responseSec, class: agnt, quantile: 0.95, atMost: 1 }]' },
    expected: 'error slos.0.class There is no class `agnt` in `classes`; there are agent.',
  },
  {
    because: 'an unknown resource of a fault',
    parts: { more: 'faults: [{ atSec: 1, resource: x, outage: true }]' },
    expected: 'error faults.0.resource There is no resource `x`',
  },
  {
    because: 'an unknown label',
    parts: { program: '- delay: 1\n- goTo: start' },
    expected: 'error classes.agent.program.1.goTo There is no label `start`',
  },
  {
    because: 'a label beyond the border of a task',
    parts: { program: '- label: top\n- delay: 1\n- attempt: a\n  steps: [{ goTo: top }]' },
    expected: 'error classes.agent.program.2.steps.0.goTo There is no label `top`',
  },
  {
    because: 'a label twice',
    parts: { program: '- label: a\n- delay: 1\n- label: a' },
    expected: 'error classes.agent.program.2.label The label `a` stands twice',
  },
  {
    because: 'a loop that takes no time',
    parts: { program: '- delay: 1\n- label: a\n- checkpoint: true\n- goTo: a' },
    expected: 'error classes.agent.program.3 This goes round for ever without taking any time',
  },
  {
    because: 'a loop without a way out although it may choose',
    parts: {
      program:
        '- label: a\n- choose:\n    - { weight: 1, steps: [{ goTo: a }] }\n    - { weight: 1, steps: [{ goTo: a }] }',
    },
    expected: 'This goes round for ever without taking any time',
  },
  {
    because: 'agents whose sessions take no time',
    parts: { program: '- checkpoint: true' },
    expected:
      'error classes.agent.arrivals A session of class `agent` takes no time and its agents rest for none',
  },
  {
    because: 'a loop that uses a resource for no time',
    parts: { program: '- delay: 1\n- label: a\n- { use: db, forSec: 0 }\n- delay: 0\n- goTo: a' },
    expected: 'error classes.agent.program.4 This goes round for ever without taking any time',
  },
  {
    because: 'unlimited retries at once while a breaker is open',
    parts: {
      program:
        '- attempt: call\n  breaker: b\n  retry: { attempts: unlimited, on: [circuit_open] }\n  steps: [{ use: db, forSec: 1 }]',
      more: 'breakers: { b: { consecutiveFailures: 3, openSec: 5 } }',
    },
    expected: 'error classes.agent.program.0.retry.attempts',
  },
  {
    because: 'unlimited retries of an attempt that is given up at once',
    parts: { program: retry('').replace('attempt: call', 'attempt: call\n  timeoutSec: 0') },
    expected: 'error classes.agent.program.0.retry.attempts',
  },
  {
    because: 'agents without any step',
    parts: { program: '[]' },
    expected: 'error classes.agent.arrivals A session of class `agent` takes no time',
  },
  {
    because: 'arrivals without gaps',
    parts: { session: 'arrivals: { kind: renewal, gapSec: 0 }' },
    expected:
      'error classes.agent.arrivals.gapSec Sessions of class `agent` arrive without any gap',
  },
  {
    because: 'unlimited retries at once of what can be refused',
    parts: { resources: smallPool, program: retry('') },
    expected:
      'error classes.agent.program.0.retry.attempts Retries of `call` are unlimited and follow at once',
  },
  {
    because: 'unlimited retries with a backoff of zero',
    parts: { resources: smallPool, program: retry(', backoff: { baseSec: 0 }') },
    expected: 'error classes.agent.program.0.retry.attempts',
  },
  {
    because: 'a queue that feeds itself',
    parts: {
      resources: 'q: { kind: queue, workers: 1, program: [{ delay: 1 }, { publish: q }] }',
      program: '- delay: 1\n- publish: q',
    },
    expected: 'error resources.q.program.1.publish Every message of queue `q` publishes another',
  },
  {
    because: 'queues that feed each other',
    parts: {
      resources:
        'a: { kind: queue, workers: 1, program: [{ publish: b }] }\nb: { kind: queue, workers: 1, program: [{ turn: [{ publish: a }] }] }',
      program: '- delay: 1',
    },
    expected: 'error resources.b.program.0.turn.0.publish Every message of queue `b`',
  },
  {
    because: 'more units than slots',
    parts: { program: '- { acquire: db, units: 5 }\n- delay: 1\n- release: db' },
    expected:
      'error classes.agent.program.0.units This session holds 5 slots of `db` at once, and there are 4',
  },
  {
    because: 'a session that needs more slots one by one than there are',
    parts: {
      resources: 'db: { kind: pool, slots: 1 }',
      program: '- acquire: db\n- delay: 1\n- acquire: db',
    },
    expected:
      'error classes.agent.program.2 This session holds 2 slots of `db` at once, and there are 1',
  },
  {
    because: 'a release without an acquisition',
    parts: { program: '- delay: 1\n- release: db' },
    expected: 'error classes.agent.program.1.release `db` is released here and never acquired',
  },
  {
    because: 'an autoscaler that is contradictory',
    parts: {
      resources:
        'db: { kind: pool, slots: 4, autoscaler: { metric: utilization, target: 0.5, min: 5, max: 2 } }',
    },
    expected: 'error resources.db.autoscaler.min',
  },
  {
    because: 'unlimited slots that are shared',
    parts: { resources: 'db: { kind: pool, slots: unlimited, discipline: sharing }' },
    expected: 'error resources.db.discipline Unlimited slots are never shared',
  },
  {
    because: 'an adaptive limit that begins outside of its bounds',
    parts: {
      resources:
        'db: { kind: pool, slots: 4, admission: { adaptiveLimit: { kind: aimd, initial: 9, max: 5 } } }',
    },
    expected: 'error resources.db.admission.adaptiveLimit The adaptive limit starts at 9',
  },
  {
    because: 'a breaker that never opens',
    parts: { more: 'breakers: { b: { openSec: 5 } }' },
    expected: 'error breakers.b This breaker never opens',
  },
  {
    because: 'a breaker that is never closed',
    parts: { more: 'breakers: { b: { openSec: 5, failureRate: 0 } }' },
    expected: 'error breakers.b.failureRate A failure rate of 0',
  },
  {
    because: 'more cached tokens than prompt',
    parts: {
      resources: 'p: { kind: provider, baseSec: 1 }',
      program:
        '- { model: p, promptTokens: 100, cachedTokens: 80, cacheWriteTokens: 30, outputTokens: 5 }',
    },
    expected:
      'error classes.agent.program.0 110 tokens at least are read from and written to cache, and the prompt has 100',
  },
  {
    because: 'a cache that waits for itself',
    parts: {
      resources: 'c: { kind: cache, singleFlight: true }',
      program: '- get: c\n  miss:\n    - delay: 1\n    - get: c\n      miss: []',
    },
    expected: 'error classes.agent.program.0.miss.1.get A miss of `c` asks `c` again',
  },
  {
    because: 'an unknown preset of a provider',
    parts: { resources: 'p: { kind: provider, preset: nobody }', program: '- delay: 1' },
    expected: 'error resources.p.preset There is no provider preset `nobody`; there are ',
  },
  {
    because: 'a warm-up that leaves nothing',
    parts: { more: 'warmUp: { sec: 1000 }' },
    expected: 'error warmUp.sec The warm-up of 1000 s leaves nothing',
  },
];

describe('checkScenario', () => {
  test('has nothing to say of a sound scenario', () => {
    expect(told(scenarioOf({}))).toEqual([]);
  });

  test.each(errors)('refuses $because', ({ parts, expected }) => {
    const issues = told(scenarioOf(parts));
    expect(issues.join('\n')).toContain(expected);
    expect(issues.some((one) => one.startsWith('error'))).toBe(true);
  });

  test('asks for imported sessions where there are none to play', () => {
    const scenario = Scenario.parse({
      plimsoll: 1,
      name: 'Observed',
      horizonSec: 10,
      resources: {},
      classes: { a: { arrivals: { kind: 'closed', agents: 1 }, program: { kind: 'observed' } } },
    });
    expect(checkScenario(scenario)).toEqual([]);
    expect(checkScenario(scenario, { hasWorkload: true })).toEqual([]);
    expect(checkScenario(scenario, { hasWorkload: false })).toMatchObject([
      { severity: 'error', path: ['classes', 'a', 'program'] },
    ]);
  });
});
