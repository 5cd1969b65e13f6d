import { describe, expect, test } from 'vitest';
import {
  backlogTimeSec,
  describeBacklog,
  timeToWaitSec,
} from '@/simulations/analytic/fluid-backlog';

const overload = { servers: 20, serviceTimeSec: 2, arrivalRatePerSec: 15 };
const drained = { ...overload, arrivalRatePerSec: 6 };

describe('a backlog as a fluid', () => {
  test('grows by what load has over capacity', () => {
    expect(describeBacklog(overload)).toEqual({
      capacityPerSec: 10,
      growthPerSec: 5,
      waitGrowth: 0.5,
    });
    expect(describeBacklog(drained).growthPerSec).toBe(-4);
  });

  test('reaches a length when its rate has made up the way, in either direction', () => {
    expect(backlogTimeSec(overload, { from: 10, to: 60 })).toBe(10);
    expect(backlogTimeSec(drained, { from: 60, to: 0 })).toBe(15);
  });

  test('is there at once, or never', () => {
    expect(backlogTimeSec(overload, { from: 7, to: 7 })).toBe(0);
    expect(backlogTimeSec(overload, { from: 7, to: 6 })).toBe(Infinity);
    const full = { ...overload, arrivalRatePerSec: 10 };
    expect(backlogTimeSec(full, { from: 0, to: 1 })).toBe(Infinity);
    expect(timeToWaitSec(drained, 1)).toBe(Infinity);
  });

  test('breaches a wait when the backlog is that long at full capacity', () => {
    expect(timeToWaitSec(overload, 3)).toBe(6); // 30 waiting, of which 10 a second are served
    expect(timeToWaitSec(overload, 0)).toBe(0);
  });
});
