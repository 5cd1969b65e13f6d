import { describe, expect, test } from 'vitest';
import {
  meanResidualSec,
  pollaczekKhinchineWaitSec,
} from '@/simulations/analytic/pollaczek-khinchine';
import { solveSingleServer } from '@/simulations/analytic/single-server';

describe('pollaczekKhinchineWaitSec', () => {
  const queue = { arrivalRatePerSec: 2, serviceTimeSec: 0.45 };

  test('is M/M/1 at CV 1 and half of it for a constant time', () => {
    const exponential = pollaczekKhinchineWaitSec({ ...queue, serviceTimeCv: 1 });
    expect(exponential).toBeCloseTo(solveSingleServer(queue)?.waitSec ?? Number.NaN, 12);
    expect(pollaczekKhinchineWaitSec({ ...queue, serviceTimeCv: 0 })).toBeCloseTo(
      Number(exponential) / 2,
      12,
    );
  });

  test('has no steady state at ρ = 1', () => {
    const full = { arrivalRatePerSec: 2, serviceTimeSec: 0.5, serviceTimeCv: 0 };
    expect(pollaczekKhinchineWaitSec(full)).toBeNull();
  });
});

describe('meanResidualSec', () => {
  test.each([
    { cv: 0, expected: 5, because: 'half of a bus timetable' },
    { cv: 1, expected: 10, because: 'an exponential time does not age' },
    { cv: 3, expected: 50, because: 'long gaps are met more often' },
  ])('at mean 10 and CV $cv is $expected: $because', ({ cv, expected }) => {
    expect(meanResidualSec(10, cv)).toBeCloseTo(expected, 12);
  });
});
