import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitJsonValues } from '@/lib/traces/split-json';

test('objects written one after the other come apart as they were', () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(objects, fc.constantFrom('', ' ', ',', '\n', ', '), (values, separator) => {
      const texts = values.map((value) => JSON.stringify(value));
      expect(splitJsonValues(texts.join(separator))).toEqual(texts);
    }),
    { numRuns: 200 },
  );
});

test('an incomplete last value is returned as it stands', () => {
  expect(splitJsonValues('{"a":"}{"}{"b":[1')).toEqual(['{"a":"}{"}', '{"b":[1']);
});
