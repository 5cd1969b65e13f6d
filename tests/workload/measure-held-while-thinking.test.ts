import { describe, expect, test } from 'vitest';
import { measureHeldWhileThinking } from '@/lib/workload/measure-held-while-thinking';
import { setOf } from './example-set';

describe('measureHeldWhileThinking', () => {
  test('is the share of database time that lies within model calls of the same session', () => {
    const set = setOf(
      [
        { kind: 'model', startSec: 0, endSec: 4 },
        { kind: 'model', startSec: 3, endSec: 5 },
        { kind: 'database', startSec: 4, endSec: 8 },
      ],
      [{ kind: 'database', startSec: 0, endSec: 4 }],
    );
    expect(measureHeldWhileThinking(set)).toBe(1 / 8);
  });

  test('a transaction open across model calls counts with what they cover', () => {
    const set = setOf([
      { kind: 'database', startSec: 0, endSec: 10 },
      { kind: 'model', startSec: 1, endSec: 4 },
      { kind: 'model', startSec: 6, endSec: 9 },
    ]);
    expect(measureHeldWhileThinking(set)).toBeCloseTo(0.6, 12);
  });

  test('is unknown, not 0, without database spans or without their durations', () => {
    expect(measureHeldWhileThinking(setOf([{ kind: 'model', startSec: 0, endSec: 1 }]))).toBeNull();
    expect(measureHeldWhileThinking(setOf([{ kind: 'database', startSec: 0 }]))).toBeNull();
  });
});
