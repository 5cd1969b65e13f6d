import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { coversOf, rowCovers } from './known-result-rows';
import { readKnownRows } from './known-results';

const rows = readKnownRows();

describe('the rows of known-results.tsv', () => {
  test.skipIf(rows.length === 0)(
    'are each held by the engine, or by a formula for a reason',
    () => {
      const missing = rows.filter((row) => coversOf(row).length !== 1);
      expect(missing).toEqual([]);
    },
  );

  test.skipIf(rows.length === 0)('are there for every cover', () => {
    const stale = rowCovers.filter((cover) => !rows.some((row) => coversOf(row).includes(cover)));
    expect(stale).toEqual([]);
  });

  test('are held by tests that name their groups', () => {
    for (const { group, held } of rowCovers) {
      if (held.by === 'analytic') {
        expect(held.reason.length, group).toBeGreaterThan(20);
        continue;
      }
      expect(existsSync(held.test), held.test).toBe(true);
      if (group === 'Y1') continue; // a range for the engine's intervals, which no row is read for
      expect(readFileSync(held.test, 'utf8'), `${group} in ${held.test}`).toContain(`'${group}'`);
    }
  });

  test('that the engine does not hold are few', () => {
    const analytic = rows.filter((row) => coversOf(row)[0].held.by === 'analytic');
    expect(analytic.length).toBeLessThanOrEqual(12);
  });
});
