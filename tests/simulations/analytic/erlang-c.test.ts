import { describe, expect, test } from 'vitest';
import {
  meanWaitSec,
  responseTailProbability,
  responseTimeQuantileSec,
  waitProbability,
  waitQuantileSec,
} from '@/simulations/analytic/erlang-c';

describe('waitProbability', () => {
  test.each([
    { servers: 1, offered: 0.8, expected: 0.8, because: 'one server waits with probability ρ' },
    { servers: 2, offered: 1, expected: 1 / 3, because: '2ρ²/(1 + ρ) at ρ = ½' },
    { servers: 8, offered: 7.2, expected: 0.7015334, because: 'tables of Erlang C' },
    { servers: 3, offered: 3, expected: 1, because: 'no steady state at ρ = 1' },
    { servers: 5, offered: 0, expected: 0, because: 'nobody comes' },
  ])('c = $servers, a = $offered: $because', ({ servers, offered, expected }) => {
    expect(waitProbability(servers, offered)).toBeCloseTo(expected, 6);
  });

  test('stays finite where factorials overflow', () => {
    expect(waitProbability(10_000, 9_900)).toBeGreaterThan(0);
    expect(waitProbability(10_000, 9_900)).toBeLessThan(1);
  });

  test.each([
    [0, 1],
    [1.5, 1],
    [1, -1],
    [1, Number.NaN],
  ])('refuses %d servers at %d erlangs', (servers, offered) => {
    expect(() => waitProbability(servers, offered)).toThrow(RangeError);
  });
});

describe('mean and quantiles of the wait', () => {
  test('are those of M/M/1 at ρ = 0.8', () => {
    const queue = { servers: 1, arrivalRatePerSec: 0.8, serviceTimeSec: 1 };
    expect(meanWaitSec(queue)).toBeCloseTo(4, 12);
    expect(waitQuantileSec(queue, 0.95)).toBeCloseTo(Math.log(0.8 / 0.05) / 0.2, 10);
    expect(waitQuantileSec(queue, 0.1)).toBe(0);
  });

  test('do not exist where load exceeds the servers', () => {
    const queue = { servers: 2, arrivalRatePerSec: 2, serviceTimeSec: 1 };
    expect([meanWaitSec(queue), waitQuantileSec(queue, 0.5)]).toEqual([null, null]);
  });
});

describe('wait and service together', () => {
  const queue = { servers: 4, arrivalRatePerSec: 3.1, serviceTimeSec: 1 };

  test('last as the sum over all waits and services says', () => {
    // P(T > t) = P(S > t) + ∫ over services s ≤ t of P(W > t − s).
    const at = 2.3;
    const waiting = waitProbability(4, 3.1);
    let tail = Math.exp(-at);
    const steps = 20_000;
    for (let i = 0; i < steps; i++) {
      const service = ((i + 0.5) * at) / steps;
      tail += (Math.exp(-service) * waiting * Math.exp(-0.9 * (at - service)) * at) / steps;
    }
    expect(responseTailProbability(queue, at)).toBeCloseTo(tail, 8);
  });

  test('have quantiles that give their tail back, also where c − a = 1', () => {
    for (const arrivalRatePerSec of [0.1, 3, 3.1, 3.999]) {
      const loaded = { ...queue, arrivalRatePerSec };
      for (const probability of [0.001, 0.5, 0.95, 0.999_999]) {
        const quantileSec = responseTimeQuantileSec(loaded, probability) ?? Number.NaN;
        expect(responseTailProbability(loaded, quantileSec)).toBeCloseTo(1 - probability, 10);
      }
    }
  });

  test('are exponential in M/M/1, and nothing at order 0', () => {
    const single = { servers: 1, arrivalRatePerSec: 0.8, serviceTimeSec: 1 };
    expect(responseTimeQuantileSec(single, 0.95)).toBeCloseTo(5 * Math.log(20), 9);
    expect(responseTimeQuantileSec(single, 0)).toBe(0);
  });

  test('have no law at saturation', () => {
    const full = { ...queue, arrivalRatePerSec: 4 };
    expect([responseTimeQuantileSec(full, 0.5), responseTailProbability(full, 1)]).toEqual([
      null,
      null,
    ]);
  });
});
