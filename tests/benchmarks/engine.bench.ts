import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRandomStream } from '@/lib/stats/random-stream';
import { opCode, type WorkloadModel } from '@/lib/workload/workload-model';
import { runReplication } from '@/simulations/engine/run-replication';
import { SampleSketch } from '@/simulations/measure/sample-sketch';
import type { PoolStudy } from '@/simulations/pool-study';
import type { BenchResult } from './bench-result';

const servers = 8;
const arrivalRatePerSec = 7.2;
const customers = 2_000_000;
const rounds = 5;

const workload: WorkloadModel = {
  programCount: 1,
  firstOp: Uint32Array.of(0, 1),
  op: Uint8Array.of(opCode.query),
  durationSec: Float64Array.of(1),
  durationLaw: Uint8Array.of(1),
  basis: {
    sessions: 1,
    sessionsInStore: 1,
    imputedDurations: 0,
    databaseSpans: 1,
    heldWhileThinkingShare: null,
  },
};

const scenario: PoolStudy = {
  load: { kind: 'open', arrivalRatePerSec },
  pool: {
    name: 'Servers',
    slots: servers,
    holdingScope: 'query',
    acquireTimeoutSec: null,
    assumedQuerySec: 1,
    assumedQueriesPerTurn: 1,
  },
  thinkTimeFactor: 1,
  horizonSec: customers / arrivalRatePerSec,
  replications: 10,
  seed: 1,
};

/** Customers per second of processor time, so that other work on the machine counts less. */
function timeCustomers(simulate: () => number): number {
  const before = process.cpuUsage();
  const served = simulate();
  const { user, system } = process.cpuUsage(before);
  return (served / (user + system)) * 1e6;
}

function runEngine(replication: number): number {
  const job = { agents: arrivalRatePerSec, replication, maxEvents: 1e9 };
  const { windows } = runReplication(workload, scenario, job);
  const waitSec = new SampleSketch();
  for (const window of windows) waitSec.merge(window.waitSec);
  if (!(Math.abs(waitSec.mean - 0.877) < 0.15)) {
    throw new Error(`Got a mean wait of ${waitSec.mean} s when expected about 0.877 s.`);
  }
  return waitSec.count;
}

/** Builds the C event heap; null where there is no compiler. */
function buildReference(folder: string): string | null {
  const program = join(folder, 'mm8-heap');
  const source = resolve('tests/benchmarks/mm8-heap.c');
  try {
    execFileSync('gcc', ['-O2', '-o', program, source, '-lm'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return program;
}

function runReference(program: string): number {
  const [served, seconds] = execFileSync(program, [String(customers)], { encoding: 'utf8' })
    .split(' ')
    .map(Number);
  return served / seconds;
}

/** Kiefer–Wolfowitz recursion: waits from sorted server workloads, without an event list. */
function runRecursion(): number {
  const stream = createRandomStream(1, 0, 'recursion', 0);
  const workloads = new Float64Array(servers);
  for (let customer = 0; customer < customers; customer++) {
    const gapSec = stream.nextExponential(1 / arrivalRatePerSec);
    for (let i = 0; i < servers; i++) workloads[i] = Math.max(0, workloads[i] - gapSec);
    const after = workloads[0] + stream.nextExponential(1);
    let place = 0;
    for (; place + 1 < servers && workloads[place + 1] < after; place++) {
      workloads[place] = workloads[place + 1];
    }
    workloads[place] = after;
  }
  return customers;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/**
 * Speed of the whole engine, pool and statistics on, for M/M/8 at ρ = 0.9: medians of alternating
 * rounds against a binary event heap in C (gcc -O2), or a recursion in JavaScript without gcc.
 */
export async function run(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  try {
    const program = buildReference(folder);
    const values: number[] = [];
    const references: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const value = timeCustomers(() => runEngine(round));
      const reference = program === null ? timeCustomers(runRecursion) : runReference(program);
      if (round === 0) continue; // compiles the code under test
      values.push(value);
      references.push(reference);
    }
    const value = median(values);
    const referenceValue = median(references);
    return [
      {
        name: 'engine: M/M/8 at ρ = 0.9',
        value,
        unit: 'customers/s',
        reference:
          program === null ? 'Kiefer–Wolfowitz recursion, JavaScript' : 'C, gcc -O2, event heap',
        referenceValue,
        ratio: value / referenceValue,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
