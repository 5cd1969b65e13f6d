import type { CompiledScenario } from '../engine/compiled-scenario';
import type { Slo } from '../scenario/slo';
import type { Estimate } from '../simulation-run';
import { estimate, positiveRange } from './estimate';
import { classWindows, mergeSketches, stationWindows } from './replication-windows';
import type { SampleSketch } from './sample-sketch';
import type { ScenarioReplication } from './scenario-replication';

type TimeSlo = Extract<Slo, { quantile: number }>;

/** Estimates the quantile that an objective on times names; null where there is no such name. */
export type ObserveTimes = (slo: TimeSlo) => Estimate | null;

/** Observes times in replications, after the warm-up; waits that had not ended with their age. */
export function observeTimesOf(
  compiled: CompiledScenario,
  replications: readonly ScenarioReplication[],
  cut: number,
): ObserveTimes {
  return (slo) => {
    const named = slo.measure === 'waitSec' ? compiled.stations : compiled.classes;
    const name = slo.measure === 'waitSec' ? slo.resource : slo.class;
    const index = named.findIndex((one) => one.name === name);
    if (index < 0) return null;
    const sketches = sketchesOf(slo.measure, replications, { index, cut });
    return estimate(
      sketches.map((sketch) => sketch.quantile(slo.quantile)),
      positiveRange,
    );
  };
}

function sketchesOf(
  measure: TimeSlo['measure'],
  replications: readonly ScenarioReplication[],
  { index, cut }: { readonly index: number; readonly cut: number },
): readonly SampleSketch[] {
  if (measure === 'waitSec') {
    return stationWindows(replications, index, cut).map((windows, i) => {
      const sketch = mergeSketches(windows, ({ waitSecByClass }) => waitSecByClass);
      sketch.merge(replications[i].pendingWaitSec[index]);
      return sketch;
    });
  }
  return classWindows(replications, index, cut).map((windows) =>
    mergeSketches(windows, (window) => [window[measure]]),
  );
}
