import type { PolicyList } from '../policies/policy';
import type { PriceBook } from '../price-book';
import type { UnitPrices } from '../unit-prices';

/** A model as a policy names it. */
interface Target {
  readonly model: string;
  readonly providerName: string | null;
}

function listTargets(policies: PolicyList): Target[] {
  return policies.flatMap((policy) =>
    policy.kind === 'other_model' || policy.kind === 'routing' ? [policy] : [],
  );
}

/** Prices under the name that a policy uses: an alias, or a spelling that the book reads. */
function findNamed(book: PriceBook, { model, providerName }: Target): UnitPrices[] {
  const found = book.findUnitPrices({ providerName, model, atMs: null });
  return found === null
    ? []
    : [{ ...found, modelId: model, providerId: providerName ?? found.providerId }];
}

/** The batch tier of prices, where the book has one. */
function findBatch(book: PriceBook, prices: UnitPrices): UnitPrices[] {
  const { providerId, modelId, validFrom } = prices;
  const found = book.findUnitPrices({
    providerName: providerId,
    model: modelId,
    atMs: validFrom === null ? null : Date.parse(`${validFrom}T00:00:00Z`),
    serviceTier: 'batch',
  });
  // The book answers with standard prices where it has none of the tier; those are no offer.
  return found?.serviceTier === 'batch' ? [{ ...found, providerId, modelId }] : [];
}

/** Each provider's prices of each model once; the first of a pair stays. */
function keepFirst(listed: readonly UnitPrices[]): UnitPrices[] {
  const byPair = new Map<string, UnitPrices>();
  for (const one of listed) {
    const pair = `${one.providerId}\n${one.modelId}`.toLowerCase();
    if (!byPair.has(pair)) byPair.set(pair, one);
  }
  return [...byPair.values()];
}

/**
 * Lists the unit prices that policies may need besides those of a set: every model of the book as of
 * its day, models under the names of given policies, and the batch tier of all of these and of the
 * set's own.
 *
 * It stands in for the price book where there is none, as in a browser. The first entry of a name is
 * what the book finds for it without a provider, so that both choose the same.
 *
 * @param names further names under which policies may ask for models, such as aliases
 */
export function buildCatalogue(
  book: PriceBook,
  measured: readonly UnitPrices[],
  policies: PolicyList = [],
  names: readonly string[] = [],
): UnitPrices[] {
  const listed = book.listUnitPrices(null);
  const byName = [...new Set([...names, ...listed.map(({ modelId }) => modelId)])].flatMap(
    (model) => findNamed(book, { model, providerName: null }),
  );
  const byProvider = listed.flatMap(({ modelId, providerId }) =>
    findNamed(book, { model: modelId, providerName: providerId }),
  );
  const named = listTargets(policies).flatMap((target) => findNamed(book, target));
  const standard = keepFirst([...byName, ...byProvider, ...named, ...listed]);
  const batch = [...measured, ...standard].flatMap((prices) => findBatch(book, prices));
  return [...standard, ...batch];
}
