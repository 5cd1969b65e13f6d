import {
  PriceBookPage,
  type PriceCatalogue,
  type PriceLookup,
  type PriceLookupQuery,
  type PriceQuery,
  type ProjectPrices,
  pricesPerPage,
} from '../contracts/prices';
import { readBaseSha256 } from '../db/price-data-store';
import { getProjectOrThrow } from '../db/project-store';
import { readSeenModels } from '../db/trace-store/read-seen-models';
import { readProjectBook, readSharedBook } from '../jobs/price-sources';
import { selectImports } from '../jobs/session-source';
import { describeLayers } from './describe-layers';
import { resolveSeenModels } from './resolve-seen-models';

/** Most models of a project's traces that are listed. */
const seenModelsMax = 500;

const today = (now: Date) => now.toISOString().slice(0, 10);

/** The price book without anything of a project, one page of it. */
export async function loadPriceBook(query: PriceQuery): Promise<PriceBookPage> {
  const { sources, book } = await readSharedBook();
  const now = new Date();
  const listed = book.listUnitPrices(now.getTime());
  const text = (query.q ?? '').trim().toLowerCase();
  const found = listed.filter(
    ({ providerId, modelId }) =>
      (query.provider === undefined || providerId === query.provider) &&
      `${providerId}/${modelId}`.toLowerCase().includes(text),
  );
  const counts = new Map<string, number>();
  for (const { providerId } of listed) counts.set(providerId, (counts.get(providerId) ?? 0) + 1);
  const start = (query.page - 1) * pricesPerPage;
  return PriceBookPage.parse({
    identity: book.identity,
    layers: describeLayers(book, sources, {
      models: listed.length,
      sha256: await readBaseSha256(),
    }),
    isBaseReplaced: sources.baseData !== null,
    asOf: today(now),
    providers: [...counts].map(([providerId, models]) => ({ providerId, models })),
    models: found.slice(start, start + pricesPerPage),
    modelsTotal: found.length,
    page: query.page,
    pages: Math.max(1, Math.ceil(found.length / pricesPerPage)),
  });
}

/** Looks up what one model costs, named as a trace would name it. */
export async function lookUpPrice(query: PriceLookupQuery): Promise<PriceLookup> {
  const { projectId, at, model, provider, tier } = query;
  if (projectId !== undefined) await getProjectOrThrow(projectId);
  const { book } =
    projectId === undefined ? await readSharedBook() : await readProjectBook(projectId);
  const asOf = at ?? today(new Date());
  const prices = book.findUnitPrices({
    providerName: provider ?? null,
    model,
    atMs: Date.parse(`${asOf}T00:00:00Z`),
    serviceTier: tier ?? null,
  });
  return { identity: book.identity, asOf, prices };
}

/** A project's own prices, and what every model of its traces resolves to. */
export async function loadProjectPrices(projectId: string): Promise<ProjectPrices> {
  await getProjectOrThrow(projectId);
  const { sources, hash, book } = await readProjectBook(projectId);
  const { importIds } = await selectImports(projectId);
  const seen = resolveSeenModels(await readSeenModels(importIds), book, sources.aliases);
  const sum = (value: (model: (typeof seen)[number]) => number) =>
    seen.reduce((total, model) => total + value(model), 0);
  const unpricedCalls = sum((one) => one.unpricedCalls);
  return {
    identity: book.identity,
    layers: describeLayers(book, sources, {
      models: book.listUnitPrices(null).length,
      sha256: await readBaseSha256(),
    }),
    sourcesHash: hash,
    overrides: sources.overrides,
    aliases: sources.aliases,
    seenModels: seen.slice(0, seenModelsMax),
    seenModelsTotal: seen.length,
    pricedCalls: sum((one) => one.calls - one.usageMissingCalls) - unpricedCalls,
    unpricedCalls,
    unpricedTokens: sum((one) => one.unpricedTokens),
  };
}

/** Standard prices as of today of every model of text, with the project's own in place. */
export async function loadPriceCatalogue(projectId: string): Promise<PriceCatalogue> {
  await getProjectOrThrow(projectId);
  const { book } = await readProjectBook(projectId);
  const now = new Date();
  const models = book
    .listUnitPrices(now.getTime())
    .filter(({ input, output }) => input !== null && output !== null);
  return { identity: book.identity, asOf: today(now), models };
}
