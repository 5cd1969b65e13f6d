import type { ModelAlias } from '../price-override';
import { pricedParts, type UnitPrice, type UnitPrices } from '../unit-prices';

/** What a name of the traces stands for. */
export interface FoundAlias {
  readonly providerName: string | null;
  readonly model: string;
  /** Prices that were found through the alias, with the alias in the rule of every number. */
  describe(prices: UnitPrices): UnitPrices;
}

/** The form in which names of aliases are compared. */
const aliasKey = (name: string) => name.trim().toLowerCase();

/** Aliases by name. */
export function prepareAliases(aliases: readonly ModelAlias[]): Map<string, ModelAlias> {
  return new Map(aliases.map((alias) => [aliasKey(alias.name), alias]));
}

/** Finds what a name stands for; null where it stands for itself. */
export function findAlias(
  aliases: ReadonlyMap<string, ModelAlias>,
  name: string,
): FoundAlias | null {
  const alias = aliases.size === 0 ? undefined : aliases.get(aliasKey(name));
  if (alias === undefined) return null;
  const through = (price: UnitPrice | null) =>
    price === null
      ? null
      : {
          ...price,
          source: {
            ...price.source,
            rule: `alias "${alias.name}" is "${alias.model}", ${price.source.rule}`,
          },
        };
  return {
    providerName: alias.providerName,
    model: alias.model,
    describe: (prices) => ({
      ...prices,
      ...(Object.fromEntries(pricedParts.map((part) => [part, through(prices[part])])) as Pick<
        UnitPrices,
        (typeof pricedParts)[number]
      >),
    }),
  };
}
