import { expect, test } from 'vitest';
import { usdAxisFormat } from '@/lib/charts/usd-axis';

test.each([
  [
    [0, 1_000, 2_000, 3_000],
    ['$0', '$1k', '$2k', '$3k'],
  ],
  [
    [0, 500, 1_000, 1_500],
    ['$0', '$0.5k', '$1.0k', '$1.5k'],
  ],
  [
    [0, 5_000, 10_000, 15_000],
    ['$0', '$5k', '$10k', '$15k'],
  ],
  [
    [0, 0.05, 0.1],
    ['$0', '$0.05', '$0.10'],
  ],
  [
    [0, 200, 400],
    ['$0', '$200', '$400'],
  ],
  [
    [0, 2_500_000, 5_000_000],
    ['$0', '$2.5M', '$5.0M'],
  ],
])('one format for all ticks of an axis of dollars: %j', (ticks, labels) => {
  expect(ticks.map(usdAxisFormat(ticks))).toEqual(labels);
});
