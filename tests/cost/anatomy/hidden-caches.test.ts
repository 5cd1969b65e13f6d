import { describe, expect, test } from 'vitest';
import { fitCostAnatomy } from '@/lib/cost/anatomy/fit-cost-anatomy';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { groupCalls } from '@/lib/sessions/group-calls';
import { pricedRow } from '../priced-row';

/** Two sessions of gpt-4.1 with growing prompts; from the second call on, 1,024 tokens are implied. */
const sessionsOf = (recordedOf: (listUsd: number, cachedTokens: number) => number | null) =>
  groupCalls(
    [
      { id: 'short', calls: 4 },
      { id: 'long', calls: 12 },
    ].flatMap(({ id, calls }) =>
      Array.from({ length: calls }, (_, i) => {
        const row = pricedRow({
          sessionId: id,
          model: 'gpt-4.1',
          inputFresh: 2_000 + 500 * i,
          output: 100,
          startMs: i * 10_000,
        });
        const listUsd = Number(row.listCostPicoUsd) / 1e12;
        return { ...row, recordedCostUsd: recordedOf(listUsd, i === 0 ? 0 : 1_024) };
      }),
    ),
    2,
  );
const dearestOf = (set: ReturnType<typeof sessionsOf>) => {
  const { dearest, difference } = fitCostAnatomy(set, standardPriceBook);
  return { dearest: dearest[0], difference };
};

describe('a dear session whose trace counts no cache', () => {
  test('is not said to have none where recorded costs imply one', () => {
    // A cached token of gpt-4.1 costs $0.50 per million where a fresh one costs $2.
    const { dearest, difference } = dearestOf(
      sessionsOf((listUsd, cached) => listUsd - cached * 1.5e-6),
    );
    expect(difference?.lines[0]?.explanation.kind).toBe('hidden_caching');
    expect(dearest?.sentence).toContain('the trace counts no cache where recorded costs imply one');
    expect(dearest?.factors.some(({ factor }) => factor === 'cache_misses')).toBe(false);
  });

  test('is said to count none where nothing else was recorded', () => {
    const { dearest } = dearestOf(sessionsOf(() => null));
    expect(dearest?.sentence).toMatch(/, and the trace counts no cache(;|$)/);
  });

  test('gives its history as a share of the input spend, as the reason beside it does', () => {
    const { dearest } = dearestOf(sessionsOf(() => null));
    const said = /([\d.]+\u00a0%) of the input spend is history sent again/;
    const reason = dearest?.factors.find(({ factor }) => factor === 'history_share');
    expect(reason).toBeDefined();
    expect(said.exec(dearest?.sentence ?? '')?.[1]).toBe(said.exec(reason?.text ?? '')?.[1]);
  });
});
