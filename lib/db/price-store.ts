import { ModelAlias, PriceBookSources, PriceOverride } from '../cost/price-override';
import { db } from './client';

/** Name under which the base data in use is kept; it holds for all projects. */
const baseRole = 'base';

/** Everything that decides the prices of a project. */
export async function readPriceSources(projectId: string): Promise<PriceBookSources> {
  const client = await db();
  const [overrides, aliases, base] = await Promise.all([
    client.priceOverride.findMany({ where: { projectId }, orderBy: { createdAt: 'asc' } }),
    client.modelAlias.findMany({ where: { projectId }, orderBy: { name: 'asc' } }),
    client.priceData.findFirst({ where: { role: baseRole }, orderBy: { createdAt: 'desc' } }),
  ]);
  return PriceBookSources.parse({
    overrides: overrides.map(({ json }) => PriceOverride.parse(JSON.parse(json))),
    aliases: aliases.map(({ json }) => ModelAlias.parse(JSON.parse(json))),
    baseData:
      base === null
        ? null
        : {
            name: base.name,
            version: base.version,
            date: base.date,
            providers: JSON.parse(base.json),
          },
  });
}
