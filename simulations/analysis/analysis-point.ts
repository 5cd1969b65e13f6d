import type { AnalysisPoint } from '../scenario-analysis';
import type { ScenarioOutcome } from '../scenario-outcome';

/**
 * Reads off an outcome whether the objectives hold.
 *
 * A run that stopped before its horizon has said nothing for certain, so it holds nothing; nor does
 * one of which nothing is asked.
 */
export function readPoint(value: number, outcome: ScenarioOutcome): AnalysisPoint {
  const { slos, resources, stopReason } = outcome;
  let holds: boolean | null = slos.length === 0 ? null : true;
  if (slos.some((slo) => slo.holds === false)) holds = false;
  else if (stopReason !== null || slos.some((slo) => slo.holds === null)) holds = null;
  let busiest: AnalysisPoint['busiest'] = null;
  for (const { name, utilization } of resources) {
    if (utilization === null || utilization.replications === 0) continue;
    if (busiest === null || utilization.mean > busiest.utilization.mean) {
      busiest = { resource: name, utilization };
    }
  }
  return {
    value,
    slos,
    holds,
    overloaded: resources.filter(({ overload }) => overload !== null).map(({ name }) => name),
    busiest,
    stopReason,
  };
}

/** @throws RangeError when a scenario has no objective to hold it to */
export function requireObjectives(slos: readonly unknown[] | undefined): void {
  if (slos === undefined || slos.length === 0) {
    throw new RangeError(
      'The scenario has no objectives: say under `slos` what must hold, such as the P95 wait for a resource.',
    );
  }
}
