import { describe, expect, test } from 'vitest';
import { findCacheFlushBand, findRetryBand } from '@/simulations/analytic/metastable-band';

describe('findRetryBand', () => {
  const service = {
    serviceTimeSec: 1,
    slowdownSecPerRequest: 0.01,
    networkSec: 0.2,
    timeoutSec: 3,
    attemptsMax: 3,
  };

  test('puts the published collapse between 21.4 and 64.3 requests a second', () => {
    const band = findRetryBand(service);
    expect(band.vulnerableAbovePerSec).toBeCloseTo(21.43, 2);
    expect(band.healthyBelowPerSec).toBeCloseTo(64.29, 2);
  });

  test('keeps its fixed point: at the edge requests in service take all the time there is', () => {
    const { healthyBelowPerSec } = findRetryBand(service);
    const inService = healthyBelowPerSec * 2.8;
    expect(1 + 0.01 * inService).toBeCloseTo(2.8, 10);
  });

  test('has no band without retries', () => {
    const band = findRetryBand({ ...service, attemptsMax: 1 });
    expect(band.vulnerableAbovePerSec).toBe(band.healthyBelowPerSec);
  });

  test('refuses a timeout shorter than the service alone', () => {
    expect(() => findRetryBand({ ...service, timeoutSec: 1.1 })).toThrow(RangeError);
  });
});

describe('findCacheFlushBand', () => {
  test('is healthy to ten times the store at a hit ratio of 0.9, and unsafe above the store', () => {
    const band = findCacheFlushBand(300, 0.9);
    expect(band.vulnerableAbovePerSec).toBe(300);
    expect(band.healthyBelowPerSec).toBeCloseTo(3_000, 9);
  });
});
