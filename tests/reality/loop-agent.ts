import { performance } from 'node:perf_hooks';
import type { Pool, PoolClient } from 'pg';
import { type CycleDraws, type CycleStep, copyDraws, type FixedCost } from './cycle-draws';
import { type Holding, LoopRecord } from './loop-record';
import { delayPrecisely } from './precise-delay';

/**
 * Asked for less than a whole number of milliseconds by this, the server sleeps that number: it rounds
 * what is left up. Asked for the number itself it now and then sleeps one more, where what is left
 * comes out a trifle larger in its arithmetic.
 */
const belowWholeSec = 0.0005;

/** Has the server sleep for whole milliseconds, by a statement prepared once per connection. */
export async function sleepInDatabase(client: PoolClient, durationSec: number): Promise<void> {
  const values = [durationSec - belowWholeSec];
  await client.query({ name: 'sleep', text: 'select pg_sleep($1)', values });
}

/** One load point, as it is to be driven. */
export interface DrivenLoop {
  readonly draws: CycleDraws;
  readonly fixedCost: FixedCost;
  readonly holding: Holding;
  readonly durationSec: number;
}

/** What all agents of a loop share while it is driven. */
export class LoopRun {
  readonly pool: Pool;
  readonly loop: DrivenLoop;
  readonly stop: AbortSignal;
  readonly record = new LoopRecord();
  /** The draws, with what each step really took written over them. */
  readonly played: CycleDraws;
  queries = 0;
  queryCostSec = 0;
  readonly #startMs = performance.now();

  constructor(pool: Pool, loop: DrivenLoop, stop: AbortSignal) {
    this.pool = pool;
    this.loop = loop;
    this.stop = stop;
    this.played = copyDraws(loop.draws);
  }

  /** Seconds since the start of the loop. */
  nowSec(): number {
    return (performance.now() - this.#startMs) / 1_000;
  }
}

/**
 * An agent that thinks, takes a connection, queries, calls a model, and queries again.
 *
 * It keeps to a timetable: a delay ends when it would have, had each query since the last wait taken
 * its draw and the fixed cost. What a busy machine adds to a query here and there thus does not add
 * up over a run and shift agents against each other. Waits are as the pool makes them.
 */
export class LoopAgent {
  readonly #run: LoopRun;
  readonly #agent: number;
  #dueSec = 0; // when the current step ends by the timetable
  #stepEndSec = 0; // when the step before it really ended, or its wait did
  #drawn = 0; //  index of the current cycle in the draws

  constructor(run: LoopRun, agent: number) {
    this.#run = run;
    this.#agent = agent;
  }

  /** Plays cycle after cycle until the loop is over. */
  async play(): Promise<void> {
    const run = this.#run;
    const { draws, holding } = run.loop;
    for (let cycle = 0; !run.stop.aborted; cycle++) {
      this.#drawn = this.#agent * draws.cycles + (cycle % draws.cycles);
      await this.#delay('thinkSec');
      if (holding === 'hold') {
        await this.#withConnection(async (client) => {
          await this.#query(client, 'firstQuerySec');
          await this.#delay('modelCallSec');
          await this.#query(client, 'secondQuerySec');
        });
      } else {
        await this.#withConnection((client) => this.#query(client, 'firstQuerySec'));
        await this.#delay('modelCallSec');
        await this.#withConnection((client) => this.#query(client, 'secondQuerySec'));
      }
      if (!run.stop.aborted) run.record.cycleEndSec.push(run.nowSec());
    }
  }

  async #withConnection(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const run = this.#run;
    if (run.stop.aborted) return;
    const hasToWait = run.pool.idleCount <= run.pool.waitingCount;
    const requestedSec = run.nowSec();
    const client = await run.pool.connect();
    const grantedSec = run.nowSec();
    if (hasToWait) this.#dueSec = grantedSec;
    this.#stepEndSec = grantedSec;
    const entry = run.record.grant(requestedSec, grantedSec);
    try {
      if (!run.stop.aborted) await work(client);
    } finally {
      run.record.release(entry, run.nowSec());
      client.release();
    }
  }

  async #query(client: PoolClient, step: CycleStep): Promise<void> {
    const run = this.#run;
    if (run.stop.aborted) return;
    const drawnSec = run.loop.draws[step][this.#drawn];
    await sleepInDatabase(client, drawnSec);
    this.#note(step);
    run.queries++;
    run.queryCostSec += run.played[step][this.#drawn] - drawnSec;
    this.#dueSec += drawnSec + run.loop.fixedCost.querySec;
  }

  async #delay(step: CycleStep): Promise<void> {
    const run = this.#run;
    this.#dueSec += run.loop.draws[step][this.#drawn];
    await delayPrecisely(this.#dueSec - run.nowSec(), run.stop);
    this.#dueSec += run.loop.fixedCost.delaySec;
    if (!run.stop.aborted) this.#note(step);
  }

  /** Notes what a step took since the one before it, so that no time is lost between two. */
  #note(step: CycleStep): void {
    const nowSec = this.#run.nowSec();
    this.#run.played[step][this.#drawn] = nowSec - this.#stepEndSec;
    this.#stepEndSec = nowSec;
  }
}
