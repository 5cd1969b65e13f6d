import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { playReplication } from '@/simulations/engine/play-replication';
import { Scenario } from '@/simulations/scenario/scenario';
import { meanAndError } from './assert-known-result';

const path = resolve('../shared/data/queueing/backoff-jitter.csv');

/** Every sixth number of clients; `ALL_CELLS=1` plays all of them, 100 runs each. */
const isWhole = process.env.ALL_CELLS === '1';
const runs = isWhole ? 100 : 60;

/** Runs that the means of the table are of. */
const tableRuns = 100;

const tolerated = 0.05;

const trip = { law: 'normal' as const, mean: 0.01, sd: 0.002, below: 'reflect' as const };
const backoff = { baseSec: 0.005, capSec: 2, firstExponent: 1 };

/** What a client waits after a failure; the trip of its next read comes on top, in the read itself. */
const retries = new Map([
  ['None', {}],
  ['Exponential', { backoff }],
  ['EqualJitter', { backoff: { ...backoff, jitter: 'equal' } }],
  ['FullJitter', { backoff: { ...backoff, jitter: 'full' } }],
  ['Decorr', { backoff: { ...backoff, jitter: 'decorrelated' } }],
]);

interface Cell {
  readonly clients: number;
  readonly timeMs: number;
  readonly calls: number;
  readonly algorithm: string;
}

function readCells(): Cell[] {
  if (!existsSync(path)) {
    console.log('Skipped backoff and jitter: ../shared/data/queueing is not here.');
    return [];
  }
  const cells = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [clients, timeMs, calls, algorithm] = line.split(',');
      return {
        clients: Number(clients),
        timeMs: Number(timeMs),
        calls: Number(calls),
        algorithm,
      };
    });
  return cells.filter(({ clients }) => isWhole || clients % 60 === 10);
}

/** The contest: all read one row at once, and write it if it is as they read it. */
function contest({ clients, algorithm }: Cell): Scenario {
  return Scenario.parse({
    plimsoll: 1,
    name: 'contest',
    horizonSec: 1_000,
    resources: { rows: { kind: 'store' } },
    classes: {
      clients: {
        arrivals: { kind: 'burst', sessions: clients },
        program: [
          {
            attempt: 'raise',
            retry: { attempts: 'unlimited', ...retries.get(algorithm) },
            steps: [
              { delay: trip },
              { read: 'rows' },
              { delay: trip },
              { delay: trip },
              { write: 'rows', ifUnchanged: true },
              { delay: trip },
              { verify: 'rows' },
            ],
          },
        ],
      },
    },
  });
}

/** Writes, and the time of the last answer in ms, of each run. */
function playContest(cell: Cell): { calls: number[]; timeMs: number[] } {
  const compiled = compileScenario(contest(cell));
  const calls: number[] = [];
  const timeMs: number[] = [];
  for (let replication = 0; replication < runs; replication++) {
    const job = { seed: 1, replication, horizonSec: 1_000, maxEvents: 1e8 };
    const { blockWindows, classWindows, unfinishedSessions } = playReplication(compiled, job);
    expect(unfinishedSessions[0]).toBe(0);
    calls.push(blockWindows[0].reduce((sum, { attempts }) => sum + attempts, 0));
    timeMs.push(1_000 * Math.max(...classWindows[0].map(({ responseSec }) => responseSec.max)));
  }
  return { calls, timeMs };
}

const cells = readCells();

describe.skipIf(cells.length === 0)('the contest of clients that back off', () => {
  const ratios: { calls: number; time: number }[] = [];

  test.each(cells)('$algorithm, $clients clients: $calls calls, $timeMs ms', (cell) => {
    expect(retries.has(cell.algorithm)).toBe(true);
    const played = playContest(cell);
    const deviation = (values: readonly number[], known: number) => {
      const { mean, error } = meanAndError(values);
      // Means of ours and of the table are each off by chance; what is left has to be within 5 %.
      const byChance = 2.5 * error * Math.sqrt(1 + runs / tableRuns);
      return { off: mean / known - 1, most: Math.max(tolerated, byChance / known) };
    };
    const calls = deviation(played.calls, cell.calls);
    const time = deviation(played.timeMs, cell.timeMs);
    expect(Math.abs(calls.off)).toBeLessThan(calls.most);
    expect(Math.abs(time.off)).toBeLessThan(time.most);
    ratios.push({ calls: calls.off, time: time.off });
  });

  test('nine of ten cells are within 5 %, and all together within 1.5 %', () => {
    expect(ratios.length).toBe(cells.length);
    const within = ratios.filter(({ time }) => Math.abs(time) < tolerated).length;
    expect(within / ratios.length).toBeGreaterThanOrEqual(0.9);
    for (const of of ['calls', 'time'] as const) {
      const mean = ratios.reduce((sum, ratio) => sum + ratio[of], 0) / ratios.length;
      expect(Math.abs(mean)).toBeLessThan(0.015);
      expect(ratios.every((ratio) => of === 'time' || Math.abs(ratio[of]) < tolerated)).toBe(true);
    }
  });
});
