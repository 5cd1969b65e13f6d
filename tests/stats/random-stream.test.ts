import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandomStream, RandomStream } from '@/lib/stats/random-stream';

const draw = (stream: RandomStream, n: number) =>
  Array.from({ length: n }, () => stream.nextFloat());

/** sfc32 on unsigned big integers: inverts nothing, shares nothing with the stream but the paper. */
function nextOfReference(state: [bigint, bigint, bigint, bigint]): bigint {
  const mask = 0xffffffffn;
  const [a, b, c, counter] = state;
  const drawn = (a + b + counter) & mask;
  state[3] = (counter + 1n) & mask;
  state[0] = b ^ (b >> 9n);
  state[1] = (c + (c << 3n)) & mask;
  state[2] = ((((c << 21n) & mask) | (c >> 11n)) + drawn) & mask;
  return drawn;
}

/** MurmurHash3 on unsigned big integers. */
function hashOfReference(words: readonly number[], seed: bigint): bigint {
  const mask = 0xffffffffn;
  const rotate = (x: bigint, by: bigint) => ((x << by) & mask) | (x >> (32n - by));
  let hash = seed;
  for (const word of words) {
    let k = ((BigInt(word) & mask) * 0xcc9e2d51n) & mask;
    k = (rotate(k, 15n) * 0x1b873593n) & mask;
    hash = (rotate(hash ^ k, 13n) * 5n + 0xe6546b64n) & mask;
  }
  hash ^= BigInt(words.length * 4);
  hash = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) & mask;
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) & mask;
  return hash ^ (hash >> 16n);
}

describe('RandomStream', () => {
  test('is sfc32 on a MurmurHash3 state, bit for bit', () => {
    const words = [42, 0, 7, 0, 3, 0];
    const state: [bigint, bigint, bigint, bigint] = [
      hashOfReference(words, 0x6a09e667n),
      hashOfReference(words, 0xbb67ae85n),
      hashOfReference(words, 0x3c6ef372n),
      hashOfReference(words, 0xa54ff53an),
    ];
    for (let i = 0; i < 15; i++) nextOfReference(state);
    const stream = new RandomStream([42, 7, 3]);
    for (let i = 0; i < 10_000; i++) {
      expect(BigInt(stream.nextUint32())).toBe(nextOfReference(state));
    }
  });

  test('equal keys give equal streams and any changed part gives another', () => {
    const first = draw(createRandomStream(1, 2, 'arrivals', 3), 20);
    expect(draw(createRandomStream(1, 2, 'arrivals', 3), 20)).toEqual(first);
    for (const other of [
      createRandomStream(2, 2, 'arrivals', 3),
      createRandomStream(1, 3, 'arrivals', 3),
      createRandomStream(1, 2, 'service', 3),
      createRandomStream(1, 2, 'arrivals', 4),
      createRandomStream(1 + 2 ** 32, 2, 'arrivals', 3),
    ]) {
      expect(draw(other, 20)).not.toEqual(first);
    }
  });

  test('floats lie in [0, 1) and integers in [0, n)', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 2 ** 31 }), (seed, n) => {
        const stream = new RandomStream([seed]);
        const float = stream.nextFloat();
        const integer = stream.nextInt(n);
        return float >= 0 && float < 1 && Number.isInteger(integer) && integer >= 0 && integer < n;
      }),
    );
  });

  test('moments of uniform, exponential and normal draws lie within five standard errors', () => {
    const n = 200_000;
    const stream = new RandomStream([2026]);
    let uniform = 0;
    let exponential = 0;
    let normal = 0;
    let normalSquares = 0;
    for (let i = 0; i < n; i++) {
      uniform += stream.nextFloat();
      exponential += stream.nextExponential(3);
      const z = stream.nextNormal();
      normal += z;
      normalSquares += z * z;
    }
    expect(Math.abs(uniform / n - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(exponential / n - 3)).toBeLessThan((5 * 3) / Math.sqrt(n));
    expect(Math.abs(normal / n)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(normalSquares / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });

  test('first draws of neighbouring entities are uniform and uncorrelated', () => {
    const n = 20_000;
    const bins = new Float64Array(64);
    let lagProduct = 0;
    let previous = 0.5;
    for (let entity = 0; entity < n; entity++) {
      const u = createRandomStream(1, 0, 'service', entity).nextFloat();
      const bin = Math.floor(u * 64);
      bins[bin] = (bins[bin] ?? 0) + 1;
      lagProduct += (u - 0.5) * (previous - 0.5);
      previous = u;
    }
    const expected = n / 64;
    const chiSquare = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(63 + 5 * Math.sqrt(2 * 63));
    expect(Math.abs(lagProduct / n)).toBeLessThan(5 / 12 / Math.sqrt(n));
  });

  test('a key part that is not a safe integer is refused', () => {
    expect(() => new RandomStream([Number.NaN])).toThrow(RangeError);
    expect(() => new RandomStream([0.5])).toThrow(RangeError);
  });
});
