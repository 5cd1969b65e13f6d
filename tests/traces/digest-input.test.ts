import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestInput, digestText } from '@/lib/traces/digest-input';

test('equal arguments have equal digests in any key order', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(digestInput(reversed)).toBe(digestInput(value));
      expect(digestText(JSON.stringify(reversed, null, 2))).toBe(digestInput(value));
    }),
    { numRuns: 200 },
  );
});

test('arguments that differ in shape, type or order of a list differ', () => {
  const values = [
    {},
    [],
    '',
    'a',
    1,
    '1',
    true,
    [1, 2],
    [2, 1],
    [[1], 2],
    { a: 1 },
    { a: '1' },
    { b: 1 },
  ];
  expect(new Set(values.map((value) => digestInput(value))).size).toBe(values.length);
});

test('absent and bottomless arguments have no digest', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 100; depth++) deep = [deep];
  expect([digestInput(undefined), digestInput(null), digestInput(deep)]).toEqual([
    null,
    null,
    null,
  ]);
});
