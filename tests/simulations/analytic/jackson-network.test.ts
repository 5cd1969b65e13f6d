import { describe, expect, test } from 'vitest';
import { solveJackson } from '@/simulations/analytic/jackson-network';

const station = { arrivalRatePerSec: 0, serviceTimeSec: 0.5, servers: 1 };

describe('solveJackson', () => {
  test('passes all through a tandem, each station as M/M/1', () => {
    const state = solveJackson([
      { ...station, arrivalRatePerSec: 1, routing: [0, 1] },
      { ...station, serviceTimeSec: 0.8, routing: [0, 0] },
    ]);
    expect(state.responseTimeSec).toBeCloseTo(0.5 / 0.5 + 0.8 / 0.2, 12);
  });

  test('multiplies visits where customers come back', () => {
    const state = solveJackson([{ ...station, arrivalRatePerSec: 0.5, routing: [0.75] }]);
    expect(state.stations[0].arrivalRatePerSec).toBeCloseTo(2, 12);
    expect(state.stations[0].utilization).toBeCloseTo(1, 12);
  });

  test('gives no number for a station that saturates, and one for the others', () => {
    const state = solveJackson([
      { ...station, arrivalRatePerSec: 1, routing: [0, 1] },
      { ...station, serviceTimeSec: 2, routing: [0, 0] },
    ]);
    expect(state.stations.map(({ numberInSystem }) => numberInSystem)).toEqual([1, null]);
    expect(state.responseTimeSec).toBeNull();
  });

  test('waits less at several servers than at one as fast as all', () => {
    const several = solveJackson([
      { arrivalRatePerSec: 7.2, serviceTimeSec: 1, servers: 8, routing: [0] },
    ]);
    expect(several.responseTimeSec).toBeCloseTo(1.876916, 5);
  });

  test('refuses routing without a way out, or that does not fit', () => {
    const trap = { ...station, arrivalRatePerSec: 1, routing: [1] };
    expect(() => solveJackson([trap])).toThrow(/never leave/);
    expect(() => solveJackson([{ ...trap, routing: [0.5, 0.5] }])).toThrow(RangeError);
    expect(() => solveJackson([{ ...trap, routing: [1.5] }])).toThrow(RangeError);
  });
});
