import { describe, expect, test } from 'vitest';
import { solveTransient, type TransientState } from '@/simulations/analytic/transient-queue';

/** The state, which every case here has. */
function stateOf(...given: Parameters<typeof solveTransient>): TransientState {
  const state = solveTransient(...given);
  if (state === null) throw new Error('No state where one was expected.');
  return state;
}

const queue = { arrivalRatePerSec: 0.7, serviceTimeSec: 1 };

describe('solveTransient', () => {
  test('begins where it is put', () => {
    expect(stateOf(queue, 0, 6)).toEqual({ numberInSystem: 6, emptyProbability: 0 });
    expect(stateOf(queue, 0)).toEqual({ numberInSystem: 0, emptyProbability: 1 });
  });

  test('ends in the steady state, from either side', () => {
    for (const initial of [0, 30]) {
      const { numberInSystem, emptyProbability } = stateOf(queue, 3_000, initial);
      expect(numberInSystem).toBeCloseTo(0.7 / 0.3, 8);
      expect(emptyProbability).toBeCloseTo(0.3, 9);
    }
  });

  test('moves by E[N]′ = λ − μ·(1 − P(empty))', () => {
    for (const at of [0.5, 4, 25]) {
      const slope =
        (stateOf(queue, at + 1e-4, 2).numberInSystem -
          stateOf(queue, at - 1e-4, 2).numberInSystem) /
        2e-4;
      expect(slope).toBeCloseTo(0.7 - (1 - stateOf(queue, at, 2).emptyProbability), 6);
    }
  });

  test('grows with the excess in overload', () => {
    const overload = { arrivalRatePerSec: 2, serviceTimeSec: 1 };
    expect(stateOf(overload, 200, 50).numberInSystem).toBeCloseTo(250, 6);
  });

  test('only drains without arrivals', () => {
    const { emptyProbability } = stateOf({ arrivalRatePerSec: 0, serviceTimeSec: 1 }, 2, 1);
    expect(emptyProbability).toBeCloseTo(1 - Math.exp(-2), 12);
  });

  test('has no seam where the limit takes over, below saturation and above', () => {
    for (const [rate, at, initial] of [
      [0.3, 196, 3],
      [4, 43, 3],
    ]) {
      const load = { arrivalRatePerSec: rate, serviceTimeSec: 1 };
      // 40 relaxation times and 3/2·|ln ρ| more lie in between.
      const [before, after] = [at * 0.96, at * 1.1].map((time) => stateOf(load, time, initial));
      const slope = Math.max(0, rate - 1);
      expect(after.numberInSystem - before.numberInSystem).toBeCloseTo(slope * at * 0.14, 10);
      expect(after.emptyProbability).toBeCloseTo(before.emptyProbability, 12);
    }
  });

  test('knows the state an age after the start, but not near saturation', () => {
    expect(stateOf(queue, 1e12).numberInSystem).toBeCloseTo(0.7 / 0.3, 12);
    expect(solveTransient({ arrivalRatePerSec: 1, serviceTimeSec: 1 }, 1e6)).toBeNull();
  });
});
