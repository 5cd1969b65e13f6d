import { describe, expect, test } from 'vitest';
import { processorSharingResponseSec } from '@/simulations/analytic/processor-sharing';

describe('processorSharingResponseSec', () => {
  test('slows everybody by the same factor', () => {
    const queue = { arrivalRatePerSec: 0.8, serviceTimeSec: 1 };
    expect(processorSharingResponseSec(queue)).toBeCloseTo(5, 12);
    expect(processorSharingResponseSec(queue, 0.1)).toBeCloseTo(0.5, 12);
    expect(processorSharingResponseSec({ arrivalRatePerSec: 0, serviceTimeSec: 1 }, 3)).toBe(3);
  });

  test('has no steady state at ρ = 1', () => {
    expect(processorSharingResponseSec({ arrivalRatePerSec: 1, serviceTimeSec: 1 })).toBeNull();
  });
});
