import type { ProjectPrices } from '@/lib/contracts/prices';
import { pricedParts } from '@/lib/cost/unit-prices';
import type { CsvCell } from '@/lib/csv-text';

/**
 * The overrides and aliases of a project as rows of one CSV file, the header first.
 *
 * Prices are in dollars for a million tokens; a part that an override leaves to the book is empty, as
 * are the bounds of one that holds since ever or until further notice.
 */
export function listOwnPrices({
  overrides,
  aliases,
}: Pick<ProjectPrices, 'overrides' | 'aliases'>): CsvCell[][] {
  const header = [
    'kind',
    'name',
    'provider',
    'stands_for',
    'effective_from',
    'effective_to',
    ...pricedParts.map((part) => `${part}_usd_per_mtok`),
    'discount_share',
    'note',
    'recorded_on',
  ];
  return [
    header,
    ...overrides.map((one): CsvCell[] => [
      'override',
      one.model,
      one.providerName,
      null,
      one.effectiveFrom,
      one.effectiveTo,
      ...pricedParts.map((part) => one.usdPerMtok[part] ?? null),
      one.discountShare,
      one.note,
      one.recordedOn,
    ]),
    ...aliases.map((one): CsvCell[] => [
      'alias',
      one.name,
      one.providerName,
      one.model,
      null,
      null,
      ...pricedParts.map(() => null),
      null,
      one.note,
      null,
    ]),
  ];
}
