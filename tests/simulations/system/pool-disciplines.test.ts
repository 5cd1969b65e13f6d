import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Discipline } from '@/simulations/scenario/resource';
import { playReplications } from '../assert-known-result';

interface Job {
  readonly atSec: number;
  readonly serviceSec: number;
  readonly priority: number;
}

/** Chooses who is served next, of those who wait in the order of arrival. */
function nextOf(waiting: readonly number[], jobs: readonly Job[], discipline: Discipline): number {
  if (discipline === 'lifo') return waiting[waiting.length - 1];
  if (discipline === 'fifo') return waiting[0];
  return waiting.reduce((best, job) => (jobs[job].priority < jobs[best].priority ? job : best));
}

/** Response times by hand: one event after the other, with lists. */
function playByHand(jobs: readonly Job[], slots: number, discipline: Discipline): number[] {
  const arrivals = jobs.map((_, i) => i).toSorted((a, b) => jobs[a].atSec - jobs[b].atSec);
  const left = jobs.map(({ serviceSec }) => serviceSec);
  const responseSec: number[] = [];
  let waiting: number[] = [];
  let served: number[] = []; // in the order in which they began
  let nowSec = 0;
  const start = (job: number) => {
    waiting = waiting.filter((other) => other !== job);
    served.push(job);
  };
  while (arrivals.length > 0 || served.length > 0) {
    const speed = discipline === 'sharing' ? Math.min(1, slots / served.length) : 1;
    const first = served.reduce((a, b) => (left[b] < left[a] ? b : a), served[0]);
    const endSec = served.length > 0 ? nowSec + left[first] / speed : Number.POSITIVE_INFINITY;
    const isArrival = arrivals.length > 0 && jobs[arrivals[0]].atSec < endSec;
    const untilSec = isArrival ? jobs[arrivals[0]].atSec : endSec;
    for (const job of served) left[job] -= (untilSec - nowSec) * speed;
    nowSec = untilSec;
    if (!isArrival) {
      served = served.filter((job) => job !== first);
      responseSec[first] = nowSec - jobs[first].atSec;
      if (waiting.length > 0) start(nextOf(waiting, jobs, discipline));
      continue;
    }
    const job = arrivals.shift() ?? 0;
    waiting.push(job);
    if (served.length < slots || discipline === 'sharing') start(job);
    else if (discipline === 'preemptive') {
      const last = served.reduce((a, b) => (jobs[b].priority >= jobs[a].priority ? b : a));
      if (jobs[last].priority <= jobs[job].priority) continue;
      served = served.filter((other) => other !== last);
      waiting.unshift(last);
      start(job);
    }
  }
  return responseSec;
}

/** Jobs of which many come at the same time; no service ends when another job comes. */
const jobLists = fc
  .array(
    fc.record({
      atSec: fc.integer({ min: 0, max: 12 }),
      wholeSec: fc.integer({ min: 0, max: 6 }),
      priority: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) =>
    list.map(({ atSec, wholeSec, priority }, i): Job => {
      // Different powers of two: no sum of services is a whole number.
      return { atSec, priority, serviceSec: wholeSec + 2 ** -(i + 3) };
    }),
  );

function simulate(jobs: readonly Job[], slots: number, discipline: Discipline): number[] {
  const sessions = jobs.map(
    ({ atSec, serviceSec, priority }, i) =>
      [
        `job ${i}`,
        {
          arrivals: { kind: 'burst' as const, sessions: 1, atSec },
          program: [{ use: 'pool', forSec: serviceSec }],
          priority,
        },
      ] as const,
  );
  const [kept] = playReplications(
    {
      horizonSec: 200,
      // Admission that never refuses: first in, first out is held to the full pool too.
      resources: { pool: { kind: 'pool', slots, discipline, admission: { maxWaiting: 1_000 } } },
      classes: Object.fromEntries(sessions),
    },
    { replications: 1, cutWindows: 0 },
  );
  return jobs.map((_, i) => kept.sessions(`job ${i}`).samples('responseSec').sum);
}

describe('the order of service', () => {
  test.for<Discipline>(['fifo', 'lifo', 'priority', 'preemptive'])(
    '%s is what it is by hand, equal times in order of arrival',
    (discipline) => {
      fc.assert(
        fc.property(jobLists, fc.integer({ min: 1, max: 3 }), (jobs, slots) => {
          expect(simulate(jobs, slots, discipline)).toEqual(playByHand(jobs, slots, discipline));
        }),
        { numRuns: 60 },
      );
    },
  );

  test('sharing is what it is by hand', () => {
    fc.assert(
      fc.property(jobLists, fc.integer({ min: 1, max: 3 }), (jobs, slots) => {
        const expected = playByHand(jobs, slots, 'sharing');
        simulate(jobs, slots, 'sharing').forEach((responseSec, i) => {
          expect(responseSec).toBeCloseTo(expected[i], 9);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('at random everybody is as likely to be next', () => {
    const runs = playReplications(
      {
        horizonSec: 100,
        resources: { pool: { kind: 'pool', slots: 1, discipline: 'random' } },
        classes: {
          first: {
            arrivals: { kind: 'burst', sessions: 1 },
            program: [{ use: 'pool', forSec: 10 }],
          },
          others: {
            arrivals: { kind: 'burst', sessions: 2, atSec: 1 },
            program: [{ use: 'pool', forSec: 10 }],
          },
          watched: {
            arrivals: { kind: 'burst', sessions: 1, atSec: 2 },
            program: [{ use: 'pool', forSec: 1 }],
          },
        },
      },
      { replications: 600, cutWindows: 0 },
    );
    const turns = new Map<number, number>();
    for (const kept of runs) {
      const waitSec = kept.station('pool').samples('waitSecByClass', 2).sum;
      turns.set(waitSec, (turns.get(waitSec) ?? 0) + 1);
    }
    expect([...turns.keys()].toSorted((a, b) => a - b)).toEqual([8, 18, 28]);
    // Binomial with n = 600 and p = 1/3: within 3.5 standard deviations of 11.5.
    for (const count of turns.values()) expect(Math.abs(count - 200)).toBeLessThan(41);
  });
});
