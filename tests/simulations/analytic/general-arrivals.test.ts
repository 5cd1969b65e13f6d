import { describe, expect, test } from 'vitest';
import { meanWaitSec } from '@/simulations/analytic/erlang-c';
import { allenCunneenWaitSec, kingmanBoundSec } from '@/simulations/analytic/general-arrivals';
import { pollaczekKhinchineWaitSec } from '@/simulations/analytic/pollaczek-khinchine';

const pool = { servers: 8, arrivalRatePerSec: 7.2, serviceTimeSec: 1 };

describe('allenCunneenWaitSec', () => {
  test('is exact for M/M/c and for M/G/1', () => {
    expect(allenCunneenWaitSec({ ...pool, arrivalCv: 1, serviceTimeCv: 1 })).toBe(
      meanWaitSec(pool),
    );
    const single = { servers: 1, arrivalRatePerSec: 0.9, serviceTimeSec: 1 };
    expect(allenCunneenWaitSec({ ...single, arrivalCv: 1, serviceTimeCv: 1.5 })).toBeCloseTo(
      pollaczekKhinchineWaitSec({ ...single, serviceTimeCv: 1.5 }) ?? Number.NaN,
      12,
    );
  });

  test('has no wait where nothing varies, and none to give at saturation', () => {
    expect(allenCunneenWaitSec({ ...pool, arrivalCv: 0, serviceTimeCv: 0 })).toBe(0);
    const full = { ...pool, arrivalRatePerSec: 8, arrivalCv: 0, serviceTimeCv: 0 };
    expect(allenCunneenWaitSec(full)).toBeNull();
  });
});

describe('kingmanBoundSec', () => {
  test('is above the wait of M/G/1 and nears it as ρ nears 1', () => {
    for (const utilization of [0.3, 0.9, 0.999]) {
      const queue = { arrivalRatePerSec: utilization, serviceTimeSec: 1, serviceTimeCv: 2 };
      const exact = Number(pollaczekKhinchineWaitSec(queue));
      const bound = Number(kingmanBoundSec({ ...queue, servers: 1, arrivalCv: 1 }));
      expect(bound).toBeGreaterThan(exact);
      if (utilization > 0.99) expect(bound / exact).toBeLessThan(1.001);
    }
  });

  test('is for one server, and for a load below it', () => {
    expect(() => kingmanBoundSec({ ...pool, arrivalCv: 1, serviceTimeCv: 1 })).toThrow(RangeError);
    const full = { servers: 1, arrivalRatePerSec: 2, serviceTimeSec: 1 };
    expect(kingmanBoundSec({ ...full, arrivalCv: 1, serviceTimeCv: 1 })).toBeNull();
  });
});
