import { describe, expect, test } from 'vitest';
import { readSplit, splits } from '@/app/projects/[projectId]/cost/read-split';

describe('the split of the cost in an address', () => {
  test('is read where it is one, and by kind of token where none is asked for', () => {
    for (const split of splits) expect(readSplit(split)).toEqual({ split, unread: null });
    expect(readSplit(null)).toEqual({ split: 'bucket', unread: null });
  });

  test.each(['xxx', '', 'Model', '__proto__'])('%j is left out and told', (asked) => {
    expect(readSplit(asked)).toEqual({ split: 'bucket', unread: asked });
  });
});
