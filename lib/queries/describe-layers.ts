import type { PriceLayer } from '../contracts/prices';
import type { PriceBook } from '../cost/price-book';
import type { PriceBookSources } from '../cost/price-override';
import { supplement } from '../cost/prices/supplement';

/** The layers of a book, the one that decides first in front. */
export function describeLayers(
  { identity }: PriceBook,
  { overrides }: PriceBookSources,
  base: { readonly models: number; readonly sha256: string | null },
): PriceLayer[] {
  const days = overrides.map((one) => one.recordedOn).sort();
  return [
    ...(overrides.length === 0
      ? []
      : [
          {
            layer: 'override' as const,
            book: 'project',
            date: days.at(-1) ?? identity.date,
            entries: overrides.length,
            url: null,
            sha256: null,
          },
        ]),
    {
      layer: 'supplement',
      book: supplement.name,
      date: supplement.date,
      entries: supplement.rules.length + supplement.regionRules.length,
      url: null,
      sha256: null,
    },
    {
      layer: 'base',
      book: `${identity.name} ${identity.version}`,
      date: identity.date,
      entries: base.models,
      url: 'https://github.com/pydantic/genai-prices',
      sha256: base.sha256,
    },
  ];
}
