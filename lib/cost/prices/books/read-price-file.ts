import type { DataFault } from '../describe-data-fault';
import { type DataProvider, findExcess, parsePriceProviders } from '../price-data';
import { isRecord } from './is-record';
import { parseLangfuse } from './parse-langfuse';
import { parseLitellm } from './parse-litellm';
import { parseModelsDev } from './parse-models-dev';
import type { BookFormat, ParsedBook } from './parsed-book';

/** A file of prices: data that can be a base, or a book to compare with. */
export type PriceFile =
  | { readonly kind: 'base'; readonly providers: readonly DataProvider[] }
  | { readonly kind: 'book'; readonly book: ParsedBook }
  | { readonly kind: 'faults'; readonly faults: readonly DataFault[] };

/** Tells the format of a parsed file by its shape; null for none that is known. */
function sniffBookFormat(file: unknown): BookFormat | null {
  if (Array.isArray(file)) {
    const first: unknown = file[0];
    if (isRecord(first) && 'modelName' in first) return 'langfuse';
    return isRecord(first) && 'models' in first && 'id' in first ? 'genai-prices' : null;
  }
  if (!isRecord(file)) return null;
  const values = Object.values(file).filter(isRecord).slice(0, 50);
  if (values.some((one) => 'litellm_provider' in one)) return 'litellm';
  return values.some((one) => isRecord(one.models)) ? 'models.dev' : null;
}

/**
 * Reads the text of a price file of any format that is known.
 *
 * Data for a base is taken whole or not at all, since what is missing would be unpriced. Of a book to
 * compare with, entries that cannot be read are skipped and counted.
 */
export function readPriceFile(text: string): PriceFile {
  const fault = (message: string): PriceFile => ({
    kind: 'faults',
    faults: [{ path: '', message }],
  });
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return fault('Is not valid JSON.');
  }
  const excess = findExcess(file);
  if (excess !== null) return { kind: 'faults', faults: [excess] };
  const format = sniffBookFormat(file);
  if (format === 'genai-prices') {
    const parsed = parsePriceProviders(file);
    return 'faults' in parsed ? { kind: 'faults', ...parsed } : { kind: 'base', ...parsed };
  }
  if (format === 'langfuse' && Array.isArray(file)) {
    return { kind: 'book', book: parseLangfuse(file) };
  }
  if (format === 'litellm' && isRecord(file)) return { kind: 'book', book: parseLitellm(file) };
  if (format === 'models.dev' && isRecord(file))
    return { kind: 'book', book: parseModelsDev(file) };
  return fault('Is none of the formats genai-prices, LiteLLM, Langfuse and models.dev.');
}
