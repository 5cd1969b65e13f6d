import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandomStream } from '@/lib/stats/random-stream';
import { fitArrivals } from '@/lib/workload/fit-arrivals';
import { measureConcurrency } from '@/lib/workload/measure-concurrency';

const stream = (seed: number) => createRandomStream(seed, 0, 'arrivals', 0);

/** Start times in ms of arrivals with gaps drawn one by one. */
function startsOf(count: number, drawGapMs: () => number, atMs = 1.7e12): Float64Array {
  let time = atMs;
  return Float64Array.from({ length: count }, () => {
    time += drawGapMs();
    return time;
  });
}

function poisson(count: number, meanMs: number, seed: number): Float64Array {
  const uniforms = stream(seed);
  return startsOf(count, () => -meanMs * Math.log(1 - uniforms.nextFloat()));
}

/** Gamma of shape 1/cv² below 1, as Ahrens and Dieter (1974) draw it. */
function gammaStarts(count: number, meanMs: number, cv: number, seed: number): Float64Array {
  const uniforms = stream(seed);
  const shape = 1 / cv ** 2;
  const b = (Math.E + shape) / Math.E;
  const draw = (): number => {
    for (;;) {
      const p = b * uniforms.nextFloat();
      const u = uniforms.nextFloat();
      const x = p <= 1 ? p ** (1 / shape) : -Math.log((b - p) / shape);
      if (p <= 1 ? u <= Math.exp(-x) : u <= x ** (shape - 1)) return x;
    }
  };
  return startsOf(count, () => (draw() * meanMs) / shape);
}

const windowOf = (fit: ReturnType<typeof fitArrivals>, windowSec: number) =>
  fit.windows.find((one) => one.windowSec === windowSec);

describe('arrivals fitted to start times', () => {
  test('a Poisson sample has gaps of CV 1 and a dispersion of 1 in every window', () => {
    const fit = fitArrivals(poisson(100_000, 2_000, 3));
    expect(fit.ratePerSec).toBeCloseTo(0.5, 2);
    expect(fit.gapCv).toBeCloseTo(1, 1);
    for (const { windowSec, windows, dispersion } of fit.windows) {
      // A sample variance of that many windows has a relative standard error of √(2 ÷ windows).
      expect(Math.abs((dispersion ?? 0) - 1), `${windowSec} s`).toBeLessThan(
        4 * Math.sqrt(2 / windows),
      );
    }
    expect(fit.proposal.arrivals).toMatchObject({ kind: 'poisson' });
    expect(fit.proposal.because).toContain('100,000 sessions started within');
  });

  test('bursty gaps come back as a gamma law of their mean and spread', () => {
    const fit = fitArrivals(gammaStarts(100_000, 1_000, 3.5, 5));
    expect(Math.abs((fit.gapCv ?? 0) - 3.5)).toBeLessThan(0.15);
    // A renewal process has a dispersion of CV² in long windows (Cox, Renewal Theory, 1962).
    expect(windowOf(fit, 600)?.dispersion).toBeGreaterThan(9);
    expect(windowOf(fit, 600)?.dispersion).toBeLessThan(16);
    expect(fit.proposal.arrivals).toMatchObject({
      kind: 'renewal',
      gapSec: { law: 'gamma', cv: Number(fit.gapCv?.toPrecision(4)) },
    });
  });

  test('even starts have no spread at all', () => {
    const fit = fitArrivals(startsOf(1_001, () => 500));
    expect(fit).toMatchObject({ gapCv: 0, ratePerSec: 2, zeroGaps: 0, spanSec: 500 });
    expect(windowOf(fit, 1)).toMatchObject({ windows: 500, dispersion: 0, peakOverMean: 1 });
    expect(fit.proposal.arrivals).toEqual({ kind: 'renewal', gapSec: 0.5 });
  });

  test('batches of five have a dispersion of five, and their gaps of zero are told', () => {
    const fit = fitArrivals(
      Float64Array.from(poisson(20_000, 3_000, 7)).reduce((all, at, i) => {
        all.fill(at, 5 * i, 5 * i + 5);
        return all;
      }, new Float64Array(100_000)),
    );
    expect(fit.zeroGaps).toBe(80_000);
    expect(Math.abs((windowOf(fit, 60)?.dispersion ?? 0) - 5)).toBeLessThan(1);
    // Gaps are 0 with probability 4/5, else exponential: CV² = 2 · 5 − 1.
    expect(fit.gapCv).toBeCloseTo(3, 1);
    expect(fit.proposal.because).toContain('80,000 gaps are zero');
  });

  test('a short span has no figures of windows that it does not hold ten times, and says so', () => {
    const { windows } = fitArrivals(startsOf(101, () => 500));
    expect(windows.map(({ dispersion }) => dispersion)).toEqual([0, null, null, null, null]);
    expect(windows[1].reason).toBe('The starts span 5 whole windows of 10 s; 10 are needed.');
  });

  test('too few sessions have no spread, a reason, and as many agents as ran at once', () => {
    const startMs = Float64Array.of(0, 1_000, 2_000);
    const concurrency = measureConcurrency(startMs, Float64Array.of(4_000, 3_000, 2_500));
    expect(concurrency).toEqual({ mean: 6.5 / 4, peak: 3 });
    const fit = fitArrivals(startMs, concurrency);
    expect(fit).toMatchObject({ ratePerSec: 1, gapCv: null });
    expect(fit.gapCvReason).toContain('3 sessions have a start time');
    for (const { dispersion, reason } of fit.windows) {
      expect(dispersion).toBeNull();
      expect(reason).toBe(fit.gapCvReason);
    }
    expect(fit.proposal.arrivals).toEqual({ kind: 'closed', agents: 3 });
    expect(fit.proposal.because).toContain('3 sessions were in progress at once, 1.63 on average');
  });

  test.each([
    ['no session', []],
    ['no known start', [Number.NaN, Number.NaN]],
    ['one moment', new Array<number>(20).fill(5)],
  ])('%s gives no rate, a reason, and a load that can be run', (_, times) => {
    const fit = fitArrivals(Float64Array.from(times));
    expect(fit).toMatchObject({ ratePerSec: null, gapCv: null, concurrency: null });
    expect(fit.rateReason).toMatch(/\.$/);
    expect(fit.proposal.arrivals).toEqual({ kind: 'closed', agents: 1 });
  });
});

