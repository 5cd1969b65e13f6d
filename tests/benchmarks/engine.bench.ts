import { playAgentModel } from './agent-model';
import type { BenchResult } from './bench-result';
import { playInBrowser } from './browser-engine';
import {
  buildEventHeap,
  findSimpy,
  type Mm8Reference,
  plainLoop,
  recursion,
  timeRate,
} from './mm8-references';
import { prepareMm8 } from './mm8-scenario';

const customers = 1_000_000;
const rounds = 9;
const agentModelSec = 3_600;
const goals = { agentEventsPerSec: 1e6, browserEventsPerSec: 3e6 } as const;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** M/M/8 by the engine and by all references that are there, in alternating rounds. */
function compareMm8(references: readonly Mm8Reference[]): BenchResult[] {
  const play = prepareMm8(customers);
  const rates: number[] = [];
  const referenceRates = references.map((): number[] => []);
  let eventsPerCustomer = 0;
  for (let round = 0; round <= rounds; round++) {
    const rate = timeRate(() => {
      const run = play(round);
      if (!(Math.abs(run.waitSecMean - 0.877) < 0.2)) {
        throw new Error(`Got a mean wait of ${run.waitSecMean} s when expected about 0.877 s.`);
      }
      eventsPerCustomer = run.events / run.customers;
      return run.customers;
    });
    const others = references.map((reference) => reference.play(customers, round));
    if (round === 0) continue; // compiles the code under test
    rates.push(rate);
    others.forEach((other, i) => {
      referenceRates[i].push(other);
    });
  }
  const value = median(rates);
  const name = `engine: M/M/8 at ρ = 0.9, ${((value * eventsPerCustomer) / 1e6).toFixed(2)} M events/s`;
  return references.map((reference, i) => ({
    name,
    value,
    unit: 'customers/s',
    reference: reference.name,
    referenceValue: median(referenceRates[i]),
    ratio: median(rates.map((rate, round) => rate / referenceRates[i][round])),
  }));
}

function runAgentModel(): BenchResult {
  const { events, eventsPerSec, memoryBytes, succeeded } = playAgentModel(agentModelSec);
  const memory = memoryBytes.map((bytes) => (bytes / 1e6).toFixed(1)).join(', ');
  return {
    name: `engine: agent model, 100,000 sessions pending, ${events} events, ${succeeded} sessions ended well; MB after each quarter: ${memory}`,
    value: eventsPerSec,
    unit: 'events/s',
    reference: 'goal',
    referenceValue: goals.agentEventsPerSec,
    ratio: eventsPerSec / goals.agentEventsPerSec,
  };
}

async function runInBrowser(): Promise<BenchResult[]> {
  const report = await playInBrowser();
  if (report === null) {
    console.error('  No browser here: set PLIMSOLL_BROWSER to the path of one.');
    return [];
  }
  const value = median(report.eventsPerSec);
  return [
    {
      name: `engine: M/M/8 in a browser's worker, ${(median(report.customersPerSec) / 1e6).toFixed(2)} M customers/s of elapsed time`,
      value,
      unit: 'events/s',
      reference: 'goal',
      referenceValue: goals.browserEventsPerSec,
      ratio: value / goals.browserEventsPerSec,
    },
  ];
}

/**
 * Speed of the whole engine with statistics on: M/M/8 at ρ = 0.9 as a scenario against a binary event
 * heap in C (where gcc is), a plain loop and a recursion in JavaScript, and SimPy (where it is
 * installed), medians of alternating rounds; the full agent model, with its memory; and M/M/8 in a
 * browser's worker (where a browser is).
 */
export async function run(): Promise<BenchResult[]> {
  const heap = buildEventHeap();
  const simpy = findSimpy();
  if (heap === null) console.error('  No gcc here: left out the event heap in C.');
  if (simpy === null) console.error('  No SimPy here (Debian: python3-simpy): left out.');
  try {
    const references = [heap, plainLoop, recursion, simpy].filter(
      (reference) => reference !== null,
    );
    return [...compareMm8(references), runAgentModel(), ...(await runInBrowser())];
  } finally {
    heap?.remove();
  }
}
