import type { PriceBook } from '../../price-book';
import type { PricedPart } from '../../unit-prices';
import { type BookEntry, type BookPrices, comparedParts } from './parsed-book';

/** A book in the form in which it is compared: its models, and how to find one of them. */
export interface ComparableBook {
  readonly name: string;
  readonly entries: readonly Pick<BookEntry, 'providerId' | 'model'>[];
  find(providerId: string, model: string): BookPrices | null;
}

/** One price of one model in two or more books; see PriceComparison. */
export interface PriceDifference {
  readonly part: PricedPart;
  readonly values: { readonly book: string; readonly picoUsd: number }[];
  readonly lowPicoUsd: number;
  readonly highPicoUsd: number;
  readonly ratio: number | null;
  readonly isAgreed: boolean;
}

/** One model that two or more books list. */
export interface ModelDifference {
  readonly providerId: string;
  readonly model: string;
  readonly prices: PriceDifference[];
  readonly isAgreed: boolean;
}

/** List prices are rounded when they are published; nearer than this they are the same. */
const toleranceShare = 0.001;

/** A book of entries, such as one that was read for comparison. */
export function comparableEntries(name: string, entries: readonly BookEntry[]): ComparableBook {
  const byName = new Map(
    entries.map((entry) => [`${entry.providerId}\n${entry.model}`, entry.prices]),
  );
  return {
    name,
    entries,
    find: (providerId, model) => byName.get(`${providerId}\n${model}`) ?? null,
  };
}

/**
 * A price book as one to compare with, at its standard-tier prices of a moment.
 *
 * A model counts only where the book lists it under the provider itself: what falls back to the
 * vendor's own price says nothing about a cloud's.
 */
export function comparableBook(name: string, book: PriceBook, atMs: number | null): ComparableBook {
  return {
    name,
    entries: book
      .listUnitPrices(atMs)
      .map(({ providerId, modelId }) => ({ providerId, model: modelId.toLowerCase() })),
    find(providerId, model) {
      const found = book.findUnitPrices({ providerName: providerId, model, atMs });
      if (found === null || found.providerId !== providerId) return null;
      const prices: BookPrices = {};
      for (const part of comparedParts) {
        const price = found[part];
        if (price !== null) prices[part] = price.basePicoUsd;
      }
      return Object.keys(prices).length === 0 ? null : prices;
    },
  };
}

function comparePart(
  part: (typeof comparedParts)[number],
  found: readonly { readonly book: string; readonly prices: BookPrices }[],
): PriceDifference | null {
  const values = found.flatMap(({ book, prices }) => {
    const picoUsd = prices[part];
    return picoUsd === undefined ? [] : [{ book, picoUsd }];
  });
  if (values.length < 2) return null;
  const lowPicoUsd = Math.min(...values.map(({ picoUsd }) => picoUsd));
  const highPicoUsd = Math.max(...values.map(({ picoUsd }) => picoUsd));
  return {
    part,
    values,
    lowPicoUsd,
    highPicoUsd,
    ratio: lowPicoUsd > 0 ? highPicoUsd / lowPicoUsd : highPicoUsd === 0 ? 1 : null,
    isAgreed: highPicoUsd - lowPicoUsd <= toleranceShare * lowPicoUsd,
  };
}

/**
 * Compares books price by price, over the models that two or more of them list.
 *
 * @returns the models that are farthest apart first; those that agree by name at the end
 */
export function compareBooks(books: readonly ComparableBook[]): ModelDifference[] {
  const seen = new Set<string>();
  const models: ModelDifference[] = [];
  for (const { providerId, model } of books.flatMap(({ entries }) => entries)) {
    const key = `${providerId}\n${model}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const found = books.flatMap((book) => {
      const prices = book.find(providerId, model);
      return prices === null ? [] : [{ book: book.name, prices }];
    });
    if (found.length < 2) continue;
    const prices = comparedParts.flatMap((part) => comparePart(part, found) ?? []);
    models.push({ providerId, model, prices, isAgreed: prices.every((one) => one.isAgreed) });
  }
  const apart = ({ prices }: ModelDifference) =>
    Math.max(1, ...prices.map(({ ratio }) => ratio ?? Number.POSITIVE_INFINITY));
  const order = ({ providerId, model }: ModelDifference) => `${providerId}/${model}`;
  return models.sort((a, b) =>
    apart(a) === apart(b) ? (order(a) < order(b) ? -1 : 1) : apart(a) < apart(b) ? 1 : -1,
  );
}
