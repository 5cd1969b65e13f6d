import { prepareMm8 } from './mm8-scenario';

/** What the worker tells the page: the fastest round, and events per second of elapsed time in each. */
export interface WorkerReport {
  readonly eventsPerSec: readonly number[];
  readonly customersPerSec: readonly number[];
}

const rounds = 8;

/** Plays M/M/8 in a browser's worker; elapsed time, as a browser has no other. */
const play = prepareMm8(1_000_000);
const eventsPerSec: number[] = [];
const customersPerSec: number[] = [];
for (let round = 0; round <= rounds; round++) {
  const begunMs = performance.now();
  const { events, customers } = play(round);
  const elapsedSec = (performance.now() - begunMs) / 1_000;
  if (round === 0) continue; // compiles the code under test
  eventsPerSec.push(events / elapsedSec);
  customersPerSec.push(customers / elapsedSec);
}
self.postMessage({ eventsPerSec, customersPerSec } satisfies WorkerReport);
