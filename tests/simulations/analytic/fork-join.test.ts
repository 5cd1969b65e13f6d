import { describe, expect, test } from 'vitest';
import {
  forkJoinResponseSec,
  maxOfExponentialsSec,
  solveSplitMerge,
} from '@/simulations/analytic/fork-join';
import { solveSingleServer } from '@/simulations/analytic/single-server';

const at = (branches: number, arrivalRatePerSec: number) => ({
  branches,
  arrivalRatePerSec,
  serviceTimeSec: 1,
});

describe('forkJoinResponseSec', () => {
  test('is M/M/1 for one branch and the longest of K services without load', () => {
    expect(forkJoinResponseSec(at(1, 0.6))).toBe(
      solveSingleServer({ arrivalRatePerSec: 0.6, serviceTimeSec: 1 })?.responseTimeSec,
    );
    for (const branches of [2, 5, 32]) {
      expect(forkJoinResponseSec(at(branches, 0))).toBeCloseTo(
        maxOfExponentialsSec(branches, 1),
        12,
      );
    }
  });

  test('grows with branches, stays under independent queues, and ends at ρ = 1', () => {
    for (let branches = 2; branches <= 32; branches++) {
      const response = Number(forkJoinResponseSec(at(branches, 0.8)));
      expect(response).toBeGreaterThan(Number(forkJoinResponseSec(at(branches - 1, 0.8))));
      expect(response).toBeLessThan(maxOfExponentialsSec(branches, 5));
    }
    expect(forkJoinResponseSec(at(3, 1))).toBeNull();
  });
});

describe('maxOfExponentialsSec', () => {
  test('is what inclusion and exclusion give', () => {
    for (let count = 1; count <= 12; count++) {
      let sum = 0;
      let choose = 1;
      for (let k = 1; k <= count; k++) {
        choose = (choose * (count - k + 1)) / k;
        sum += ((k % 2 === 1 ? 1 : -1) * choose) / k;
      }
      expect(maxOfExponentialsSec(count, 3)).toBeCloseTo(3 * sum, 9);
    }
  });
});

describe('solveSplitMerge', () => {
  test('is never faster than fork–join, and saturates at 1/H(K)', () => {
    const state = solveSplitMerge(at(4, 0.3));
    expect(state.responseTimeSec).toBeGreaterThan(Number(forkJoinResponseSec(at(4, 0.3))));
    expect(solveSplitMerge(at(4, 0.479)).responseTimeSec).toBeGreaterThan(100);
    expect(solveSplitMerge(at(4, 0.481)).responseTimeSec).toBeNull();
  });

  test('is M/M/1 for one branch', () => {
    expect(solveSplitMerge(at(1, 0.6)).responseTimeSec).toBeCloseTo(2.5, 12);
  });
});
