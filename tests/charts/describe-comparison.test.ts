import { describe, expect, test } from 'vitest';
import { describeComparison } from '@/lib/charts/describe-comparison';
import { change } from './example-outcome';

const paired = { isPaired: true, isDrawing: false };

describe('the finding of a comparison', () => {
  test.each([
    [
      'less',
      change(1.24, 0.71, [-0.58, -0.47]),
      'B costs $0.53 less per session (−43\u00a0%, 95 %: −47 to −38)',
    ],
    [
      'more',
      change(1, 1.5, [0.4, 0.6]),
      'B costs $0.50 more per session (+50\u00a0%, 95 %: +40 to +60)',
    ],
    [
      'no telling',
      change(1, 0.95, [-0.2, 0.1]),
      'No difference can be told apart from chance (−5\u00a0%, 95 %: −20 to +10)',
    ],
    ['the same', change(1, 1, [0, 0]), 'A and B cost the same: $1.00 per session'],
    [
      'too few',
      change(1, 0.5),
      'B costs $0.50 less per session (−50\u00a0%, too few sessions for an interval)',
    ],
  ])('%s', (_, mean, headline) => {
    expect(describeComparison(mean, paired).headline).toBe(headline);
  });

  test('misses no interval that is still being drawn', () => {
    expect(describeComparison(change(1, 0.5), { ...paired, isDrawing: true }).headline).toBe(
      'B costs $0.50 less per session (−50\u00a0%)',
    );
  });

  test('claims nothing where a side has no price', () => {
    expect(describeComparison(null, paired).headline).toContain('Nothing to compare');
  });

  test('warns where the sessions are different ones, and only there', () => {
    expect(describeComparison(change(1, 2), paired).lede).toContain('The same sessions');
    expect(describeComparison(change(1, 2), { ...paired, isPaired: false }).lede).toContain(
      'what they were asked to do may differ',
    );
  });
});
