import type { CsvCell } from '../csv-text';
import { formatUsd } from '../format';
import { formatShareChange, formatUsdChange } from './describe-change';
import type { SideNames } from './prepare-policy-curve';

/** Dollars of one part of the cost on both sides. */
export interface PartCost {
  readonly name: string;
  readonly todayUsd: number;
  readonly changedUsd: number;
}

/** One part of the cost with a bar for each side. */
export interface PartChange {
  readonly name: string;
  readonly today: string;
  readonly changed: string;
  readonly difference: string;
  readonly share: string;
  readonly todayLength: number; //    0 to 1, of the longest bar
  readonly changedLength: number;
}

/** The parts of the cost on both sides. */
export interface PartChanges {
  readonly parts: readonly PartChange[];
  readonly shown: number;
  readonly total: number;
  readonly csv: readonly (readonly CsvCell[])[];
}

/**
 * Prepares the parts of a cost (kinds of token, models) on both sides for drawing.
 *
 * Parts that cost nothing on either side are left out; the dearest come first where `isSorted`.
 */
export function preparePartChanges(
  costs: readonly PartCost[],
  names: SideNames,
  { most = 12, isSorted = false, nameOf = (name: string) => name } = {},
): PartChanges {
  const paid = costs.filter(({ todayUsd, changedUsd }) => todayUsd > 0 || changedUsd > 0);
  const size = ({ todayUsd, changedUsd }: PartCost) => Math.max(todayUsd, changedUsd);
  const ordered = isSorted ? paid.toSorted((a, b) => size(b) - size(a)) : paid;
  const longest = paid.reduce((max, cost) => Math.max(max, size(cost)), 0);
  const shown = ordered.slice(0, most);
  return {
    parts: shown.map(({ name, todayUsd, changedUsd }) => ({
      name: nameOf(name),
      today: formatUsd(todayUsd),
      changed: formatUsd(changedUsd),
      difference: formatUsdChange(changedUsd - todayUsd),
      share: formatShareChange(changedUsd - todayUsd, todayUsd),
      todayLength: todayUsd / longest,
      changedLength: changedUsd / longest,
    })),
    shown: shown.length,
    total: paid.length,
    csv: [
      ['Part', `USD ${names.a}`, `USD ${names.b}`],
      ...ordered.map(({ name, todayUsd, changedUsd }) => [nameOf(name), todayUsd, changedUsd]),
    ],
  };
}
