import { z } from 'zod';
import type { PriceBookSources } from '../cost/price-override';
import { BookEntry, bookFormats } from '../cost/prices/books/parsed-book';
import { type DataProvider, parsePriceProviders } from '../cost/prices/price-data';
import { AppError } from '../errors';
import { db } from './client';

/** Roles of data that was brought in: the base of all projects, or a book to compare with. */
const roles = { base: 'base', comparison: 'comparison' } as const;

const keptBooksMax = 20;

/** Base data as it is stored, with the hash of the file that it came in. */
export interface StoredBase {
  readonly name: string;
  readonly version: string;
  readonly date: string;
  readonly sha256: string;
  readonly providers: unknown;
}

interface KeptProviders {
  readonly key: string;
  readonly providers: readonly DataProvider[];
}

/** The data that was read last: it is large, and the same for every request. */
const holder = globalThis as typeof globalThis & { plimsollBaseData?: KeptProviders };

/**
 * The base data in use; null for what is installed.
 *
 * Data that was brought in is read and checked once for as long as it stays in use.
 *
 * @throws AppError unsupported_format where it is stored in a form that is not read any more
 */
export async function readBaseData(): Promise<PriceBookSources['baseData']> {
  const row = await findBase();
  if (row === null) return null;
  const { id, name, version, date, sha256 } = row;
  const key = `${id} ${sha256}`;
  let kept = holder.plimsollBaseData;
  if (kept?.key !== key) {
    const { json } = await (await db()).priceData.findUniqueOrThrow({
      where: { id },
      select: { json: true },
    });
    kept = { key, providers: parseProviders(json, date) };
    holder.plimsollBaseData = kept;
  }
  return { name, version, date, providers: kept.providers };
}

function parseProviders(json: string, date: string): readonly DataProvider[] {
  const parsed = parsePriceProviders(parseJson(json));
  if ('providers' in parsed) return parsed.providers;
  throw new AppError(
    'unsupported_format',
    `The price data of ${date} that was brought in cannot be read by this version. Bring in newer data, or go back to what is installed with plimsoll prices update --reset.`,
    parsed.faults,
  );
}

/** What the text holds; undefined, which is no price data, where it is no JSON. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Hash of the file that the base data in use came in; null for what is installed. */
export async function readBaseSha256(): Promise<string | null> {
  return (await findBase())?.sha256 ?? null;
}

async function findBase() {
  const client = await db();
  return client.priceData.findFirst({
    where: { role: roles.base },
    orderBy: { createdAt: 'desc' },
    select: { id: true, name: true, version: true, date: true, sha256: true },
  });
}

/** Puts data in the place of the base in use, in one step: a write that fails leaves that one. */
export async function replaceBaseData(base: StoredBase | null): Promise<void> {
  await (await db()).$transaction(async (change) => {
    await change.priceData.deleteMany({ where: { role: roles.base } });
    if (base === null) return;
    const { providers, ...plain } = base;
    const json = JSON.stringify(providers);
    await change.priceData.create({ data: { role: roles.base, ...plain, json } });
  });
}

const KeptJson = z.object({ format: z.enum(bookFormats), entries: z.array(BookEntry).max(50_000) });

/** A book that is kept to compare with. */
export interface StoredBook extends z.infer<typeof KeptJson> {
  readonly name: string;
  readonly date: string;
  readonly sha256: string;
}

/** Books that are kept to compare with, by name. */
export async function listKeptBooks(): Promise<StoredBook[]> {
  const rows = await (await db()).priceData.findMany({
    where: { role: roles.comparison },
    orderBy: { name: 'asc' },
    take: keptBooksMax,
  });
  return rows.map(({ name, date, sha256, json }) => ({
    name,
    date,
    sha256,
    ...KeptJson.parse(JSON.parse(json)),
  }));
}

/**
 * Keeps a book to compare with, in the place of one of the same name.
 *
 * @throws AppError conflict where as many are kept as may be
 */
export async function keepBook({ name, date, sha256, format, entries }: StoredBook): Promise<void> {
  const json = JSON.stringify({ format, entries });
  const data = { version: format, date, sha256, json };
  await (await db()).$transaction(async (change) => {
    const role = roles.comparison;
    await change.priceData.upsert({
      where: { role_name: { role, name } },
      create: { role, name, ...data },
      update: data,
    });
    if ((await change.priceData.count({ where: { role } })) > keptBooksMax) {
      throw new AppError('conflict', `At most ${keptBooksMax} books are kept. Remove one first.`);
    }
  });
}

/**
 * Removes a book that is kept to compare with.
 *
 * @throws AppError not_found
 */
export async function dropBook(name: string): Promise<void> {
  const { count } = await (await db()).priceData.deleteMany({
    where: { role: roles.comparison, name },
  });
  if (count === 0) throw new AppError('not_found', 'There is no such book.');
}
