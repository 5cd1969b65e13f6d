import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RetryBudget } from '@/simulations/policies/retry-budget';
import { playLiteral } from './play-literal';

/** What a budget did, followed with plain sums. */
function followed(ratio: number, burst: number, moves: readonly boolean[], root: number) {
  const budget = new RetryBudget({ ratio, burst, scope: root < 0 ? 'shared' : 'session' });
  if (root >= 0) budget.onSessionStart(root);
  let tokens = burst;
  for (const isCall of moves) {
    if (isCall) {
      budget.onCall(root);
      tokens = Math.min(burst, tokens + ratio);
    } else {
      const isThere = tokens >= 1;
      expect(budget.takeToken(root)).toBe(isThere);
      if (isThere) tokens -= 1;
    }
    expect(budget.tokensOf(root)).toBe(tokens);
    expect(budget.tokensOf(root)).toBeGreaterThanOrEqual(0);
  }
}

describe('a retry budget', () => {
  test('is never negative, never above its burst, and pays one token a retry', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.array(fc.boolean(), { maxLength: 200 }),
        fc.integer({ min: -1, max: 300 }),
        followed,
      ),
    );
  });

  test('of one session is not that of another, and is full when the next one begins', () => {
    const budget = new RetryBudget({ ratio: 0, burst: 1, scope: 'session' });
    budget.onSessionStart(0);
    budget.onSessionStart(500);
    expect([budget.takeToken(0), budget.takeToken(0)]).toEqual([true, false]);
    expect(budget.takeToken(500)).toBe(true);
    budget.onSessionStart(0);
    expect(budget.takeToken(0)).toBe(true);
  });

  test.each([
    // 100 clients of 20 calls each: what all have is less than what each has, as each begins full.
    ['shared', 10 + 0.1 * 2_000],
    ['session', 100 * (5 + 0.1 * 20)],
  ] as const)('%s, holds the retries of an outage to burst and ratio', (scope, most) => {
    const played = playLiteral({
      horizonSec: 1_000,
      resources: {},
      retryBudgets: { purse: { ratio: 0.1, burst: scope === 'shared' ? 10 : 5, scope } },
      classes: {
        clients: {
          arrivals: { kind: 'burst', sessions: 100 },
          program: [
            {
              repeat: 20,
              steps: [
                {
                  attempt: 'call',
                  steps: [{ fail: 'down' }],
                  retry: { attempts: 4, budget: 'purse' },
                  fallback: [],
                },
                { delay: { law: 'exponential', mean: 1 } },
              ],
            },
          ],
        },
      },
    });
    expect(played.block(0, 'calls')).toBe(2_000);
    const retries = played.block(0, 'attempts') - played.block(0, 'calls');
    expect(retries).toBeLessThanOrEqual(most);
    expect(retries).toBeGreaterThan(0.75 * most);
  });
});