const times = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 12, maxLength: 60 });

test('the unit of time changes the rate and nothing else; neither order nor origin changes anything', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 1e9 }), (startMs, shiftMs) => {
      const fit = fitArrivals(Float64Array.from(startMs));
      const scaled = fitArrivals(Float64Array.from(startMs, (at) => 10 * at));
      const moved = Float64Array.from(startMs.toReversed(), (at) => at + shiftMs);
      expect(fitArrivals(moved)).toEqual(fit);
      expect(scaled.zeroGaps).toBe(fit.zeroGaps);
      expect(scaled.gapCv ?? -1).toBeCloseTo(fit.gapCv ?? -1, 9);
      expect(10 * (scaled.ratePerSec ?? 0)).toBeCloseTo(fit.ratePerSec ?? 0, 9);
      for (const [from, to] of [
        [1, 10],
        [60, 600],
      ]) {
        const { windows, dispersion, peakOverMean } = windowOf(fit, from) ?? {};
        expect(windowOf(scaled, to)).toMatchObject({ windows, dispersion, peakOverMean });
      }
    }),
  );
});

test('counts in windows are those that counting each window gives', () => {
  fc.assert(
    fc.property(times, (startMs) => {
      const fit = fitArrivals(Float64Array.from(startMs));
      const first = Math.min(...startMs);
      for (const { windowSec, windows, dispersion, peakOverMean } of fit.windows) {
        expect(windows).toBe(Math.floor((Math.max(...startMs) - first) / (1_000 * windowSec)));
        if (dispersion === null) continue;
        const counts = new Array<number>(windows).fill(0);
        for (const at of startMs) {
          const window = Math.floor((at - first) / (1_000 * windowSec));
          if (window < windows) counts[window] += 1;
        }
        const mean = counts.reduce((sum, count) => sum + count, 0) / windows;
        const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
        expect(dispersion).toBeCloseTo(squares / (windows - 1) / mean, 9);
        expect(peakOverMean).toBeCloseTo(Math.max(...counts) / mean, 9);
      }
    }),
  );
});

test('sessions in progress are those that counting at every start gives', () => {
  const session = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 20 }));
  fc.assert(
    fc.property(fc.array(session, { minLength: 1, maxLength: 30 }), (sessions) => {
      const startMs = Float64Array.from(sessions, ([at]) => at);
      const endMs = Float64Array.from(sessions, ([at, forMs]) => at + forMs);
      const atOnce = sessions.map(
        ([time]) => sessions.filter(([at, forMs]) => at <= time && time < at + forMs).length,
      );
      const spanMs = Math.max(...endMs) - Math.min(...startMs);
      const totalMs = sessions.reduce((sum, [, forMs]) => sum + forMs, 0);
      expect(measureConcurrency(startMs, endMs)).toEqual({
        mean: spanMs === 0 ? null : expect.closeTo(totalMs / spanMs, 9),
        peak: Math.max(1, ...atOnce),
      });
    }),
  );
});
