import { describe, expect, test } from 'vitest';
import { type KnownRow, readKnownRows } from '../known-results';
import { networkAnswers } from './network-answers';
import { policyAnswers } from './policy-answers';
import { queueAnswers } from './queue-answers';

const answers = new Map([...queueAnswers, ...networkAnswers, ...policyAnswers]);

/** Rows that no closed form of ours is held to, by group and quantity, and why. */
const leftOut = new Map([
  [
    'Y1 accept range (3 sigma)',
    'a range for the coverage of simulated intervals, held by tests of the engine',
  ],
]);

const rows = readKnownRows();

/** How far from the printed digits an answer may be: what six significant digits leave open. */
const tolerance = 1e-5;

function answerTo(row: KnownRow): number | null | undefined {
  return answers.get(row.group)?.(row);
}

describe.skipIf(rows.length === 0)('closed forms against known-results.tsv', () => {
  test('the file is read whole', () => {
    expect(rows.length).toBeGreaterThan(170);
    expect(rows.filter(({ model }) => model.startsWith('same'))).toEqual([]);
  });

  test('every row is compared or left out for a stated reason', () => {
    const silent = rows.filter(
      (row) =>
        !leftOut.has(`${row.group} ${row.quantity}`) &&
        (typeof row.value !== 'number' || typeof answerTo(row) !== 'number'),
    );
    expect(silent).toEqual([]);
  });

  test('no row is left out that is not in the file, or that could be compared', () => {
    for (const key of leftOut.keys()) {
      const row = rows.find(({ group, quantity }) => `${group} ${quantity}` === key);
      expect(row, key).toBeDefined();
      if (row !== undefined) expect(answerTo(row), key).toBeUndefined();
    }
  });

  const compared = rows.filter(({ group, quantity }) => !leftOut.has(`${group} ${quantity}`));
  test.each(compared)('line $line: $group $model: $quantity = $printed', (row) => {
    expect(Number(answerTo(row)) / Number(row.value) - 1).toBeLessThan(tolerance);
    expect(Number(answerTo(row)) / Number(row.value) - 1).toBeGreaterThan(-tolerance);
  });
});
