import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { installedProviders } from '@/lib/cost/prices/installed-base';
import { isSafePattern } from '@/lib/cost/prices/safe-pattern';

/** A pattern as a tree, to be written out and to be matched by the matcher below. */
type Part =
  | { kind: 'letter'; text: string; takes: (letter: string) => boolean }
  | { kind: 'sequence'; parts: readonly Part[] }
  | { kind: 'choice'; parts: readonly Part[] }
  | { kind: 'repeat'; part: Part; text: string; min: number; max: number };

const write = (part: Part): string => {
  if (part.kind === 'letter') return part.text;
  if (part.kind === 'sequence') return part.parts.map(write).join('');
  if (part.kind === 'choice') return `(?:${part.parts.map(write).join('|')})`;
  const inner = write(part.part);
  return (part.part.kind === 'sequence' ? `(?:${inner})` : inner) + part.text;
};

class TooManySteps extends Error {}

/** A matcher that goes back as that of JavaScript does, and counts its steps. */
function countSteps(part: Part, name: string, isTied: boolean, stepsMax: number) {
  let steps = 0;
  const step = (one: Part, at: number, next: (at: number) => boolean): boolean => {
    if (++steps > stepsMax) throw new TooManySteps();
    if (one.kind === 'letter') {
      const letter = name[at];
      return letter !== undefined && one.takes(letter) && next(at + 1);
    }
    if (one.kind === 'choice') return one.parts.some((each) => step(each, at, next));
    if (one.kind === 'sequence') {
      const from = (index: number, here: number): boolean => {
        const each = one.parts[index];
        return each === undefined
          ? next(here)
          : step(each, here, (there) => from(index + 1, there));
      };
      return from(0, at);
    }
    const again = (count: number, here: number): boolean =>
      (count < one.max &&
        step(one.part, here, (there) =>
          there === here && count >= one.min ? false : again(count + 1, there),
        )) ||
      (count >= one.min && next(here));
    return again(0, at);
  };
  const starts = isTied ? [0] : Array.from({ length: name.length + 1 }, (_, at) => at);
  const isMatch = starts.some((at) => step(part, at, (end) => end === name.length));
  return { isMatch, steps };
}

const letter = fc.constantFrom<Part>(
  { kind: 'letter', text: 'a', takes: (one) => one === 'a' },
  { kind: 'letter', text: '\\(', takes: (one) => one === '(' },
  { kind: 'letter', text: '[a(]', takes: (one) => one === 'a' || one === '(' },
  { kind: 'letter', text: '.', takes: () => true },
);
const counts = fc.constantFrom(
  { text: '*', min: 0, max: Number.POSITIVE_INFINITY },
  { text: '+', min: 1, max: Number.POSITIVE_INFINITY },
  { text: '?', min: 0, max: 1 },
  { text: '{2}', min: 2, max: 2 },
  { text: '{1,9}', min: 1, max: 9 },
);
const pattern = fc.letrec<{ part: Part }>((tie) => {
  const parts = fc.array(tie('part'), { minLength: 1, maxLength: 4 });
  return {
    part: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      letter,
      fc.record({ kind: fc.constant('sequence' as const), parts }),
      fc.record({ kind: fc.constant('choice' as const), parts }),
      fc
        .tuple(tie('part'), counts)
        .filter(([part]) => part.kind !== 'repeat')
        .map(([part, count]): Part => ({ kind: 'repeat', part, ...count })),
    ),
  };
}).part;

const textOf = (part: Part, isTied: boolean) => `${isTied ? '^' : ''}(?:${write(part)})$`;
const hostile = ['a'.repeat(200), `${'a'.repeat(199)}!`, '('.repeat(200), `${'a('.repeat(99)}!`];

