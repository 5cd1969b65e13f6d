import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeLabels } from '@/lib/charts/place-labels';

describe('placeLabels', () => {
  test('labels that do not touch stay where they want to be', () => {
    const labels = [
      { position: 80, size: 10 },
      { position: 20, size: 10 },
    ];
    expect(placeLabels(labels, [0, 100])).toEqual([80, 20]);
  });

  test('two that collide move apart by the same distance', () => {
    const labels = [
      { position: 50, size: 10 },
      { position: 52, size: 10 },
    ];
    expect(placeLabels(labels, [0, 100])).toEqual([46, 56]);
  });

  test('no two labels overlap and all stay in bounds, in any order and number that fits', () => {
    const label = fc.record({
      position: fc.double({ min: -50, max: 350, noNaN: true }),
      size: fc.double({ min: 1, max: 20, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 14 }), (labels) => {
        const middles = placeLabels(labels, [0, 300]);
        const spans = labels
          .map(({ size }, i) => ({ from: (middles[i] ?? 0) - size / 2, size }))
          .sort((a, b) => a.from - b.from);
        let edge = -1e-6;
        for (const span of spans) {
          expect(span.from).toBeGreaterThanOrEqual(edge - 1e-6);
          edge = span.from + span.size;
        }
        expect(edge).toBeLessThanOrEqual(300 + 1e-6);
      }),
    );
  });

  test('labels keep the order of what they name', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 6 }),
        (positions) => {
          const rising = [...positions].sort((a, b) => a - b);
          const placed = placeLabels(
            rising.map((position) => ({ position, size: 12 })),
            [0, 100],
          );
          for (let i = 1; i < placed.length; i++) {
            expect(placed[i]).toBeGreaterThan(placed[i - 1] ?? Number.NEGATIVE_INFINITY);
          }
        },
      ),
    );
  });
});
