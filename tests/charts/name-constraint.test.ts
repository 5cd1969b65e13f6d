import { describe, expect, test } from 'vitest';
import { nameConstraint, stripSharedSubject } from '@/lib/charts/name-constraint';

describe('constraint names', () => {
  test('read as part of a sentence, abbreviations as they are', () => {
    expect(nameConstraint('Database pool: wait target')).toBe('database pool (wait target)');
    expect(nameConstraint('SQL pool')).toBe('SQL pool');
  });

  test('a subject that all share is left out of labels, one that they do not is kept', () => {
    expect(stripSharedSubject(['Pool: wait target', 'Pool: 95 % in use'])).toEqual([
      'Wait target',
      '95 % in use',
    ]);
    expect(stripSharedSubject(['Pool: wait target', 'Quota'])).toEqual([
      'Pool: wait target',
      'Quota',
    ]);
    expect(stripSharedSubject(['Pool: wait target'])).toEqual(['Pool: wait target']);
  });
});
