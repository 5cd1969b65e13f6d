import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveErlangA } from '@/simulations/analytic/erlang-a';
import { meanWaitSec, waitProbability } from '@/simulations/analytic/erlang-c';
import { poissonWeights } from '@/simulations/analytic/poisson-distribution';

/** M/M/c+M with mean service 1, all states from 0 to 1,500 in logarithms. */
function sumChain(servers: number, arrivalRatePerSec: number, patienceSec: number) {
  const logWeight = [0];
  for (let n = 1; n <= 1_500; n++) {
    const leave = Math.min(n, servers) + Math.max(0, n - servers) / patienceSec;
    logWeight.push(logWeight[n - 1] + Math.log(arrivalRatePerSec / leave));
  }
  const top = Math.max(...logWeight);
  const weight = logWeight.map((log) => Math.exp(log - top));
  const total = weight.reduce((sum, w) => sum + w, 0);
  const mean = (of: (n: number) => number) =>
    weight.reduce((sum, w, n) => sum + w * of(n), 0) / total;
  return {
    queueLength: mean((n) => Math.max(0, n - servers)),
    allBusy: mean((n) => (n >= servers ? 1 : 0)),
    busy: mean((n) => Math.min(n, servers)),
  };
}

describe('solveErlangA', () => {
  test('is Erlang C as patience grows, and with infinite patience', () => {
    const queue = { servers: 8, arrivalRatePerSec: 7.2, serviceTimeSec: 1 };
    for (const patienceSec of [1e9, Infinity]) {
      const state = solveErlangA({ ...queue, patienceSec });
      expect(state?.waitProbability).toBeCloseTo(waitProbability(8, 7.2), 7);
      expect(state?.waitSecMean).toBeCloseTo(meanWaitSec(queue) ?? Number.NaN, 6);
      expect(state?.abandonProbability).toBeCloseTo(0, 8);
    }
  });

  test('has a Poisson number in the system where patience and service time are alike', () => {
    const { first, probability } = poissonWeights(12);
    const waiting = probability.reduce((sum, p, i) => sum + (first + i >= 10 ? p : 0), 0);
    const queue = { servers: 10, arrivalRatePerSec: 6, serviceTimeSec: 2, patienceSec: 2 };
    expect(solveErlangA(queue)?.waitProbability).toBeCloseTo(waiting, 12);
  });

  test('loses what the servers cannot take in overload', () => {
    const queue = { servers: 50, arrivalRatePerSec: 100, serviceTimeSec: 1, patienceSec: 1_000 };
    const state = solveErlangA(queue);
    expect(state?.abandonProbability).toBeCloseTo(0.5, 6);
    expect(state?.utilization).toBeCloseTo(1, 6);
    expect(state?.waitSecMean).toBeCloseTo(500, 3);
  });

  test('agrees with its chain summed state by state, and busy servers with who is served', () => {
    const rate = fc.double({ min: 0.1, max: 60, noNaN: true });
    const patience = fc.double({ min: 0.05, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        rate,
        patience,
        (servers, perSec, patienceSec) => {
          const chain = sumChain(servers, perSec, patienceSec);
          const state = solveErlangA({
            servers,
            arrivalRatePerSec: perSec,
            serviceTimeSec: 1,
            patienceSec,
          });
          expect(state?.queueLength).toBeCloseTo(chain.queueLength, 9);
          expect(state?.waitProbability).toBeCloseTo(chain.allBusy, 9);
          expect(Number(state?.utilization) * servers).toBeCloseTo(chain.busy, 8);
        },
      ),
    );
  });

  test('has no seam where overload is taken to keep all servers busy', () => {
    // Deep overload begins at 20 deviations: (λ − 50)/θ = 20·√(λ/θ).
    const at = (arrivalRatePerSec: number) =>
      solveErlangA({ servers: 50, arrivalRatePerSec, serviceTimeSec: 1, patienceSec: 1_000 });
    for (const rate of [54.65, 54.7]) {
      expect(at(rate)?.queueLength).toBeCloseTo((rate - 50) * 1_000, 6);
      expect(at(rate)?.abandonProbability).toBeCloseTo(1 - 50 / rate, 12);
    }
  });

  test('answers in overload with patience of ages, and refuses it right at saturation', () => {
    const queue = { servers: 5, serviceTimeSec: 1, patienceSec: 1e14 };
    expect(solveErlangA({ ...queue, arrivalRatePerSec: 10 })?.abandonProbability).toBe(0.5);
    expect(() => solveErlangA({ ...queue, arrivalRatePerSec: 5 })).toThrow(RangeError);
  });

  test('has no steady state with endless patience in overload', () => {
    const queue = { servers: 2, arrivalRatePerSec: 2, serviceTimeSec: 1, patienceSec: Infinity };
    expect(solveErlangA(queue)).toBeNull();
  });
});
