import { describe, expect, test } from 'vitest';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { checkScenario } from '@/simulations/check-scenario';
import { Scenario } from '@/simulations/scenario/scenario';

const pool = 'db: { kind: pool, slots: 4 }';
const closed = 'arrivals: { kind: closed, agents: 3 }';
const work = '- use: db\n  forSec: 1';

function indent(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}

/** A scenario of one class, out of texts of its parts. */
function scenarioOf(parts: {
  readonly resources?: string;
  readonly session?: string;
  readonly program?: string;
  readonly more?: string;
}): string {
  const { resources = pool, session = closed, program = work, more = '' } = parts;
  return `plimsoll: 1
name: Example
horizonSec: 1000
resources:
${indent(resources, 2)}
classes:
  agent:
${indent(session, 4)}
    program:
${indent(program, 6)}
${more}
`;
}

/** What a scenario is told: severity, path and sentence of each issue. */
function told(text: string): string[] {
  const result = parseScenarioFile(text);
  const issues = result.kind === 'issues' ? result.issues : result.warnings;
  return issues.map(({ severity, path, message }) => `${severity} ${path} ${message}`);
}

interface Case {
  readonly because: string;
  readonly parts: Parameters<typeof scenarioOf>[0];
  readonly expected: string;
}

const retry = (rest: string, steps = '- { use: db, forSec: 1 }') =>
  `- attempt: call\n  retry: { attempts: unlimited${rest} }\n  steps:\n    ${steps}`;
const smallPool = 'db: { kind: pool, slots: 4, admission: { maxWaiting: 0 } }';
const open = 'arrivals: { kind: poisson, ratePerSec: 1 }';

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
    expected: 'error classes.agent.program.0.label The label `a` stands twice',
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

