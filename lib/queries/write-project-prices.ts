import type { z } from 'zod';
import type { ProjectPriceSources, WriteModelAlias, WritePriceOverride } from '../contracts/prices';
import {
  createPriceOverride,
  deleteModelAlias,
  deletePriceOverride,
  replacePriceOverride,
  writeModelAlias,
} from '../db/price-store';
import { getProjectOrThrow } from '../db/project-store';
import { readProjectBook } from '../jobs/price-sources';

const today = () => new Date().toISOString().slice(0, 10);

async function afterwards(projectId: string): Promise<ProjectPriceSources> {
  const { sources, hash } = await readProjectBook(projectId);
  return { overrides: sources.overrides, aliases: sources.aliases, sourcesHash: hash };
}

/** Adds a price override, or puts it in the place of the one with `overrideId`. */
export async function writeOverride(
  projectId: string,
  override: z.output<typeof WritePriceOverride>,
  overrideId: string | null,
): Promise<ProjectPriceSources> {
  await getProjectOrThrow(projectId);
  const dated = { ...override, recordedOn: today() };
  if (overrideId === null) await createPriceOverride(projectId, dated);
  else await replacePriceOverride(projectId, { ...dated, overrideId });
  return afterwards(projectId);
}

/** Removes a price override. */
export async function removeOverride(
  projectId: string,
  overrideId: string,
): Promise<ProjectPriceSources> {
  await getProjectOrThrow(projectId);
  await deletePriceOverride(projectId, overrideId);
  return afterwards(projectId);
}

/** Adds an alias, or puts it in the place of the one with `aliasId`. */
export async function writeAlias(
  projectId: string,
  alias: z.output<typeof WriteModelAlias>,
  aliasId: string | null,
): Promise<ProjectPriceSources> {
  await getProjectOrThrow(projectId);
  await writeModelAlias(projectId, alias, aliasId);
  return afterwards(projectId);
}

/** Removes an alias. */
export async function removeAlias(
  projectId: string,
  aliasId: string,
): Promise<ProjectPriceSources> {
  await getProjectOrThrow(projectId);
  await deleteModelAlias(projectId, aliasId);
  return afterwards(projectId);
}
