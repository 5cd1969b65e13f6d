import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kaplanMeier } from '@/lib/stats/survival';

/**
 * Weeks of remission under 6-MP of 21 patients, 12 of them censored.
 *
 * @see Freireich et al., Blood 21 (1963), 699–716; worked in Kalbfleisch and Prentice (2002), §1.1
 */
const remission: readonly (readonly [number, 0 | 1])[] = [
  [6, 1],
  [6, 1],
  [6, 1],
  [6, 0],
  [7, 1],
  [9, 0],
  [10, 1],
  [10, 0],
  [11, 0],
  [13, 1],
  [16, 1],
  [17, 0],
  [19, 0],
  [20, 0],
  [22, 1],
  [23, 1],
  [25, 0],
  [32, 0],
  [32, 0],
  [34, 0],
  [35, 0],
];

const curveOf = (subjects: readonly (readonly [number, 0 | 1])[]) =>
  kaplanMeier(
    subjects.map(([time]) => time),
    subjects.map(([, isEvent]) => isEvent),
  );

describe('kaplanMeier on the 6-MP remissions', () => {
  const curve = curveOf(remission);

  // Products by hand: 18/21, then × 16/17, 14/15, 11/12, 10/11, 6/7, 5/6. Errors and band as
  // published for these data (Greenwood; log-log).
  test.each([
    { time: 6, atRisk: 21, product: 18 / 21, error: 0.0764, band: [0.62, 0.952] },
    { time: 7, atRisk: 17, product: (18 / 21) * (16 / 17), error: 0.0869, band: [0.563, 0.923] },
    {
      time: 10,
      atRisk: 15,
      product: (18 * 16 * 14) / (21 * 17 * 15),
      error: 0.0963,
      band: [0.503, 0.889],
    },
    { time: 13, atRisk: 12, product: 0.690196, error: 0.1068, band: [0.432, 0.849] },
    { time: 16, atRisk: 11, product: 0.627451, error: 0.1141, band: [0.368, 0.805] },
    { time: 22, atRisk: 7, product: 0.537815, error: 0.1282, band: [0.268, 0.747] },
    { time: 23, atRisk: 6, product: 0.448179, error: 0.1346, band: [0.188, 0.68] },
  ])('after $time weeks', ({ time, atRisk, product, error, band }) => {
    const step = curve.steps.find((candidate) => candidate.time === time);
    expect(step?.atRisk).toBe(atRisk);
    expect(step?.survival).toBeCloseTo(product, 5);
    expect(Math.sqrt(step?.variance ?? 0)).toBeCloseTo(error, 3);
    expect(step?.interval95?.[0]).toBeCloseTo(band[0], 2);
    expect(step?.interval95?.[1]).toBeCloseTo(band[1], 2);
  });

  test('half have relapsed after 23 weeks', () => {
    expect(curve).toMatchObject({ median: 23, subjects: 21, events: 9, censored: 12 });
  });
});

const subjects = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.constantFrom<0 | 1>(0, 1)), {
  minLength: 1,
  maxLength: 60,
});

describe('kaplanMeier', () => {
  test('without censoring it is the share of subjects that last longer', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 60 }), (times) => {
        for (const step of kaplanMeier(
          times,
          times.map(() => 1),
        ).steps) {
          const longer = times.filter((time) => time > step.time).length;
          expect(step.survival).toBeCloseTo(longer / times.length, 12);
          // Greenwood then is the variance of a proportion.
          if (longer > 0) {
            const share = longer / times.length;
            expect(step.variance).toBeCloseTo((share * (1 - share)) / times.length, 12);
          }
        }
      }),
    );
  });

  test('never rises, stays inside its band, and counts every subject once', () => {
    fc.assert(
      fc.property(subjects, (drawn) => {
        const curve = curveOf(drawn);
        let before = 1;
        for (const { survival, interval95 } of curve.steps) {
          expect(survival).toBeLessThanOrEqual(before);
          before = survival;
          if (interval95 === null) continue;
          expect(interval95[0]).toBeGreaterThanOrEqual(0);
          expect(interval95[0]).toBeLessThanOrEqual(survival);
          expect(interval95[1]).toBeGreaterThanOrEqual(survival);
          expect(interval95[1]).toBeLessThanOrEqual(1);
        }
        const counted = curve.steps.reduce((sum, step) => sum + step.events + step.censored, 0);
        expect(counted).toBe(drawn.length);
        expect(curve.events + curve.censored).toBe(drawn.length);
      }),
    );
  });

  test('censoring a subject instead of ending it never lowers the curve', () => {
    fc.assert(
      fc.property(subjects, fc.nat(), (drawn, pick) => {
        const chosen = pick % drawn.length;
        const released = drawn.map(([time, isEvent], i): [number, 0 | 1] => [
          time,
          i === chosen ? 0 : isEvent,
        ]);
        const before = curveOf(drawn).steps;
        curveOf(released).steps.forEach((step, i) => {
          expect(step.survival).toBeGreaterThanOrEqual((before[i]?.survival ?? 0) - 1e-12);
        });
      }),
    );
  });

  test('has no median while more than half are still going', () => {
    expect(kaplanMeier([1, 2, 3, 4], [1, 0, 0, 0]).median).toBeNull();
    expect(kaplanMeier([], [])).toMatchObject({ steps: [], median: null });
  });

  test('refuses times that are none', () => {
    expect(() => kaplanMeier([Number.NaN], [1])).toThrow(RangeError);
    expect(() => kaplanMeier([1], [])).toThrow(RangeError);
  });
});
