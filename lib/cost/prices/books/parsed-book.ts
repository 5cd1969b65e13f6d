import { z } from 'zod';

/** Prices that books are compared by, in whole pico-dollars per token; tiers are left out. */
const BookPrices = z.object({
  input: z.number().nonnegative().optional(),
  output: z.number().nonnegative().optional(),
  cacheRead: z.number().nonnegative().optional(),
  cacheWrite5m: z.number().nonnegative().optional(),
  cacheWrite1h: z.number().nonnegative().optional(),
});
export type BookPrices = z.infer<typeof BookPrices>;

/** The parts of {@link BookPrices}, in the order in which they are shown. */
export const comparedParts = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
] as const satisfies readonly (keyof BookPrices)[];

/** One model of one provider, as a book lists it. */
export const BookEntry = z.object({
  providerId: z.string().min(1).max(100), // as the base names it
  model: z.string().min(1).max(300), //      in lower case, without a provider before it
  prices: BookPrices,
});
export type BookEntry = z.infer<typeof BookEntry>;

/** Formats of price books that can be read. */
export const bookFormats = ['genai-prices', 'litellm', 'langfuse', 'models.dev'] as const;
export type BookFormat = (typeof bookFormats)[number];

/** A price book of somebody else, read for comparison. */
export interface ParsedBook {
  readonly format: BookFormat;
  readonly entries: readonly BookEntry[];
  /** Entries without a price by the token of text, or that could not be read. */
  readonly skipped: number;
}

const entriesMax = 50_000;

/** Pico-dollars per token; undefined for anything that is no price. */
export function picoUsdOf(value: unknown, picoPerUnit: number): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return undefined;
  const picoUsd = Math.round(value * picoPerUnit);
  return Number.isSafeInteger(picoUsd) ? picoUsd : undefined;
}

/** Prices without the absent ones; null where none is left. */
export function presentPrices(
  prices: {
    readonly [Part in keyof BookPrices]: number | undefined;
  },
): BookPrices | null {
  const present: BookPrices = {};
  for (const part of comparedParts) {
    const price = prices[part];
    if (price !== undefined) present[part] = price;
  }
  return present.input === undefined && present.output === undefined ? null : present;
}

/** Collects entries; of two with one name, the first stays. */
export class EntryCollector {
  readonly #entries = new Map<string, BookEntry>();
  #skipped = 0;

  add(providerId: string | null, model: string, prices: BookPrices | null): void {
    const name = model.trim().toLowerCase();
    if (providerId === null || prices === null || name === '' || name.length > 300) this.skip();
    else {
      const key = `${providerId}\n${name}`;
      if (this.#entries.has(key) || this.#entries.size >= entriesMax) return;
      this.#entries.set(key, { providerId, model: name, prices });
    }
  }

  skip(): void {
    this.#skipped++;
  }

  finish(format: BookFormat): ParsedBook {
    return { format, entries: [...this.#entries.values()], skipped: this.#skipped };
  }
}
