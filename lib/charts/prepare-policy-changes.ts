import type { ReplayChange, ReplayOutcome } from '../cost/replay/replay-outcome';
import type { CsvCell } from '../csv-text';
import { formatTokens, formatUsd, notKnown } from '../format';
import {
  formatChangeInterval,
  formatShareChange,
  formatTokenChange,
  formatUsdChange,
} from './describe-change';
import type { SideNames } from './prepare-policy-curve';

/** One statistic on both sides as text. */
export interface ChangeRow {
  readonly name: string;
  readonly today: string;
  readonly changed: string;
  readonly difference: string;
  readonly share: string;
  /** Null: too few sessions for an interval, or it is still being drawn. */
  readonly interval: string | null;
  readonly isLower: boolean | null; //  null: the same, or not known
}

/** The statistics of a comparison as a table, and the same for a file. */
export interface PolicyChanges {
  readonly rows: readonly ChangeRow[];
  readonly csv: readonly (readonly CsvCell[])[];
}

interface Statistic {
  readonly name: string;
  readonly change: ReplayChange | undefined; // undefined: no session has one
  readonly unit: 'usd' | 'tokens';
}

/** Prepares cost and tokens per session on both sides, their difference and how sure it is. */
export function preparePolicyChanges(outcome: ReplayOutcome, names: SideNames): PolicyChanges {
  const { costUsd, tokens } = outcome;
  const statistics: readonly Statistic[] = [
    { name: 'Mean session', change: costUsd?.mean, unit: 'usd' },
    { name: 'Median session', change: costUsd?.p50, unit: 'usd' },
    { name: 'One in twenty over (P95)', change: costUsd?.p95, unit: 'usd' },
    { name: 'All sessions', change: costUsd?.total, unit: 'usd' },
    { name: 'Tokens, mean session', change: tokens?.mean, unit: 'tokens' },
    { name: 'Tokens, median session', change: tokens?.p50, unit: 'tokens' },
    { name: 'Tokens, P95', change: tokens?.p95, unit: 'tokens' },
  ];
  return {
    rows: statistics.map(rowOf),
    csv: [
      ['Statistic', 'Unit', names.a, names.b, 'Difference', '95 % from', '95 % to'],
      ...statistics.map(({ name, unit, change }) => [
        name,
        unit === 'usd' ? 'USD' : 'tokens',
        change?.today ?? null,
        change?.changed ?? null,
        change?.difference ?? null,
        change?.interval95?.[0] ?? null,
        change?.interval95?.[1] ?? null,
      ]),
    ],
  };
}

function rowOf({ name, change, unit }: Statistic): ChangeRow {
  if (change === undefined) {
    const unknown = { today: notKnown, changed: notKnown, difference: notKnown, share: notKnown };
    return { name, ...unknown, interval: null, isLower: null };
  }
  const format = unit === 'usd' ? formatUsd : formatTokens;
  const formatDifference = unit === 'usd' ? formatUsdChange : formatTokenChange;
  return {
    name,
    today: format(change.today),
    changed: format(change.changed),
    difference: formatDifference(change.difference),
    share: formatShareChange(change.difference, change.today),
    interval:
      change.interval95 === null ? null : formatChangeInterval(change.interval95, formatDifference),
    isLower: change.difference === 0 ? null : change.difference < 0,
  };
}
