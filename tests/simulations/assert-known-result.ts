import { expect } from 'vitest';
import type { z } from 'zod';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { playReplication } from '@/simulations/engine/play-replication';
import { SampleSketch, type SampleSketchState } from '@/simulations/measure/sample-sketch';
import type { ScenarioReplication } from '@/simulations/measure/scenario-replication';
import { Scenario } from '@/simulations/scenario/scenario';
import { type KnownResult, readKnownResults } from './known-results';

/** A scenario as a test writes it. */
export type ScenarioLiteral = Omit<z.input<typeof Scenario>, 'plimsoll' | 'name'>;

/** Sums and samples of a station, a class or a block over the windows that are kept. */
export interface KeptWindows {
  readonly durationSec: number;
  /** Sum of a field that is a number: `requests`, `succeeded`, `waitingIntegralSec` … */
  sum(field: string): number;
  /** Sum of a field ÷ time: of an integral the time average, of a count the rate per second. */
  mean(field: string): number;
  /** How often a cause was counted. */
  failures(cause: string): number;
  /** Samples of a sketch, or of all or one of a list of sketches (by class). */
  samples(field: string, index?: number): SampleSketch;
  /** Sum of the station's counter of that position. */
  counter(index: number): number;
}

/** One replication after its first windows were cut off, by the names of the scenario. */
export interface KeptReplication {
  readonly replication: ScenarioReplication;
  station(name: string): KeptWindows;
  sessions(name: string): KeptWindows;
  block(name: string): KeptWindows;
}

/** A number that a model has, and how to read it off a replication. */
export interface KnownQuantity {
  readonly quantity: string;
  readonly value: number;
  readonly measure: (kept: KeptReplication) => number;
  /** What the value may be off by itself, in its unit; default its sixth digit. */
  readonly tolerance?: number;
}

interface ReplicationPlan {
  readonly replications?: number; // default 20
  readonly cutWindows?: number; //   sixteenths of the horizon, 0 to 8; default 2
  readonly seed?: number; //         default 1
}

const maxAbsT = 3.5;

function keepWindows(windows: readonly object[], causes: readonly string[]): KeptWindows {
  const rows = windows as readonly Record<string, unknown>[];
  const sum = (field: string) => {
    if (typeof rows[0][field] !== 'number') throw new RangeError(`No number '${field}'.`);
    return rows.reduce((total, row) => total + Number(row[field]), 0);
  };
  const at = (field: string, index: number) =>
    rows.reduce((total, row) => total + (row[field] as Float64Array)[index], 0);
  const durationSec = sum('durationSec');
  return {
    durationSec,
    sum,
    mean: (field) => sum(field) / durationSec,
    failures(cause) {
      if (!causes.includes(cause)) throw new RangeError(`No cause '${cause}'.`);
      return at('failuresByCause', causes.indexOf(cause));
    },
    samples(field, index) {
      const all = new SampleSketch();
      for (const row of rows) {
        const value = row[field] as SampleSketchState | readonly SampleSketchState[];
        const sketches = 'counts' in value ? [value] : value;
        sketches.forEach((sketch, i) => {
          if (index === undefined || i === index) all.merge(sketch);
        });
      }
      return all;
    },
    counter: (index) => at('counters', index),
  };
}

/** The rows of a group that are numbers, by model, in the order of the file: for `test.for`. */
export function knownModels(group: string): [model: string, rows: KnownResult[]][] {
  const byModel = new Map<string, KnownResult[]>();
  for (const row of readKnownResults(group)) {
    byModel.set(row.model, [...(byModel.get(row.model) ?? []), row]);
  }
  return [...byModel];
}

/** Plays replications of a scenario and cuts the first windows of each. */
export function playReplications(
  literal: ScenarioLiteral,
  { replications = 20, cutWindows = 2, seed = 1 }: ReplicationPlan = {},
): KeptReplication[] {
  const scenario = Scenario.parse({ plimsoll: 1, name: 'known result', ...literal });
  const compiled = compileScenario(scenario);
  const named = (
    list: readonly { readonly name: string }[],
    windows: readonly (readonly object[])[],
  ) => {
    const byName = new Map(list.map(({ name }, i) => [name, windows[i]]));
    return (name: string) => {
      const all = byName.get(name);
      if (all === undefined) throw new RangeError(`Nothing is named '${name}'.`);
      return keepWindows(all.slice(cutWindows), compiled.causes);
    };
  };
  return Array.from({ length: replications }, (_, index) => {
    const job = { seed, replication: index, horizonSec: scenario.horizonSec, maxEvents: 1e8 };
    const replication = playReplication(compiled, job);
    expect(replication.stopReason, 'the replication reaches its horizon').toBeNull();
    return {
      replication,
      station: named(compiled.stations, replication.stationWindows),
      sessions: named(compiled.classes, replication.classWindows),
      block: named(compiled.blocks, replication.blockWindows),
    };
  });
}

/** Mean over replications and its standard error. */
export function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const n = values.length;
  const mean = values.reduce((total, value) => total + value, 0) / n;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (n - 1) / n) };
}

function findMisses(
  runs: readonly KeptReplication[],
  quantities: readonly KnownQuantity[],
): { readonly known: KnownQuantity; readonly text: string }[] {
  return quantities.flatMap((known) => {
    const { mean, error } = meanAndError(runs.map(known.measure));
    const tolerance = known.tolerance ?? 1e-5 * Math.abs(known.value);
    // Written so that NaN is a miss.
    if (Math.abs(mean - known.value) <= maxAbsT * error + tolerance) return [];
    const t = ((mean - known.value) / error).toFixed(1);
    return [
      { known, text: `${known.quantity}: ${mean} ± ${error}, expected ${known.value} (t ${t})` },
    ];
  });
}

/**
 * Holds a scenario to numbers that are known: over independent replications |t| < 3.5 for each of
 * them. What misses is run once more on a fresh seed, and has to hold then.
 */
export function assertKnownResult(
  scenario: ScenarioLiteral,
  quantities: readonly KnownQuantity[],
  plan: ReplicationPlan = {},
): void {
  expect(quantities.length, 'quantities to hold').toBeGreaterThan(0);
  const missed = findMisses(playReplications(scenario, plan), quantities);
  if (missed.length === 0) return;
  const fresh = playReplications(scenario, { ...plan, seed: (plan.seed ?? 1) + 7_919 });
  const again = findMisses(
    fresh,
    missed.map(({ known }) => known),
  );
  expect(again.map(({ text }) => text)).toEqual([]);
}
