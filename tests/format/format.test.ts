import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDecimal,
  formatDurationMs,
  formatDurationSec,
  formatPercent,
  formatRate,
  formatTokens,
  formatUsd,
  formatUsdRange,
  formatUtc,
  formatUtcDate,
} from '@/lib/format';

/** Expectations are written with plain spaces; the product joins units with no-break ones. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('unknown quantities', () => {
  test('read as a dash, never as zero', () => {
    const formats = [
      formatUsd,
      formatTokens,
      formatCount,
      formatDecimal,
      formatDurationMs,
      formatDurationSec,
      formatPercent,
      formatBytes,
    ];
    for (const format of formats) {
      for (const value of [null, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(format(value)).toBe('—');
      }
    }
    expect(formatRate(null, 'sessions')).toBe('—');
    expect(formatUsdRange(null)).toBe('—');
    expect(formatUtc(null)).toBe('—');
    expect(formatUtc('not a time')).toBe('—');
    expect(formatUtcDate(Number.NaN)).toBe('—');
  });
});

describe('formatUsd', () => {
  test.each([
    [0, 'cents', '$0.00'],
    [0.000123, 'cents', '$0.000123'],
    [0.0000456789, 'exact', '$0.0000457'],
    [0.0421, 'exact', '$0.0421'],
    [0.0421, 'cents', '$0.04'],
    [0.579592, 'exact', '$0.5796'],
    [12.4, 'exact', '$12.40'],
    [12.4, 'cents', '$12.40'],
    [1234.56, 'cents', '$1,235'],
    [1234.56, 'exact', '$1,234.56'],
    [1_234_567, 'compact', '$1.23M'],
    [12_400, 'compact', '$12.4k'],
    [12.4, 'compact', '$12.40'],
    [-12.4, 'cents', '-$12.40'],
  ] as const)('%d as %s is %s', (usd, style, text) => {
    expect(formatUsd(usd, style)).toBe(text);
  });

  test('both ends of a range have the digits of the larger one', () => {
    expect(plain(formatUsdRange([1200, 1850], 'month'))).toBe('$1,200 – $1,850 / month');
    expect(plain(formatUsdRange([0.004, 0.0421], undefined, 'exact'))).toBe('$0.0040 – $0.0421');
  });
});

describe('counts and tokens', () => {
  test('tokens are compact and counts exact', () => {
    expect(formatTokens(842)).toBe('842');
    expect(formatTokens(12_345)).toBe('12.3k');
    expect(formatTokens(1_200_000)).toBe('1.2M');
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatDecimal(1.0749)).toBe('1.07');
  });

  test('a locale other than the default is honoured', () => {
    expect(formatCount(1_234_567, 'de-DE')).toBe('1.234.567');
  });
});

describe('durations', () => {
  test.each([
    [0, '0 ms'],
    [0.0004, '0.4 ms'],
    [0.82, '820 ms'],
    [0.9994, '999 ms'],
    [0.9996, '1.0 s'],
    [3.4, '3.4 s'],
    [59.94, '59.9 s'],
    [59.96, '1:00'],
    [125.4, '2:05'],
    [3599.6, '1:00:00'],
    [3725, '1:02:05'],
    [302_400, '3.5 days'],
    [-3.4, '−3.4 s'],
  ])('%d s is %s', (sec, text) => {
    expect(plain(formatDurationSec(sec))).toBe(text);
    expect(plain(formatDurationMs(sec * 1_000))).toBe(text);
  });
});

describe('formatPercent', () => {
  test.each([
    [0, '0 %'],
    [0.873, '87.3 %'],
    [0.5, '50 %'],
    [1, '100 %'],
    [1.204, '120.4 %'],
  ])('%d is %s', (share, text) => {
    expect(plain(formatPercent(share))).toBe(text);
  });

  test('a trace of something is not 0 % and a lack of something is not 100 %', () => {
    expect(plain(formatPercent(0.00001))).toBe('< 0.1 %');
    expect(plain(formatPercent(0.99999))).toBe('> 99.9 %');
  });
});

describe('rates, times and sizes', () => {
  test('a rate is shown per the period asked for', () => {
    expect(plain(formatRate(40 / 60, 'sessions'))).toBe('40 sessions/min');
    expect(plain(formatRate(250_000 / 60, 'tokens'))).toBe('250k tokens/min');
    expect(plain(formatRate(2.469, 'acquisitions', 's'))).toBe('2.47 acquisitions/s');
  });

  test('times are in UTC whatever the machine thinks', () => {
    expect(plain(formatUtc(Date.UTC(2026, 10, 21, 13, 5, 59)))).toBe('2026-11-21 13:05 UTC');
    expect(plain(formatUtc('2026-11-21T13:05:59.000Z'))).toBe('2026-11-21 13:05 UTC');
    expect(formatUtcDate(Date.UTC(2026, 10, 21, 23, 59))).toBe('2026-11-21');
  });

  test('sizes are decimal and move to the next unit before they round to 1,000', () => {
    expect(plain(formatBytes(820))).toBe('820 B');
    expect(plain(formatBytes(1_234_567))).toBe('1.2 MB');
    expect(plain(formatBytes(999_999))).toBe('1 MB');
  });
});
