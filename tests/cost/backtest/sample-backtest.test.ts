import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runBacktest } from '@/lib/cost/backtest/run-backtest';
import { generateTrace } from '@/lib/sample/generate-trace';
import { groupCalls } from '@/lib/sessions/group-calls';
import { readCalls } from '../../traces/expected-figures';
import { listCost, rowOf } from './recorded-sources';

/** What a new user sees: the three agents of the sample project, as the importer reads them. */
async function readSample(sessions: number) {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-sample-'));
  try {
    const path = join(folder, 'sample.jsonl');
    const made = { scenario: 'mixed', sessions, seed: 20_261_121 } as const;
    const lines = generateTrace({ ...made, startMs: Date.UTC(2026, 10, 20) });
    writeFileSync(path, [...lines].map((line) => `${line.trimEnd()}\n`).join(''));
    const { calls } = await readCalls([path]);
    const rows = calls
      .filter(({ kind }) => kind === 'model')
      .map((call) => rowOf(call, listCost(call)))
      .sort(
        (a, b) =>
          Number(a.sessionId > b.sessionId) - Number(a.sessionId < b.sessionId) ||
          (a.startMs ?? 0) - (b.startMs ?? 0),
      );
    return groupCalls(rows, new Set(rows.map(({ sessionId }) => sessionId)).size);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('longer sessions of the sample are foretold from shorter ones, with their sum and scatter', async () => {
  const { length } = runBacktest(await readSample(400), { seed: 1 });
  if (length.kind !== 'measured') throw new Error('Not measured.');
  const [ours, ...others] = length.methods;
  process.stdout.write(
    `  sample: median ${ours.medianError.toFixed(3)}, total ${ours.totalError.toFixed(3)}, inside ${ours.coverage80?.toFixed(3)}\n`,
  );
  expect(ours.medianError).toBeLessThan(0.18);
  expect(Math.abs(ours.totalError)).toBeLessThan(0.15);
  expect(ours.coverage80).toBeGreaterThan(0.7);
  expect(ours.coverage80).toBeLessThan(0.9);
  for (const { method, medianError } of others.filter(({ coverage80 }) => coverage80 === null)) {
    expect(ours.medianError, method).toBeLessThan(medianError / 2);
  }
});
