import { opCode, type WorkloadModel } from '@/lib/workload/workload-model';
import { runReplication } from '@/simulations/engine/run-replication';
import { summarizeReplications } from '@/simulations/measure/summarize-replications';
import type { PoolStudy } from '@/simulations/pool-study';
import type { CycleDraws } from './cycle-draws';
import type { Holding } from './loop-record';

/** A closed loop of agents around a pool, as it is handed to the engine. */
export interface PredictedLoop {
  /** Cycles that agents draw from, fixed costs included. */
  readonly draws: CycleDraws;
  readonly slots: number;
  readonly holding: Holding;
  readonly seed: number;
}

/** What the engine says of a closed loop. */
export interface EngineFigures {
  readonly throughputPerSec: number; // cycles per second
  readonly waitSecMean: number;
  readonly waitSecP95: number; //       mean over replications of the quantile of each
  readonly utilization: number;
}

const replications = 10;
const horizonSec = 2_000;
const maxEvents = 1e7; // more than the horizon holds at any load of the comparison

/** Every cycle as a program of its own. */
function lowerCycles(draws: CycleDraws): WorkloadModel {
  const ops = [opCode.think, opCode.turnStart, opCode.query, opCode.modelCall, opCode.query];
  const programCount = draws.agents * draws.cycles;
  const durationSec = new Float64Array(programCount * ops.length);
  for (let program = 0; program < programCount; program++) {
    const steps = [
      draws.thinkSec[program],
      0,
      draws.firstQuerySec[program],
      draws.modelCallSec[program],
      draws.secondQuerySec[program],
    ];
    durationSec.set(steps, program * ops.length);
  }
  return {
    programCount,
    firstOp: Uint32Array.from({ length: programCount + 1 }, (_, program) => program * ops.length),
    op: Uint8Array.from({ length: programCount * ops.length }, (_, i) => ops[i % ops.length]),
    durationSec,
    basis: {
      sessions: programCount,
      sessionsInStore: programCount,
      imputedDurations: 0,
      databaseSpans: 2 * programCount,
      heldWhileThinkingShare: null,
    },
  };
}

/**
 * Predicts a closed loop with the engine: agents draw whole cycles from the given ones at random.
 *
 * The laws are thus those of the draws and the order is not: what this differs by from a run that
 * played the cycles in their order is sampling noise of that run besides any error of the model.
 */
export function predictClosedLoop(loop: PredictedLoop): EngineFigures {
  const { draws, slots, holding, seed } = loop;
  const study: PoolStudy = {
    load: { kind: 'closed', agents: draws.agents, restSecMean: 0 },
    pool: {
      name: 'PostgreSQL',
      slots,
      holdingScope: holding === 'hold' ? 'turn' : 'query',
      acquireTimeoutSec: null,
      assumedQuerySec: 1,
      assumedQueriesPerTurn: 0,
    },
    thinkTimeFactor: 1,
    horizonSec,
    replications,
    seed,
  };
  const workload = lowerCycles(draws);
  const results = Array.from({ length: replications }, (_, replication) =>
    runReplication(workload, study, { agents: draws.agents, replication, maxEvents }),
  );
  const { pool } = summarizeReplications(results, slots).point;
  return {
    throughputPerSec: pool.throughputPerSec.mean / (holding === 'hold' ? 1 : 2),
    waitSecMean: pool.waitSecMean.mean,
    waitSecP95: pool.waitSecP95.mean,
    utilization: pool.utilization.mean,
  };
}
