import { durationLaw, opCode, type WorkloadModel } from '@/lib/workload/workload-model';
import type { PoolLoad, PoolStudy } from '@/simulations/pool-study';

/** One step of a program: what happens, for how long on average, and whether that is exponential. */
export type Step = readonly [op: keyof typeof opCode, durationSec: number, isExponential?: boolean];

/** Builds a workload from programs written as steps. */
export function workloadOf(...programs: readonly (readonly Step[])[]): WorkloadModel {
  const steps = programs.flat();
  const firstOp = [0];
  for (const program of programs) firstOp.push((firstOp.at(-1) ?? 0) + program.length);
  return {
    programCount: programs.length,
    firstOp: Uint32Array.from(firstOp),
    op: Uint8Array.from(steps, ([op]) => opCode[op]),
    durationSec: Float64Array.from(steps, ([, durationSec]) => durationSec),
    durationLaw: Uint8Array.from(steps, ([, , isExponential]) =>
      isExponential === true ? durationLaw.exponential : durationLaw.fixed,
    ),
    basis: {
      sessions: programs.length,
      sessionsInStore: programs.length,
      imputedDurations: 0,
      databaseSpans: steps.filter(([op]) => op === 'query').length,
      heldWhileThinkingShare: null,
    },
  };
}

/** What an example scenario leaves open. */
export interface ExampleScenario {
  readonly load: PoolLoad;
  readonly slots: number;
  readonly pool?: Partial<PoolStudy['pool']>;
  readonly horizonSec?: number;
  readonly seed?: number;
  readonly replications?: number;
}

/** A scenario on a pool without timeout, held per query unless told otherwise. */
export function scenarioOf(example: ExampleScenario): PoolStudy {
  return {
    load: example.load,
    pool: {
      name: 'Database pool',
      slots: example.slots,
      holdingScope: 'query',
      acquireTimeoutSec: null,
      assumedQuerySec: 0.05,
      assumedQueriesPerTurn: 2,
      ...example.pool,
    },
    thinkTimeFactor: 1,
    horizonSec: example.horizonSec ?? 1_000,
    replications: example.replications ?? 10,
    seed: example.seed ?? 1,
  };
}

/** A closed loop of agents that start their next session at once. */
export function closed(agents: number, restSecMean = 0): PoolLoad {
  return { kind: 'closed', agents, restSecMean };
}

/** Poisson arrivals of sessions. */
export function open(arrivalRatePerSec: number): PoolLoad {
  return { kind: 'open', arrivalRatePerSec };
}

/** An agent loop that queries while thinking: Z = 1 s, one query of 0.05 s, a model call of 4 s. */
export const thinkingLoop = workloadOf([
  ['think', 1, true],
  ['turnStart', 0],
  ['query', 0.05, true],
  ['modelCall', 4, true],
]);
