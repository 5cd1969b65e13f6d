import { describe, expect, test } from 'vitest';
import { defaultHorizonSec } from '@/simulations/analysis/default-horizon';
import { workloadOf } from '../example-workload';

const hourSec = 3_600;

describe('defaultHorizonSec', () => {
  test.each([
    { sessionSec: 5, expected: hourSec },
    { sessionSec: 0.25 * hourSec, expected: hourSec },
    { sessionSec: 1_750, expected: 2 * hourSec },
    { sessionSec: 10 * hourSec, expected: 40 * hourSec },
    { sessionSec: 200 * hourSec, expected: 7 * 24 * hourSec },
  ])('sessions of $sessionSec s are simulated for $expected s', ({ sessionSec, expected }) => {
    expect(defaultHorizonSec(workloadOf([['modelCall', sessionSec]]))).toBe(expected);
  });

  test('think time counts as it is scaled, and so does the rest of an agent', () => {
    const workload = workloadOf([
      ['think', hourSec],
      ['query', 1],
    ]);
    expect(defaultHorizonSec(workload, { thinkTimeFactor: 0 })).toBe(hourSec);
    expect(defaultHorizonSec(workload, { thinkTimeFactor: 3 })).toBe(13 * hourSec);
    expect(defaultHorizonSec(workload, { restSecMean: hourSec })).toBe(9 * hourSec);
  });

  test('sessions that take no time are no part of the mean, and none of them is an hour', () => {
    const halfEmpty = workloadOf([['query', 3 * hourSec]], [['turnStart', 0]]);
    expect(defaultHorizonSec(halfEmpty)).toBe(12 * hourSec);
    expect(defaultHorizonSec(workloadOf([['turnStart', 0]]))).toBe(hourSec);
  });
});
