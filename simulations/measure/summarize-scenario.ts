import { compareTwin } from '../analytic/compare-twin';
import { describeScenario } from '../analytic/describe-scenario';
import type { CompiledScenario } from '../engine/compiled-scenario';
import { engineVersion } from '../engine-version';
import { hashScenario } from '../input-hash';
import type { Scenario } from '../scenario/scenario';
import type { ScenarioOutcome } from '../scenario-outcome';
import { estimate, positiveRange } from './estimate';
import { judgeSlos } from './judge-slos';
import { observeTimesOf } from './observe-times';
import { countWarmUpWindows } from './replication-windows';
import { replicationWindows, type ScenarioReplication } from './scenario-replication';
import { summarizeBlock } from './summarize-block';
import { summarizeClass } from './summarize-class';
import { summarizeStation } from './summarize-station';
import { averagePaths } from './warm-up';

function summarizeProbes(
  compiled: CompiledScenario,
  replications: readonly ScenarioReplication[],
): ScenarioOutcome['probes'] {
  const { classes, stations, probeSec } = compiled;
  return Array.from(probeSec, (atSec, probe) => {
    const at = (column: number) =>
      estimate(
        replications.map(({ probes }) => probes[probe]?.[column] ?? Number.NaN),
        positiveRange,
      );
    return {
      atSec,
      classes: Object.fromEntries(classes.map(({ name }, i) => [name, at(i)])),
      resources: Object.fromEntries(stations.map(({ name }, i) => [name, at(classes.length + i)])),
    };
  });
}

function summarizePaths(
  compiled: CompiledScenario,
  replications: readonly ScenarioReplication[],
): ScenarioOutcome['paths'] {
  const bins = Math.min(...replications.map(({ completedBins }) => completedBins));
  const [first] = replications;
  const binSec = bins === 0 ? 0 : first.simulatedSec / first.completedBins;
  const mean = (pick: (replication: ScenarioReplication) => Float64Array) =>
    Array.from(averagePaths(replications.map(pick), bins));
  return {
    timeSec: Array.from({ length: bins }, (_, bin) => (bin + 0.5) * binSec),
    classes: Object.fromEntries(
      compiled.classes.map(({ name }, i) => [name, mean((r) => r.inProgressPaths[i])]),
    ),
    resources: Object.fromEntries(
      compiled.stations.map(({ name }, i) => [
        name,
        {
          inUse: mean((r) => r.stationPaths[i].inUseMean),
          waiting: mean((r) => r.stationPaths[i].waitingMean),
        },
      ]),
    ),
  };
}

/**
 * Sums up the replications of a scenario: means over replications with t-intervals, after the
 * warm-up.
 *
 * @param replications at least one; in any order, the sums are the same
 */
export function summarizeScenario(
  scenario: Scenario,
  compiled: CompiledScenario,
  replications: readonly ScenarioReplication[],
): ScenarioOutcome {
  const cut = countWarmUpWindows(scenario, replications);
  const resources = compiled.stations.map((_, index) =>
    summarizeStation(compiled, replications, {
      index,
      cut,
      counterNames: replications[0].counterNames[index],
    }),
  );
  const classes = compiled.classes.map((_, index) =>
    summarizeClass(compiled, replications, { index, cut }),
  );
  const attempts = compiled.blocks.map((_, index) =>
    summarizeBlock(compiled, replications, { index, cut }),
  );
  const twin = describeScenario(scenario);
  return {
    scenario,
    engineVersion,
    inputHash: hashScenario(scenario),
    replications: replications.length,
    simulatedSec: Math.min(...replications.map(({ simulatedSec }) => simulatedSec)),
    warmUpSec: (cut * scenario.horizonSec) / (2 * replicationWindows),
    stopReason: replications.find(({ stopReason }) => stopReason !== null)?.stopReason ?? null,
    events: replications.reduce((sum, { events }) => sum + events, 0),
    classes,
    resources,
    attempts,
    slos: judgeSlos(scenario, {
      stations: resources,
      classes,
      observeTimes: observeTimesOf(compiled, replications, cut),
    }),
    closedForm: { twin, comparisons: compareTwin({ resources, classes }, twin) },
    probes: summarizeProbes(compiled, replications),
    paths: summarizePaths(compiled, replications),
  };
}
