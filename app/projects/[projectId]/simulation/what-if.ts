import type { Project } from '@/lib/contracts/project';
import type { HoldingScope, SystemDescription } from '@/lib/system/system-description';
import type { Scenario } from '@/simulations/scenario';

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

const horizonSec = 3_600;

/** The scenario that a question is answered with. */
export function scenarioOf(whatIf: WhatIf, project: Pick<Project, 'system'>): Scenario {
  return {
    load: { kind: 'closed', agents: whatIf.agents, restSecMean: 0 },
    pool: {
      ...project.system.pool,
      slots: whatIf.slots,
      holdingScope: whatIf.holdingScope,
      acquireTimeoutSec: whatIf.acquireTimeoutSec,
    },
    thinkTimeFactor: whatIf.thinkTimeFactor,
    waitTargetP95Sec: whatIf.waitTargetP95Sec,
    horizonSec,
    replications: whatIf.replications,
    seed: whatIf.seed,
  };
}

/** The description that saving a question leaves behind; the load becomes the planned peak. */
export function systemOf(whatIf: WhatIf, project: Pick<Project, 'system'>): SystemDescription {
  return {
    ...project.system,
    pool: scenarioOf(whatIf, project).pool,
    plannedPeakAgents: whatIf.agents,
    waitTargetP95Sec: whatIf.waitTargetP95Sec,
  };
}

/** Whether a run answers exactly this question. */
export function isSameScenario(a: Scenario, b: Scenario): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

function inOrder({ load, pool, ...rest }: Scenario) {
  const entries = (record: object) =>
    Object.entries(record).sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
  return [entries(load), entries(pool), entries(rest)];
}
