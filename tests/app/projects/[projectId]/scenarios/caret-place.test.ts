import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countLines, offsetOf } from '@/app/projects/[projectId]/scenarios/caret-place';

describe('the place of an issue in the text', () => {
  test('is the offset of its line and column', () => {
    expect(offsetOf('ab\ncd\n', { line: 2, column: 2 })).toBe(4);
    expect(offsetOf('ab\ncd\n', { line: 1, column: 1 })).toBe(0);
  });

  test('beyond a line is its end, and beyond the text its end', () => {
    expect(offsetOf('ab\ncd', { line: 1, column: 9 })).toBe(2);
    expect(offsetOf('ab\ncd', { line: 7, column: 1 })).toBe(5);
  });

  test('of every character is its own', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', ' '), { maxLength: 60 }), (letters) => {
        const text = letters.join('');
        for (let at = 0; at <= text.length; at++) {
          const before = text.slice(0, at).split('\n');
          const column = (before.at(-1)?.length ?? 0) + 1;
          expect(offsetOf(text, { line: before.length, column })).toBe(at);
        }
        expect(countLines(text)).toBe(text.split('\n').length);
      }),
    );
  });
});
