import { randomUUID } from 'node:crypto';
import { ModelAlias, PriceBookSources, PriceOverride } from '../cost/price-override';
import { AppError } from '../errors';
import { db } from './client';
import { readBaseData } from './price-data-store';
import { isUniqueViolation } from './unique-violation';

const overridesMax = 1_000;
const aliasesMax = 5_000;

/** What decides prices for all projects: the base data in use, and nothing of a project's own. */
export async function readSharedSources(): Promise<PriceBookSources> {
  return { overrides: [], aliases: [], baseData: await readBaseData() };
}

/** Everything that decides the prices of a project. */
export async function readPriceSources(projectId: string): Promise<PriceBookSources> {
  const client = await db();
  const [overrides, aliases, baseData] = await Promise.all([
    client.priceOverride.findMany({
      where: { projectId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
    client.modelAlias.findMany({ where: { projectId }, orderBy: { name: 'asc' } }),
    readBaseData(),
  ]);
  return PriceBookSources.parse({
    overrides: overrides.map(({ json }) => PriceOverride.parse(JSON.parse(json))),
    aliases: aliases.map(({ json }) => ModelAlias.parse(JSON.parse(json))),
    baseData,
  });
}

/**
 * Adds a price of a project's own.
 *
 * @throws AppError conflict where the project has as many as it may
 */
export async function createPriceOverride(
  projectId: string,
  override: Omit<PriceOverride, 'overrideId'>,
): Promise<void> {
  const id = randomUUID();
  const json = JSON.stringify({ ...override, overrideId: id } satisfies PriceOverride);
  await (await db()).$transaction(async (change) => {
    await change.priceOverride.create({ data: { id, projectId, json } });
    if ((await change.priceOverride.count({ where: { projectId } })) > overridesMax) {
      throw new AppError('conflict', `A project keeps at most ${overridesMax} price overrides.`);
    }
  });
}

/**
 * Puts a price of a project's own in the place of one.
 *
 * @throws AppError not_found
 */
export async function replacePriceOverride(
  projectId: string,
  override: PriceOverride,
): Promise<void> {
  const { count } = await (await db()).priceOverride.updateMany({
    where: { id: override.overrideId, projectId },
    data: { json: JSON.stringify(override) },
  });
  if (count === 0) throw noOverride();
}

/**
 * Removes a price of a project's own.
 *
 * @throws AppError not_found
 */
export async function deletePriceOverride(projectId: string, overrideId: string): Promise<void> {
  const { count } = await (await db()).priceOverride.deleteMany({
    where: { id: overrideId, projectId },
  });
  if (count === 0) throw noOverride();
}

const noOverride = () => new AppError('not_found', 'There is no such price override.');

/**
 * Writes an alias, in the place of the one with `aliasId` if that is given.
 *
 * An alias of an alias is refused, since prices look only one step far.
 *
 * @throws AppError conflict where the name has an alias or the two make a chain; not_found
 */
export async function writeModelAlias(
  projectId: string,
  alias: Omit<ModelAlias, 'aliasId'>,
  aliasId: string | null,
): Promise<void> {
  const id = aliasId ?? randomUUID();
  const name = alias.name.toLowerCase();
  const json = JSON.stringify({ ...alias, aliasId: id } satisfies ModelAlias);
  try {
    await (await db()).$transaction(async (change) => {
      if (aliasId === null) await change.modelAlias.create({ data: { id, projectId, name, json } });
      else {
        const where = { id, projectId };
        const { count } = await change.modelAlias.updateMany({ where, data: { name, json } });
        if (count === 0) throw new AppError('not_found', 'There is no such alias.');
      }
      const rows = await change.modelAlias.findMany({ where: { projectId } });
      if (rows.length > aliasesMax) {
        throw new AppError('conflict', `A project keeps at most ${aliasesMax} aliases.`);
      }
      refuseChains(rows.map((row) => ModelAlias.parse(JSON.parse(row.json))));
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError('conflict', `'${alias.name}' has an alias already. Change that one.`, [
      { path: 'name', message: 'Has an alias already.' },
    ]);
  }
}

function refuseChains(aliases: readonly ModelAlias[]): void {
  const names = new Map(aliases.map((one) => [one.name.toLowerCase(), one]));
  for (const { name, model } of aliases) {
    const next = names.get(model.toLowerCase());
    if (next === undefined) continue;
    throw new AppError(
      'conflict',
      `'${name}' would stand for '${model}', which itself stands for '${next.model}'. Name the model of the book in both.`,
      [{ path: 'model', message: 'Is the name of an alias.' }],
    );
  }
}

/**
 * Removes an alias.
 *
 * @throws AppError not_found
 */
export async function deleteModelAlias(projectId: string, aliasId: string): Promise<void> {
  const { count } = await (await db()).modelAlias.deleteMany({ where: { id: aliasId, projectId } });
  if (count === 0) throw new AppError('not_found', 'There is no such alias.');
}
