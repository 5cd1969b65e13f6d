import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatCounted,
  formatDate,
  formatDateTime,
  formatDurationSec,
  formatNumber,
  formatShare,
  formatTokens,
  formatUsd,
  formatUsdShort,
} from '@/lib/format';

describe('what is not known is a dash, never a zero', () => {
  test.each([formatUsd, formatUsdShort, formatTokens, formatShare, formatDurationSec, formatBytes])(
    '%o',
    (format) => {
      expect(format(null)).toBe('—');
      expect(format(Number.NaN)).toBe('—');
      expect(format(undefined)).toBe('—');
    },
  );
});

describe('money keeps the digits that matter at its size', () => {
  test.each([
    [0, '$0.00'],
    [0.000123456, '$0.000123'],
    [0.04213, '$0.0421'],
    [0.42, '$0.42'],
    [12.4, '$12.40'],
    [1234.5, '$1,234.50'],
  ])('%d', (value, expected) => expect(formatUsd(value)).toBe(expected));

  test.each([
    [0.4213, '$0.42'],
    [0.0213, '$0.021'],
    [1_230_000, '$1.23M'],
  ])('short %d', (value, expected) => expect(formatUsdShort(value)).toBe(expected));
});

describe('durations change unit where people do', () => {
  test.each([
    [0.82, '820 ms'],
    [0.9999, '1 s'],
    [3.44, '3.4 s'],
    [59.97, '1:00'],
    [125, '2:05'],
    [10_925, '3:02:05'],
    [183_600, '2 d 3 h'],
  ])('%d s', (value, expected) => expect(formatDurationSec(value)).toBe(expected));
});

test('tokens are compact, numbers whole from a thousand', () => {
  expect(formatTokens(1_234_567)).toBe('1.23M');
  expect(formatTokens(2_350)).toBe('2.35k');
  expect(formatNumber(2350.4)).toBe('2,350');
});

test('shares have one decimal at most', () => {
  expect(formatShare(0.8734)).toBe('87 %');
  expect(formatShare(0.0312)).toBe('3.1 %');
  expect(formatShare(1)).toBe('100 %');
});

test('dates are in UTC', () => {
  expect(formatDate('2026-09-20T23:59:00.000Z')).toBe('20 Sep 2026');
  expect(formatDateTime('2026-11-20T14:05:00.000Z')).toBe('20 Nov 2026, 14:05 UTC');
  expect(formatDate('nonsense')).toBe('—');
});

test('counts agree with their noun', () => {
  expect(formatCounted(1, 'session')).toBe('1 session');
  expect(formatCounted(2_000, 'session')).toBe('2,000 sessions');
});

test('bytes are decimal', () => expect(formatBytes(1_234_567)).toBe('1.23 MB'));
