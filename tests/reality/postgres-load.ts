import { setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Pool } from 'pg';
import type { CycleDraws, FixedCost } from './cycle-draws';
import { type DrivenLoop, LoopAgent, LoopRun, sleepInDatabase } from './loop-agent';
import type { LoopRecord } from './loop-record';
import type { PostgresServer } from './postgres-server';
import { delayPrecisely } from './precise-delay';

/** A pool whose connections are all there and stay there. */
export async function openPool(
  connection: PostgresServer['connection'],
  slots: number,
): Promise<Pool> {
  const pool = new Pool({ ...connection, max: slots, idleTimeoutMillis: 0 });
  // A connection that breaks shows in the query that runs on it, or in the next one.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const clients = await Promise.all(Array.from({ length: slots }, () => pool.connect()));
  for (const client of clients) {
    await sleepInDatabase(client, 0.001);
    client.release();
  }
  return pool;
}

/**
 * Measures the fixed cost of a query and of a delay: means over all connections at once, twenty times
 * each. It is mostly the lateness with which server and client are woken up, so it drifts with
 * whatever else the machine does. Takes about 4 s.
 */
export async function measureFixedCost(
  pool: Pool,
  slots: number,
  signal: AbortSignal,
): Promise<FixedCost> {
  const costs: { querySec: number[]; delaySec: number[] } = { querySec: [], delaySec: [] };
  const measureOne = async (askedSec: number) => {
    const client = await pool.connect();
    const startMs = performance.now();
    await sleepInDatabase(client, askedSec);
    const queriedMs = performance.now();
    client.release();
    await delayPrecisely(askedSec, signal);
    costs.querySec.push((queriedMs - startMs) / 1_000 - askedSec);
    costs.delaySec.push((performance.now() - queriedMs) / 1_000 - askedSec);
  };
  const lanes = Array.from({ length: slots }, async (_, lane) => {
    for (let i = 0; i < 20; i++) await measureOne((50 + 7 * lane + i) / 1_000);
  });
  await Promise.all(lanes);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { querySec: mean(costs.querySec), delaySec: mean(costs.delaySec) };
}

/** What came of a load point. */
export interface DrivenResult {
  readonly record: LoopRecord;
  /** The draws, with what each step really took written over them. */
  readonly played: CycleDraws;
  /** Mean time that a query took beyond its draw, in seconds; NaN without any. */
  readonly queryCostSecMean: number;
}

/**
 * Has agents loop against a database: think, take a connection, query, call a model, query.
 *
 * The model call is a delay. With 'hold' the connection is kept during it, with 'release' it is
 * given back after the first query and another one is asked for. When the time is over, thinking
 * ends at once and queries that run are waited for, so that the pool is whole afterwards.
 *
 * @param signal ends the loop early; its record is then shorter than asked
 */
export async function driveLoop(
  pool: Pool,
  loop: DrivenLoop,
  signal: AbortSignal,
): Promise<DrivenResult> {
  const stop = new AbortController();
  const end = () => stop.abort();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  setMaxListeners(0, stop.signal); // one per agent that thinks
  const timer = setTimeout(end, loop.durationSec * 1_000);
  const run = new LoopRun(pool, loop, stop.signal);
  const agents = Array.from({ length: loop.draws.agents }, (_, agent) =>
    new LoopAgent(run, agent).play(),
  );
  try {
    await Promise.all(agents);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    end(); // The others think no more where one has failed.
  }
  const { record, played, queries, queryCostSec } = run;
  return { record, played, queryCostSecMean: queryCostSec / queries };
}
