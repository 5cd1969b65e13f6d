import type { Estimate } from '@/simulations/simulation-run';
import type { CsvCell } from '../csv-text';
import { formatDecimal, formatDurationSec, formatPercent, formatUsd, notKnown } from '../format';

/** What a number of a scenario is counted in. */
export type ScenarioUnit = 's' | 'per s' | 'share' | 'count' | 'USD';

/** One estimate under a name, as a file holds it. */
export interface MeasuredValue {
  readonly quantity: string;
  readonly unit: ScenarioUnit;
  /** Null: the quantity does not apply. */
  readonly estimate: Estimate | null;
  readonly note: string;
}

/** One cell of a table: the value with its unit and, under it, how sure it is. */
export interface ScenarioCell {
  readonly text: string; //   the mean, or why there is none
  readonly doubt: string; //  the 95 % interval, or what to doubt; empty where there is nothing to say
  readonly isKnown: boolean;
  readonly measured: readonly MeasuredValue[];
}

/** A table of what was measured, by resource, class or attempt. */
export interface ScenarioTable {
  readonly title: string;
  readonly note: string;
  readonly rowHead: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly kind: string;
    readonly cells: readonly ScenarioCell[];
  }[];
  /** Every number unrounded, one a line. */
  readonly csv: readonly (readonly CsvCell[])[];
}

/** What a run did not observe, which is not zero. */
export const notObservedText = 'not observed';

/** A value in its unit: `820 ms`, `4.2 /s`, `12.5 %`, `$0.0421`. */
export function formatInUnit(value: number, unit: ScenarioUnit): string {
  switch (unit) {
    case 's':
      return formatDurationSec(value);
    case 'per s':
      return `${formatDecimal(value)}\u00a0/s`;
    case 'share':
      return formatPercent(value);
    case 'count':
      return formatDecimal(value);
    case 'USD':
      return formatUsd(value, 'exact');
    default:
      return unit satisfies never;
  }
}

/** The 95 % interval in words: `1.2 s – 1.4 s`; how few replications, where there is none. */
export function describeInterval(estimate: Estimate, unit: ScenarioUnit): string {
  const [low, high] = estimate.interval95;
  if (estimate.replications === 0) return '';
  if (estimate.replications === 1) return 'one replication';
  if (low === high) return 'the same in all';
  return `${formatInUnit(low, unit)} – ${formatInUnit(high, unit)}`;
}

interface CellOptions {
  readonly quantity: string;
  readonly unit: ScenarioUnit;
  /** What stands where the quantity does not apply. */
  readonly absent?: string;
  /** Takes the place of the interval: `no steady state`. */
  readonly doubt?: string | null;
  /** The value is a lower bound. */
  readonly isAtLeast?: boolean;
}

/** The cell of one estimate. */
export function estimateCell(
  estimate: Estimate | null,
  { quantity, unit, absent = notKnown, doubt = null, isAtLeast = false }: CellOptions,
): ScenarioCell {
  const isKnown = estimate !== null && estimate.replications > 0;
  const note = estimate === null ? absent : isKnown ? (doubt ?? '') : notObservedText;
  return {
    text: isKnown ? `${isAtLeast ? '≥\u00a0' : ''}${formatInUnit(estimate.mean, unit)}` : note,
    doubt: isKnown ? (doubt ?? describeInterval(estimate, unit)) : '',
    isKnown,
    measured: [{ quantity, unit, estimate, note: isAtLeast ? `at least; ${note}` : note }],
  };
}

/** The cell of counts by name: one a line, the largest first; what never happened is left out. */
export function countsCell(
  counts: Readonly<Record<string, Estimate>>,
  quantity: string,
): ScenarioCell {
  const seen = Object.entries(counts)
    .filter(([, { mean }]) => mean > 0)
    .toSorted(([, a], [, b]) => b.mean - a.mean);
  return {
    text:
      seen.length === 0
        ? 'none'
        : seen
            .map(([name, one]) => `${wordsOf(name)} ${formatInUnit(one.mean, 'per s')}`)
            .join(', '),
    doubt: '',
    isKnown: seen.length > 0,
    measured: seen.map(([name, estimate]) => ({
      quantity: `${quantity}: ${wordsOf(name)}`,
      unit: 'per s',
      estimate,
      note: '',
    })),
  };
}

/** A name of the engine in words: `acquire_timeout` and `acquireTimeout` are `acquire timeout`. */
function wordsOf(name: string): string {
  return name
    .replaceAll('_', ' ')
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Puts rows under their columns, and every number of theirs into lines of a file. */
export function tabulateScenario(table: Omit<ScenarioTable, 'csv'>): ScenarioTable {
  const head = [table.rowHead, 'Quantity', 'Unit', 'Mean', '95 % from', '95 % to'];
  return {
    ...table,
    csv: [
      [...head, 'Replications', 'Note'],
      ...table.rows.flatMap(({ name, cells }) =>
        cells.flatMap(({ measured }) => measured.map((value) => csvLine(name, value))),
      ),
    ],
  };
}

function csvLine(name: string, { quantity, unit, estimate, note }: MeasuredValue): CsvCell[] {
  const isKnown = estimate !== null && estimate.replications > 0;
  const [low, high] = isKnown ? estimate.interval95 : [null, null];
  const hasInterval = isKnown && estimate.replications > 1;
  return [
    name,
    quantity,
    unit,
    isKnown ? estimate.mean : null,
    hasInterval ? low : null,
    hasInterval ? high : null,
    estimate?.replications ?? null,
    note,
  ];
}
