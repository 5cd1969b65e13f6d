import type { PolicyList } from '../policies/policy';
import type { ReplaySet } from '../replay/replay-set';
import type { UnitPrices } from '../unit-prices';
import type { ObservedModel } from './lever-basis';

/**
 * Lists the models that traces name with the models of the book that their calls are priced as.
 *
 * A name whose calls are priced in several ways stands there once for each, the most calls first.
 */
export function listPricedModels(set: Pick<ReplaySet, 'price' | 'prices' | 'model' | 'names'>) {
  const found = new Map<string, ObservedModel>();
  for (let k = 0; k < set.price.length; k++) {
    const prices = set.prices[set.price[k]];
    const name = set.names[set.model[k]];
    if (prices === undefined || name === undefined) continue;
    const { providerId, modelId } = prices;
    const key = JSON.stringify([name, providerId, modelId]);
    const calls = (found.get(key)?.calls ?? 0) + 1;
    found.set(key, { name, providerId, modelId, calls });
  }
  return [...found.values()].sort((a, b) => b.calls - a.calls || (a.name < b.name ? -1 : 1));
}

/**
 * Adds prices under the names that traces give to models, for those names that policies ask for and
 * the catalogue does not have: a model that calls are priced with can be chosen by its observed name.
 */
export function addObservedNames(
  catalogue: readonly UnitPrices[],
  set: ReplaySet,
  policies: PolicyList,
): readonly UnitPrices[] {
  const isListed = (model: string) =>
    catalogue.some(({ modelId }) => modelId.toLowerCase() === model.toLowerCase());
  const asked = policies
    .flatMap((policy) =>
      policy.kind === 'other_model' || policy.kind === 'routing' ? [policy.model] : [],
    )
    .filter((model) => !isListed(model));
  if (asked.length === 0) return catalogue;
  const observed = listPricedModels(set).filter(({ name }) => asked.includes(name));
  const named = observed.flatMap(({ name, providerId, modelId }) =>
    catalogue
      .filter((prices) => prices.providerId === providerId && prices.modelId === modelId)
      .map((prices) => ({ ...prices, modelId: name })),
  );
  return [...catalogue, ...named];
}
