import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRandomStream } from '@/lib/stats/random-stream';
import { playPlainLoop } from './mm8-plain-loop';

const servers = 8;

/** What M/M/8 at ρ = 0.9 is also played by: customers per second of processor time. */
export interface Mm8Reference {
  readonly name: string;
  /** @returns customers per second */
  play(customers: number, round: number): number;
}

/** Units of work per second of processor time, so that other work on the machine counts less. */
export function timeRate(work: () => number): number {
  const before = process.cpuUsage();
  const done = work();
  const { user, system } = process.cpuUsage(before);
  return (done / (user + system)) * 1e6;
}

/** Builds the binary event heap in C (gcc -O2); null where there is no compiler. */
export function buildEventHeap(): (Mm8Reference & { remove(): void }) | null {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const program = join(folder, 'mm8-heap');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const source = resolve('tests/benchmarks/mm8-heap.c');
    execFileSync('gcc', ['-O2', '-o', program, source, '-lm'], { stdio: 'ignore' });
  } catch {
    remove();
    return null;
  }
  return {
    name: 'C, gcc -O2, event heap',
    play: (customers) => readRate(execFileSync(program, [String(customers)], { encoding: 'utf8' })),
    remove,
  };
}

/** SimPy, if a Python has it; null where none has. Far slower, so it plays far fewer customers. */
export function findSimpy(): Mm8Reference | null {
  const script = resolve('tests/benchmarks/mm8-simpy.py');
  for (const python of ['python3', '/usr/bin/python3']) {
    const play = (customers: number) =>
      execFileSync(python, [script, String(customers)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    try {
      const version = play(1_000).trim().split(' ').at(-1);
      return { name: `SimPy ${version}`, play: (customers) => readRate(play(customers / 20)) };
    } catch {
      // Not there, or without SimPy: the next one may have it.
    }
  }
  return null;
}

/** The loop one would write by hand, in JavaScript. */
export const plainLoop: Mm8Reference = {
  name: 'plain loop, JavaScript',
  play: (customers, round) =>
    timeRate(() => {
      playPlainLoop(customers, round);
      return customers;
    }),
};

/** Kiefer–Wolfowitz recursion: waits from sorted workloads of the servers, without an event list. */
export const recursion: Mm8Reference = {
  name: 'Kiefer–Wolfowitz recursion, JavaScript',
  play: (customers, round) => timeRate(() => playRecursion(customers, round)),
};

function playRecursion(customers: number, round: number): number {
  const stream = createRandomStream(1, round, 'recursion', 0);
  const workloads = new Float64Array(servers);
  for (let customer = 0; customer < customers; customer++) {
    const gapSec = stream.nextExponential(1 / 7.2);
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

function readRate(output: string): number {
  const [served, seconds] = output.split(' ').map(Number);
  return served / seconds;
}
