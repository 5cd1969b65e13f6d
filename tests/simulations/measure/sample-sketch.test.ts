import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SampleSketch } from '@/simulations/measure/sample-sketch';

const samples = fc.array(
  fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true })),
  { minLength: 1, maxLength: 300 },
);

function sketchOf(values: readonly number[]): SampleSketch {
  const sketch = new SampleSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

describe('SampleSketch', () => {
  test('a quantile lies within 1/128 of a sample of that rank', () => {
    fc.assert(
      fc.property(
        samples,
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (values, probability) => {
          const sorted = values.toSorted((a, b) => a - b);
          const exact = sorted[Math.ceil(probability * sorted.length) - 1];
          const quantile = sketchOf(values).quantile(probability);
          expect(Math.abs(quantile - exact)).toBeLessThanOrEqual(exact / 128);
        },
      ),
    );
  });

  test('merging gives what adding all samples to one gives', () => {
    fc.assert(
      fc.property(samples, samples, (first, second) => {
        const merged = sketchOf(first);
        merged.merge(sketchOf(second).toState());
        const all = sketchOf([...first, ...second]);
        expect({ ...merged.toState(), sum: 0 }).toEqual({ ...all.toState(), sum: 0 });
        expect(merged.sum).toBeCloseTo(all.sum, 3);
      }),
    );
  });

  test('without samples there is no mean and no quantile, rather than 0', () => {
    expect(new SampleSketch().mean).toBeNaN();
    expect(new SampleSketch().quantile(0.5)).toBeNaN();
  });
});
