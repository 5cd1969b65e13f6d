import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanWaitSec } from '@/simulations/analytic/erlang-c';
import { pollaczekKhinchineWaitSec } from '@/simulations/analytic/pollaczek-khinchine';
import {
  nonpreemptiveWaitSec,
  preemptiveResumeResponseSec,
  priorityPoolWaitSec,
} from '@/simulations/analytic/priorities';

const classes = [
  { arrivalRatePerSec: 0.1, serviceTimeSec: 1, serviceTimeCv: 0.5 },
  { arrivalRatePerSec: 0.05, serviceTimeSec: 4, serviceTimeCv: 2 },
  { arrivalRatePerSec: 0.3, serviceTimeSec: 1.5, serviceTimeCv: 1 },
];

describe('nonpreemptiveWaitSec', () => {
  test('keeps the load-weighted sum of waits, whatever the order of classes', () => {
    const weighted = (ordered: typeof classes) =>
      nonpreemptiveWaitSec(ordered).reduce<number>(
        (sum, wait, k) =>
          sum + Number(wait) * ordered[k].arrivalRatePerSec * ordered[k].serviceTimeSec,
        0,
      );
    expect(weighted([...classes].reverse())).toBeCloseTo(weighted(classes), 10);
  });

  test('is M/G/1 for one class', () => {
    for (const one of classes) {
      expect(nonpreemptiveWaitSec([one])[0]).toBeCloseTo(
        pollaczekKhinchineWaitSec(one) ?? Number.NaN,
        12,
      );
    }
  });

  test('serves the first class while a later one overloads the server', () => {
    const flood = { arrivalRatePerSec: 5, serviceTimeSec: 1, serviceTimeCv: 1 };
    const first = { arrivalRatePerSec: 0.3, serviceTimeSec: 1, serviceTimeCv: 1 };
    const [wait, ofFlood, last] = nonpreemptiveWaitSec([first, flood, first]);
    expect(wait).toBeCloseTo(1 / 0.7, 12); // the server is always busy: a mean service at hand
    expect([ofFlood, last]).toEqual([null, null]);
  });
});

describe('preemptiveResumeResponseSec', () => {
  test('hides lower classes from the first, which sees M/G/1', () => {
    const [first] = preemptiveResumeResponseSec(classes);
    expect(first).toBeCloseTo(Number(pollaczekKhinchineWaitSec(classes[0])) + 1, 12);
  });

  test('gives no response time from the class on that does not fit', () => {
    const flood = { arrivalRatePerSec: 5, serviceTimeSec: 1, serviceTimeCv: 1 };
    const responses = preemptiveResumeResponseSec([classes[0], flood, classes[2]]);
    expect(responses[0]).toBeGreaterThan(1);
    expect(responses.slice(1)).toEqual([null, null]);
  });
});

describe('priorityPoolWaitSec', () => {
  test('keeps the mean wait over all classes at that of M/M/c', () => {
    const rates = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(rates, (arrivalRatePerSecByClass) => {
        const total = arrivalRatePerSecByClass.reduce((sum, rate) => sum + rate, 0);
        const pool = { servers: 7, serviceTimeSec: 1, arrivalRatePerSecByClass };
        const mean = priorityPoolWaitSec(pool).reduce<number>(
          (sum, wait, k) => sum + (Number(wait) * arrivalRatePerSecByClass[k]) / total,
          0,
        );
        const queue = { servers: 7, arrivalRatePerSec: total, serviceTimeSec: 1 };
        expect(mean).toBeCloseTo(meanWaitSec(queue) ?? Number.NaN, 9);
      }),
    );
  });

  test('makes the first class wait for one of busy servers only, when the rest is a flood', () => {
    const pool = { servers: 4, serviceTimeSec: 2, arrivalRatePerSecByClass: [0.5, 100] };
    expect(priorityPoolWaitSec(pool)[0]).toBeCloseTo(0.5 / (1 - 0.25), 12);
    expect(priorityPoolWaitSec(pool)[1]).toBeNull();
  });
});