describe('isSafePattern', () => {
  test.each([
    '^gpt-5\\.6-luna-\\d{4}-\\d{2}-\\d{2}$',
    '^(?!.*-[tT][tT][sS](?:$|-))',
    '^(?![^/]+/)(?:labs-)?(?:(?:mi|code|dev)stral|mixtral)',
    '^o[134]',
    '^composer-2\\.5\\[fast=false\\]$',
    '^a|^b.*c',
    'a{2}',
    '[*+?]',
    '\\(a\\)+',
  ])('%s can be run', (text) => {
    expect(isSafePattern(text)).toBe(true);
  });

  test.each([
    '(a+)+',
    '((a+))+',
    '(a|a)*',
    '(?:a*)*b',
    '(a?){30}',
    '(.*){2,}',
    '(a{1,50}){1,50}',
    '(\\w+\\s?)*$',
    'a*a*a*a*b',
    'a*a*b',
    `${'a?'.repeat(40)}${'a'.repeat(40)}`,
    '(a)\\1',
    '(?<name>a)',
    '(?<=a)b',
    '(',
    ')',
    'a)',
    '[',
    '[]',
    '[^]',
    'a{1,5000}',
    'a{2,1}',
    'a**',
    '^*',
    '(?=a)*',
    'a'.repeat(401),
    '^(?:[]|(a+)+)$',
    '^(?:[^]|(a+)+)$',
    '^(?:\\(+)+$',
    `^${'(a|a)'.repeat(26)}$`,
    `^${'(?:a|a)?'.repeat(20)}$`,
    '^a*|a*$',
    '[^]^]a*a*^|^',
  ])('%s cannot', (text) => {
    expect(isSafePattern(text)).toBe(false);
  });

  test('takes every pattern of the installed data', () => {
    const found = JSON.stringify(installedProviders()).match(/"regex":"(?:[^"\\]|\\.)*"/g) ?? [];
    const patterns = found.map((text): string => JSON.parse(`{${text}}`).regex);
    expect(new Set(patterns).size).toBeGreaterThan(20);
    expect(patterns.filter((text) => !isSafePattern(text))).toEqual([]);
  });

  test('what it takes is through with a hostile name of 200 letters in a bounded number of steps', () => {
    let taken = 0;
    fc.assert(
      fc.property(pattern, fc.boolean(), fc.constantFrom(...hostile), (part, isTied, name) => {
        const text = textOf(part, isTied);
        if (!isSafePattern(text)) return;
        taken++;
        // Each of 50,000 ways is at most as long as the name and the pattern.
        const { isMatch, steps } = countSteps(part, name, isTied, 50_000 * 600);
        expect(steps).toBeGreaterThan(0);
        expect(new RegExp(text).test(name)).toBe(isMatch);
      }),
      { numRuns: 3_000 },
    );
    expect(taken).toBeGreaterThan(300);
  });

  test('the counting matcher does run out of steps on a pattern that takes exponential time', () => {
    const a: Part = { kind: 'letter', text: 'a', takes: (one) => one === 'a' };
    const many = { kind: 'repeat', text: '+', min: 1, max: Number.POSITIVE_INFINITY } as const;
    const nested: Part = { ...many, part: { kind: 'choice', parts: [{ ...many, part: a }] } };
    expect(textOf(nested, true)).toBe('^(?:(?:a+)+)$');
    expect(isSafePattern(textOf(nested, true))).toBe(false);
    expect(() => countSteps(nested, hostile[1] ?? '', true, 1_000_000)).toThrow(TooManySteps);
  });

  test('never takes a repeated group, whatever the letters around it', () => {
    const letters = fc.constantFrom(...'^$()[]|\\a*+?{},1:!=-'.split(''));
    const text = fc.string({ unit: letters, maxLength: 14 });
    fc.assert(
      fc.property(text, (source) => {
        if (!isSafePattern(source)) return;
        const plain = source.replace(/\\./g, 'x').replace(/\[(?:\^?[^\]]+)\]/g, 'x');
        expect(plain).not.toMatch(/\)[*+{]/);
        expect(plain).not.toMatch(/[[\]]/);
        expect(() => new RegExp(source)).not.toThrow();
      }),
      { numRuns: 20_000 },
    );
  });
});
