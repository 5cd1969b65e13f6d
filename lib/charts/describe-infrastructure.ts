import type { InfrastructureCost, RateCard } from '../cost/infrastructure/infrastructure-cost';
import type { CsvCell } from '../csv-text';
import { formatCounted, formatDecimal, formatPercent, formatUsd } from '../format';

/** The finding about memory and state, and what it lacks. */
export interface InfrastructureWords {
  readonly headline: string;
  readonly lede: string;
}

/** Says what memory and state cost beside the tokens. */
export function describeInfrastructure(
  cost: InfrastructureCost,
  tokenUsd: number | null,
  sessionsPerDay: number,
): InfrastructureWords {
  const { usdPerSession, usdPerMonth, unknown } = cost;
  const known = cost.lines.length - unknown.length;
  if (usdPerSession === null || known === 0) {
    return {
      headline: 'What memory and state cost is not known yet',
      lede: 'No line has both a price and a quantity.',
    };
  }
  const least = unknown.length === 0 ? '' : 'at least ';
  const beside =
    tokenUsd === null || tokenUsd === 0
      ? ''
      : `, ${formatPercent(usdPerSession / tokenUsd)} of its tokens`;
  const dearest = cost.lines.reduce((most, line) =>
    (line.usdPerMonth ?? 0) > (most.usdPerMonth ?? 0) ? line : most,
  );
  return {
    headline: `Infrastructure adds ${least}${formatUsd(usdPerSession, 'exact')} to a session${beside}`,
    lede: `${formatUsd(usdPerMonth)} a month at ${formatDecimal(sessionsPerDay)} sessions a day, most of it for ${dearest.name.toLowerCase()}. ${
      unknown.length === 0
        ? 'Every line is known.'
        : `${formatCounted(unknown.length, 'line')} of ${cost.lines.length} lack a price or a quantity and are in no sum.`
    }`,
  };
}

/** The bill with the prices' sources, as CSV. */
export function listBillCsv(
  cost: InfrastructureCost,
  { lines: rates }: RateCard,
): (readonly CsvCell[])[] {
  return [
    [
      'item',
      'unit',
      'quantity a month',
      'USD per unit',
      'USD a month',
      'USD a session',
      'how',
      'source',
      'read',
    ],
    ...cost.lines.map((line): CsvCell[] => {
      const rate = rates.find(({ id }) => id === line.id);
      return [
        line.name,
        line.unit,
        line.quantityPerMonth,
        line.usdPerUnit,
        line.usdPerMonth,
        line.usdPerSession,
        line.how,
        rate?.source ?? null,
        rate?.date ?? null,
      ];
    }),
  ];
}
