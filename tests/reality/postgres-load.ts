import { setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Pool, type PoolClient } from 'pg';
import { type CycleDraws, type CycleStep, copyDraws, type FixedCost } from './cycle-draws';
import { type Holding, LoopRecord } from './loop-record';
import type { PostgresServer } from './postgres-server';
import { delayPrecisely } from './precise-delay';

/** A pool whose connections are all there and stay there. */
export async function openPool(
  connection: PostgresServer['connection'],
  slots: number,
): Promise<Pool> {
  const pool = new Pool({ ...connection, max: slots, idleTimeoutMillis: 0 });
  pool.on('error', () => {}); // An idle connection that breaks shows when it is used.
  const clients = await Promise.all(Array.from({ length: slots }, () => pool.connect()));
  for (const client of clients) {
    await sleepInDatabase(client, 0.001);
    client.release();
  }
  return pool;
}

/**
 * Asked for less than a whole number of milliseconds by this, the server sleeps that number: it rounds
 * what is left up. Asked for the number itself it now and then sleeps one more, where what is left
 * comes out a trifle larger in its arithmetic.
 */
const belowWholeSec = 0.0005;

/** Has the server sleep for whole milliseconds, by a statement prepared once per connection. */
async function sleepInDatabase(client: PoolClient, durationSec: number): Promise<void> {
  const values = [durationSec - belowWholeSec];
  await client.query({ name: 'sleep', text: 'select pg_sleep($1)', values });
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

/** One load point, as it is to be driven. */
export interface DrivenLoop {
  readonly draws: CycleDraws;
  readonly holding: Holding;
  readonly durationSec: number;
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
  const agents = Array.from({ length: loop.draws.agents }, (_, agent) => run.playAgent(agent));
  const ended = await Promise.allSettled(agents.map((agent) => agent.finally(() => undefined)));
  clearTimeout(timer);
  signal.removeEventListener('abort', end);
  const failed = ended.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return run.result();
}

/** The state of a loop while it is driven. */
class LoopRun {
  readonly #record = new LoopRecord();
  readonly #played: CycleDraws;
  readonly #startMs = performance.now();
  #queries = 0;
  #queryCostSec = 0;

  constructor(
    readonly pool: Pool,
    readonly loop: DrivenLoop,
    readonly stop: AbortSignal,
  ) {
    this.#played = copyDraws(loop.draws);
  }

  async playAgent(agent: number): Promise<void> {
    const { draws, holding } = this.loop;
    for (let cycle = 0; !this.stop.aborted; cycle++) {
      const drawn = agent * draws.cycles + (cycle % draws.cycles);
      await this.#delay('thinkSec', drawn);
      if (holding === 'hold') {
        await this.#withConnection(async (client) => {
          await this.#query(client, 'firstQuerySec', drawn);
          await this.#delay('modelCallSec', drawn);
          await this.#query(client, 'secondQuerySec', drawn);
        });
      } else {
        await this.#withConnection((client) => this.#query(client, 'firstQuerySec', drawn));
        await this.#delay('modelCallSec', drawn);
        await this.#withConnection((client) => this.#query(client, 'secondQuerySec', drawn));
      }
      if (!this.stop.aborted) this.#record.cycleEndSec.push(this.#nowSec());
    }
  }

  result(): DrivenResult {
    return {
      record: this.#record,
      played: this.#played,
      queryCostSecMean: this.#queryCostSec / this.#queries,
    };
  }

  #nowSec(): number {
    return (performance.now() - this.#startMs) / 1_000;
  }

  async #withConnection(work: (client: PoolClient) => Promise<void>): Promise<void> {
    if (this.stop.aborted) return;
    const requestedSec = this.#nowSec();
    const client = await this.pool.connect();
    const entry = this.#record.grant(requestedSec, this.#nowSec());
    try {
      if (!this.stop.aborted) await work(client);
    } finally {
      this.#record.release(entry, this.#nowSec());
      client.release();
    }
  }

  async #query(client: PoolClient, step: CycleStep, drawn: number): Promise<void> {
    if (this.stop.aborted) return;
    const askedSec = this.loop.draws[step][drawn];
    const startSec = this.#nowSec();
    await sleepInDatabase(client, askedSec);
    this.#played[step][drawn] = this.#nowSec() - startSec;
    this.#queries++;
    this.#queryCostSec += this.#played[step][drawn] - askedSec;
  }

  async #delay(step: CycleStep, drawn: number): Promise<void> {
    const startSec = this.#nowSec();
    await delayPrecisely(this.loop.draws[step][drawn], this.stop);
    if (!this.stop.aborted) this.#played[step][drawn] = this.#nowSec() - startSec;
  }
}
