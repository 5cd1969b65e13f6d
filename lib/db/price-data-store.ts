import { z } from 'zod';
import type { PriceBookSources } from '../cost/price-override';
import { BookEntry, bookFormats } from '../cost/prices/books/parsed-book';
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

/** The base data in use; null for what is installed. */
export async function readBaseData(): Promise<PriceBookSources['baseData']> {
  const row = await findBase();
  if (row === null) return null;
  const { name, version, date, json } = row;
  return { name, version, date, providers: JSON.parse(json) };
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
