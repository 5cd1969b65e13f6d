import { describe, expect, test } from 'vitest';
import { type Case, closed, open, pool, retry, scenarioOf, smallPool, told } from './scenario-text';

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
  test.each(warnings)('warns of $because', ({ parts, expected }) => {
    const issues = told(scenarioOf(parts));
    expect(issues.join('\n')).toContain(expected);
    expect(issues.every((one) => one.startsWith('warning'))).toBe(true);
  });

  test.each<[string, Case['parts']]>([
    [
      'a loop that uses a resource for no time until it is refused',
      {
        resources: smallPool,
        session: open,
        program: '- label: a\n- { use: db, forSec: 0 }\n- goTo: a',
      },
    ],
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
});
