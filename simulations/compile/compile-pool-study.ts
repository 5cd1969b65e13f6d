import type { WorkloadModel } from '@/lib/workload/workload-model';
import type { CompiledArrivals, CompiledScenario } from '../engine/compiled-scenario';
import { builtInCauses } from '../engine/failure-cause';
import { prepareSessionPrograms, type SessionPrograms } from '../engine/session-programs';
import type { PoolStudy } from '../pool-study';
import { compileObserved } from './compile-observed';
import { compileStation } from './compile-station';
import { InstructionWriter } from './instruction-writer';
import { LawSites } from './law-sites';

const unitExponential = { law: 'exponential', mean: 1 } as const;

/** A pool study as the kernel plays it, but for its load. */
export interface CompiledPoolStudy {
  readonly programs: SessionPrograms;
  readonly pcOfOp: Int32Array;
  /** The study at a load: agents of a closed loop, or sessions offered at a time. */
  atLoad(agents: number): CompiledScenario;
}

interface Cached {
  readonly key: string;
  readonly compiled: CompiledPoolStudy;
}

const cache = new WeakMap<WorkloadModel, Cached>();

/** Lowers a study; remembers the last one of each workload, whatever its load and seed. */
export function compilePoolStudy(workload: WorkloadModel, study: PoolStudy): CompiledPoolStudy {
  const { load, pool, thinkTimeFactor } = study;
  const restSecMean = load.kind === 'closed' ? load.restSecMean : 0;
  const key = JSON.stringify([load.kind, restSecMean, pool, thinkTimeFactor]);
  const cached = cache.get(workload);
  if (cached?.key === key) return cached.compiled;
  const compiled = compile(workload, study);
  cache.set(workload, { key, compiled });
  return compiled;
}

function compile(workload: WorkloadModel, study: PoolStudy): CompiledPoolStudy {
  const { load, pool } = study;
  const programs = prepareSessionPrograms(workload, study.thinkTimeFactor);
  const laws = new LawSites();
  const unitSite = laws.add(unitExponential, 'durations');
  const restSite = laws.add(unitExponential, 'rests');
  const arrivalSite = laws.add(unitExponential, 'arrivals');
  const choice = laws.uniform('choices');
  const writer = new InstructionWriter();
  const { firstPc, pcOfOp } = compileObserved(programs, writer, {
    query: { station: 0, operand: 0, hold: pool.holdingScope },
    unitSite,
  });
  const station = compileStation(
    pool.name,
    {
      kind: 'pool',
      slots: pool.slots,
      ...(pool.acquireTimeoutSec === null ? {} : { acquireTimeoutSec: pool.acquireTimeoutSec }),
    },
    laws,
  );
  const shared = {
    instructions: writer.finish(),
    operands: [{ kind: 'service', key: null }],
    forks: [],
    choices: [],
    loopDepth: 0,
    lawSites: laws.sites,
    stations: [{ ...station, programPc: -1 }],
    blocks: [],
    breakers: [],
    budgets: [],
    faults: [],
    causes: builtInCauses,
    probeSec: new Float64Array(0),
  } satisfies Omit<CompiledScenario, 'classes'>;
  const arrivalsAt = (agents: number): CompiledArrivals =>
    load.kind === 'closed'
      ? {
          kind: 'closed',
          agents,
          rest:
            load.restSecMean === 0
              ? { site: -1, value: 0 }
              : { site: restSite, value: load.restSecMean },
          start: 'resting',
        }
      : {
          kind: 'gaps',
          gap: { site: arrivalSite, value: programs.sessionSecMean / agents },
          batch: { site: -1, value: 1 },
        };
  const sessionClass = {
    name: 'agents',
    priority: 0,
    deadlineSec: Number.POSITIVE_INFINITY,
    isCancelledAtDeadline: false,
    programs: firstPc,
    choice,
  } as const;
  return {
    programs,
    pcOfOp,
    atLoad: (agents) => ({
      ...shared,
      classes: [{ ...sessionClass, arrivals: arrivalsAt(agents) }],
    }),
  };
}
