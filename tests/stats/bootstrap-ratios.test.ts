import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootstrapClusters } from '@/lib/stats/bootstrap';
import { bootstrapRatios } from '@/lib/stats/bootstrap-ratios';

const entries = fc.array(
  fc.record({
    cluster: fc.nat({ max: 7 }),
    part: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    whole: fc.double({ min: 0.5, max: 1e3, noNaN: true }),
  }),
  { maxLength: 30 },
);

describe('bootstrapRatios', () => {
  test('gives what the general bootstrap gives for the same seed', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 11 }), fc.nat(), (drawn, resamples, seed) => {
        const options = { clusters: 8, resamples, seed };
        const ratio = {
          clusters: Uint32Array.from(drawn, (entry) => entry.cluster),
          parts: Float64Array.from(drawn, (entry) => entry.part),
          wholes: Float64Array.from(drawn, (entry) => entry.whole),
        };
        const [expected] = bootstrapClusters(
          [
            (counts) => {
              let part = 0;
              let whole = 0;
              for (const entry of drawn) {
                part += (counts[entry.cluster] ?? 0) * entry.part;
                whole += (counts[entry.cluster] ?? 0) * entry.whole;
              }
              return part / whole;
            },
          ],
          options,
        );
        const [actual] = bootstrapRatios([ratio], options);
        expect([...(actual ?? [])]).toEqual([...(expected ?? [])]);
      }),
    );
  });

  test('evaluates all ratios on the same resamples', () => {
    const clusters = Uint32Array.from([0, 1, 2]);
    const parts = Float64Array.from([1, 5, 9]);
    const wholes = Float64Array.from([1, 1, 1]);
    const doubled = parts.map((part) => part * 2);
    const [one, two] = bootstrapRatios(
      [
        { clusters, parts, wholes },
        { clusters, parts: doubled, wholes },
      ],
      { clusters: 3, resamples: 50, seed: 4 },
    );
    expect(two).toEqual(one?.map((value) => value * 2));
    expect(new Set(one).size).toBeGreaterThan(1);
  });

  test('refuses to draw from nothing', () => {
    expect(() => bootstrapRatios([], { clusters: 0, resamples: 10, seed: 1 })).toThrow(RangeError);
  });
});
