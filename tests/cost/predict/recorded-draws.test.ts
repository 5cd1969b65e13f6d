import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { drawSessionCosts } from '@/lib/cost/predict/session-draws';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { quantile } from '@/lib/stats/quantile';
import { readRecordedSources } from '../backtest/recorded-sources';
import { hasSharedData } from '../shared-traces';

const isThere = hasSharedData();
const count = 4_000;

/** The first half of the calls of every thread, rounded up. */
function cutInHalf(rows: readonly PricedCallRow[]): PricedCallRow[] {
  const keyOf = (row: PricedCallRow) => `${row.sessionId}\n${row.threadId}`;
  const all = new Map<string, number>();
  for (const row of rows) all.set(keyOf(row), (all.get(keyOf(row)) ?? 0) + 1);
  const seen = new Map<string, number>();
  return rows.filter((row) => {
    const place = (seen.get(keyOf(row)) ?? 0) + 1;
    seen.set(keyOf(row), place);
    return place <= Math.ceil((all.get(keyOf(row)) ?? 0) / 2);
  });
}

const sumUsd = (rows: readonly PricedCallRow[]) =>
  rows.reduce((sum, row) => sum + (row.listCostPicoUsd ?? 0), 0) / 1e12;

function meanDrawn(rows: readonly PricedCallRow[], sessions: number, lengthFactor: number): number {
  const set = buildReplaySet(groupCalls(rows, sessions), standardPriceBook);
  const { costUsd } = drawSessionCosts(set, { count, lengthFactor, seed: 1 });
  return costUsd.reduce((sum, cost) => sum + cost, 0) / count;
}

describe.skipIf(!isThere)('recorded sessions cut in half and continued to their length', () => {
  test('cost what they cost, to three percent in the median over sources', async () => {
    // Only where calls were priced from the book can those that continue them be.
    const sources = (await readRecordedSources()).filter(
      ({ name, sessions }) =>
        (name.startsWith('tau2') || name === 'entire-claude-code') &&
        sessions.sessionIds.length >= 4,
    );
    const errors = sources.map(({ name, rows, sessions }) => {
      const half = cutInHalf(rows);
      const of = sessions.sessionIds.length;
      // Draws of both lengths begin as the same sessions: their ratio is without that noise.
      const growth = meanDrawn(half, of, rows.length / half.length) / meanDrawn(half, of, 1);
      const error = growth / (sumUsd(rows) / sumUsd(half)) - 1;
      process.stdout.write(`  ${name.padEnd(42)} continued: ${(error * 100).toFixed(1)} %\n`);
      return Math.abs(error);
    });
    expect(errors).toHaveLength(8);
    expect(quantile(errors, 0.5)).toBeLessThan(0.03);
    expect(Math.max(...errors)).toBeLessThan(0.15);
  });
});
