import type { PricedPart } from '../cost/unit-prices';
import { formatDecimal, formatUsdPerMtok } from '../format';
import { partLabel } from './describe-unit-prices';

interface ComparedPriceInput {
  readonly part: PricedPart;
  readonly values: readonly { readonly book: string; readonly picoUsd: number }[];
  readonly ratio: number | null;
  readonly isAgreed: boolean;
}

interface ComparedModelInput {
  readonly providerId: string;
  readonly model: string;
  readonly prices: readonly ComparedPriceInput[];
}

/** One price on which books disagree: what each says, on a scale from nothing to the highest. */
export interface PriceDisagreement {
  readonly key: string;
  readonly model: string;
  readonly providerId: string;
  readonly part: PricedPart;
  readonly partLabel: string;
  /** Highest by lowest; null where the lowest is nothing. */
  readonly ratio: number | null;
  readonly ratioLabel: string;
  readonly values: readonly {
    readonly book: string;
    readonly label: string;
    readonly share: number; //     of the highest, 0 to 1
  }[];
}

/** The single prices of models on which books disagree, the farthest apart first. */
export function preparePriceComparison(models: readonly ComparedModelInput[]): PriceDisagreement[] {
  const rows = models.flatMap(({ model, providerId, prices }) =>
    prices
      .filter((one) => !one.isAgreed)
      .map(({ part, values, ratio }) => {
        const highest = Math.max(...values.map((one) => one.picoUsd));
        return {
          key: `${providerId}/${model}/${part}`,
          model,
          providerId,
          part,
          partLabel: partLabel[part],
          ratio,
          ratioLabel: ratio === null ? 'free in one' : `${formatDecimal(ratio)} ×`,
          values: values.map(({ book, picoUsd }) => ({
            book,
            label: formatUsdPerMtok(picoUsd),
            share: highest === 0 ? 0 : picoUsd / highest,
          })),
        };
      }),
  );
  const apart = ({ ratio }: PriceDisagreement) => ratio ?? Number.POSITIVE_INFINITY;
  return rows.sort((a, b) => (apart(a) === apart(b) ? 0 : apart(b) - apart(a)));
}