const warnings: readonly Case[] = [
  {
    because: 'overload of an open class',
    parts: { session: 'arrivals: { kind: poisson, ratePerSec: 5 }' },
    expected:
      'warning resources.db The open load keeps 5 slots of `db` busy, and it has 4: at 125 %',
  },
  {
    because: 'overload through loops and choices',
    parts: {
      session: open,
      program:
        '- label: a\n- use: db\n  forSec: 1\n- choose:\n    - { weight: 9, steps: [{ goTo: a }] }\n    - { weight: 1, steps: [] }',
    },
    expected: 'The open load keeps 10 slots of `db` busy',
  },
  {
    because: 'overload through the workers of a queue',
    parts: {
      session: open,
      resources: `${pool}\nq: { kind: queue, workers: 9, program: [{ repeat: 3, steps: [{ use: db, forSec: 2 }] }] }`,
      program: '- delay: 1\n- publish: q',
    },
    expected: 'The open load keeps 6 slots of `db` busy',
  },
  {
    because: 'unlimited retries at once of what takes time to fail',
    parts: { program: retry('') },
    expected: 'warning classes.agent.program.0.retry.attempts Retries of `call` are unlimited',
  },
  {
    because: 'agents that can block one another',
    parts: {
      program: '- acquire: db\n- delay: 1\n- acquire: db\n- release: db',
      session: 'arrivals: { kind: closed, agents: 4 }',
    },
    expected:
      'warning classes.agent.program.2 4 agents that each hold 2 slots of `db` can block one another for ever: 5 slots or more are safe',
  },
  {
    because: 'open sessions that can block one another',
    parts: {
      program: '- acquire: db\n- delay: 1\n- acquire: db\n- release: db',
      session: 'arrivals: { kind: poisson, ratePerSec: 0.1 }',
    },
    expected: 'with more than 3 sessions at once they can block one another',
  },
  {
    because: 'two pools in two orders',
    parts: {
      resources: `${pool}\nother: { kind: pool, slots: 4 }`,
      program:
        '- choose:\n    - weight: 1\n      steps: [{ acquire: db }, { use: other, forSec: 1 }, { release: db }]\n    - weight: 1\n      steps: [{ acquire: other }, { use: db, forSec: 1 }, { release: other }]',
    },
    expected: 'sessions can block one another for ever. Take both in one order.',
  },
  {
    because: 'a breaker that stays open to the end',
    parts: { more: 'breakers: { b: { openSec: 1000, consecutiveFailures: 5 } }' },
    expected: 'warning breakers.b.openSec This breaker never closes again',
  },
  {
    because: 'a fault after the end',
    parts: { more: 'faults: [{ atSec: 1000, resource: db, outage: true }]' },
    expected: 'warning faults.0.atSec This fault begins at 1000 s',
  },
  {
    because: 'a fault without an effect',
    parts: { more: 'faults: [{ atSec: 1, resource: db }]' },
    expected: 'warning faults.0 This fault does nothing',
  },
  {
    because: 'a spike after the end',
    parts: {
      session: 'arrivals: { kind: spike, basePerSec: 1, peakPerSec: 2, atSec: 2000, forSec: 5 }',
    },
    expected: 'warning classes.agent.arrivals.atSec The spike begins at 2000 s',
  },
  {
    because: 'a deadline that no session keeps',
    parts: {
      session: `${closed}\ndeadlineSec: 2`,
      program: '- use: db\n  forSec: 1.5\n- delay: { law: uniform, min: 1, max: 9 }',
    },
    expected:
      'warning classes.agent.deadlineSec No session of class `agent` can keep its deadline of 2 s: the fastest takes 2.5 s.',
  },
  {
    because: 'a timeout that every attempt meets',
    parts: { program: '- attempt: call\n  timeoutSec: 2\n  steps: [{ use: db, forSec: 3 }]' },
    expected:
      'warning classes.agent.program.0.timeoutSec Every attempt of `call` times out: it is given 2 s at most, and takes at least 3 s.',
  },
  {
    because: 'equal priorities',
    parts: { resources: 'db: { kind: pool, slots: 4, discipline: priority }' },
    expected: 'warning resources.db.discipline All classes have the same priority',
  },
  {
    because: 'more workers than partitions',
    parts: {
      resources: `${pool}\nq: { kind: queue, workers: 1, partitions: 3, program: [], autoscaler: { metric: waitingPerReplica, target: 5, min: 1, max: 9 } }`,
    },
    expected: 'warning resources.q.autoscaler.max 9 workers share 3 partitions',
  },
  {
    because: 'a class that never starts',
    parts: { session: 'arrivals: { kind: poisson, ratePerSec: 0 }' },
    expected: 'warning classes.agent.arrivals No session of class `agent` ever starts',
  },
  {
    because: 'a limiter that is asked more than it lets through',
    parts: {
      session: open,
      resources: 'door: { kind: limiter, ratePerSec: 0.5, burst: 1, onLimit: wait }',
      program: '- use: door\n  forSec: 0',
    },
    expected: 'warning resources.door 1 sessions a second ask `door`',
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

  test.each(warnings)('warns of $because', ({ parts, expected }) => {
    const issues = told(scenarioOf(parts));
    expect(issues.join('\n')).toContain(expected);
    expect(issues.every((one) => one.startsWith('warning'))).toBe(true);
  });

  test.each<[string, Case['parts']]>([
    ['a loop that thinks', { program: '- label: a\n- think: 1\n- goTo: a' }],
    [
      'a loop that ends some time',
      {
        program:
          '- delay: 1\n- label: a\n- choose:\n    - { weight: 99, steps: [{ goTo: a }] }\n    - { weight: 1, steps: [] }',
      },
    ],
    [
      'sessions without time whose agents rest',
      {
        program: '- checkpoint: true',
        session: 'arrivals: { kind: closed, agents: 1, restSec: 1 }',
      },
    ],
    ['open sessions without time', { program: '- checkpoint: true', session: open }],
    ['unlimited retries with a delay', { resources: smallPool, program: retry(', delaySec: 1') }],
    [
      'a full open load of a pool that refuses',
      { resources: smallPool, session: 'arrivals: { kind: poisson, ratePerSec: 50 }' },
    ],
    [
      'slots that suffice for all agents',
      { program: '- acquire: db\n- delay: 1\n- acquire: db\n- release: db' },
    ],
    [
      'a use of what is held',
      {
        resources: 'db: { kind: pool, slots: 1 }',
        program: '- acquire: db\n- use: db\n  forSec: 1\n- release: db',
      },
    ],
    [
      'a deadline that the fastest way keeps',
      {
        session: `${closed}\ndeadlineSec: 2`,
        program:
          '- choose:\n    - { weight: 1, steps: [{ delay: 9 }] }\n    - { weight: 1, steps: [{ delay: 1 }] }',
      },
    ],
  ])('lets %s be', (_, parts) => {
    expect(told(scenarioOf(parts))).toEqual([]);
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
