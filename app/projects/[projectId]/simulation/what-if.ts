import type { Project } from '@/lib/contracts/project';
import type {
  HoldingScope,
  PoolDescription,
  SystemDescription,
} from '@/lib/system/system-description';
import { defaultHorizonSec, type ObservedPrograms } from '@/simulations/analysis/default-horizon';
import type { PoolStudy } from '@/simulations/pool-study';

/** What the panel asks: the described system with the parameters that were changed. */
export interface WhatIf {
  readonly agents: number;
  readonly slots: number;
  readonly holdingScope: HoldingScope;
  readonly acquireTimeoutSec: number | null; // null: waits for ever
  readonly thinkTimeFactor: number;
  readonly waitTargetP95Sec: number;
  readonly replications: number;
  readonly seed: number;
}

/** Agents to look at while no planned peak is declared. */
const agentsUndeclared = 50;

/** The saved description as a question. */
export function baselineOf(system: SystemDescription): WhatIf {
  return {
    agents: system.plannedPeakAgents ?? agentsUndeclared,
    slots: system.pool.slots,
    holdingScope: system.pool.holdingScope,
    acquireTimeoutSec: system.pool.acquireTimeoutSec,
    thinkTimeFactor: 1,
    waitTargetP95Sec: system.waitTargetP95Sec,
    replications: 20,
    seed: 1,
  };
}

/** The scenario that a question is answered with, over a time that suits the observed sessions. */
export function scenarioOf(
  whatIf: WhatIf,
  project: Pick<Project, 'system'>,
  programs: ObservedPrograms,
): PoolStudy {
  const { thinkTimeFactor } = whatIf;
  return {
    load: { kind: 'closed', agents: whatIf.agents, restSecMean: 0 },
    pool: poolOf(whatIf, project),
    thinkTimeFactor,
    waitTargetP95Sec: whatIf.waitTargetP95Sec,
    horizonSec: defaultHorizonSec(programs, { thinkTimeFactor }),
    replications: whatIf.replications,
    seed: whatIf.seed,
  };
}

function poolOf(whatIf: WhatIf, { system }: Pick<Project, 'system'>): PoolDescription {
  return {
    ...system.pool,
    slots: whatIf.slots,
    holdingScope: whatIf.holdingScope,
    acquireTimeoutSec: whatIf.acquireTimeoutSec,
  };
}

/**
 * The description that saving a question leaves behind: its pool and its wait target.
 *
 * @param isPlannedPeak the load of the question becomes the planned peak, in place of what it was
 */
export function systemOf(
  whatIf: WhatIf,
  project: Pick<Project, 'system'>,
  isPlannedPeak: boolean,
): SystemDescription {
  return {
    ...project.system,
    pool: poolOf(whatIf, project),
    plannedPeakAgents: isPlannedPeak ? whatIf.agents : project.system.plannedPeakAgents,
    waitTargetP95Sec: whatIf.waitTargetP95Sec,
  };
}

/** Whether a run answers exactly this question. */
export function isSameScenario(a: PoolStudy, b: PoolStudy): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

function inOrder({ load, pool, ...rest }: PoolStudy) {
  const entries = (record: object) =>
    Object.entries(record).sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
  return [entries(load), entries(pool), entries(rest)];
}
