import { describe, expect, test } from 'vitest';
import {
  addressCharsMax,
  keepText,
  presetOf,
} from '@/app/projects/[projectId]/scenarios/scenario-address';
import { scenarioPresets } from '@/simulations/presets/scenario-presets';

const [first, second] = scenarioPresets;

describe('where the text of the page is kept', () => {
  test('the text of a preset stands under its name alone, and that of the first one nowhere', () => {
    expect(keepText(second.yaml, second)).toEqual({
      address: { preset: second.id, text: null },
      tooLong: null,
    });
    expect(keepText(first.yaml, first).address).toEqual({ preset: null, text: null });
  });

  test('a short text of one’s own stands in the address, even an empty one', () => {
    const short = 'x'.repeat(addressCharsMax);
    expect(keepText(short, second)).toEqual({
      address: { preset: second.id, text: short },
      tooLong: null,
    });
    expect(keepText('', first).address.text).toBe('');
  });

  test('a longer one is kept beside it, so that no half of it is taken for the whole', () => {
    const long = 'x'.repeat(addressCharsMax + 1);
    expect(keepText(long, second)).toEqual({
      address: { preset: second.id, text: null },
      tooLong: long,
    });
  });

  test('an address that names no preset there is gives the first', () => {
    expect(presetOf({ preset: second.id })).toBe(second);
    expect(presetOf({ preset: 'constructor' })).toBe(first);
    expect(presetOf({ preset: null })).toBe(first);
  });
});
