import { describe, expect, test } from 'vitest';
import { meanWaitSec, waitProbability, waitQuantileSec } from '@/simulations/analytic/erlang-c';
import { parameterOf, readKnownResults } from '../known-results';

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

  const known = readKnownResults('B1');
  test.skipIf(known.length === 0)('agree with the published rows of M/M/c', () => {
    for (const { model, quantity, value } of known) {
      const queue = {
        servers: Number(/M\/M\/(\d+)/.exec(model)?.[1]),
        arrivalRatePerSec: parameterOf(model, 'lam'),
        serviceTimeSec: 1 / parameterOf(model, 'mu'),
      };
      const waitSec = meanWaitSec(queue) ?? Number.NaN;
      const computed = new Map<string, number | null>([
        ['P(wait)=ErlangC', waitProbability(queue.servers, queue.arrivalRatePerSec)],
        ['Wq', waitSec],
        ['W', waitSec + queue.serviceTimeSec],
        ['Lq', waitSec * queue.arrivalRatePerSec],
        ['p95 wait', waitQuantileSec(queue, 0.95)],
        ['p99 wait', waitQuantileSec(queue, 0.99)],
      ]).get(quantity);
      expect((computed ?? Number.NaN) / value, `${model}: ${quantity}`).toBeCloseTo(1, 4);
    }
  });
});
