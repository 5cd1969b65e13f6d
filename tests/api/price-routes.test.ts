import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInProcess } from '@/lib/cli/in-process-transport';
import { ErrorResponse } from '@/lib/contracts/error';
import type { Project } from '@/lib/contracts/project';
import { db } from '@/lib/db/client';
import { readPriceSources } from '@/lib/db/price-store';
import { type ApiClient, createApiClient, type Transport } from '@/lib/http/api-client';
import { jobRunner } from '@/lib/jobs/job-runner';
import { hashPriceSources, readSharedBook } from '@/lib/jobs/price-sources';
import { openTestRoot, type TestRoot } from '../db/test-root';

let root: TestRoot;
let send: Transport;
let api: ApiClient;
let project: Project;
beforeAll(async () => {
  root = await openTestRoot();
  send = (await openInProcess(new AbortController().signal)).transport;
  api = createApiClient('http://localhost', send);
  project = await api.createProject({ name: 'Prices' });
});
afterAll(() => root.remove());

const tinyBase = (usd: unknown) => [
  {
    id: 'anthropic',
    name: 'Anthropic',
    api_pattern: 'x',
    model_match: { contains: 'claude' },
    models: [
      {
        id: 'claude-haiku-4-5',
        match: { starts_with: 'claude-haiku-4-5' },
        prices: { input_mtok: usd, output_mtok: 5 },
      },
    ],
  },
];

const fileOf = (value: unknown) => new Blob([JSON.stringify(value)]);

/** OTLP spans of model calls, 100 tokens in and 10 out each. */
const spanFile = (spans: readonly (readonly [model: string, tier: string | null])[]) =>
  new Blob([
    JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: spans.map(([model, tier], index) => ({
                traceId: `${index}`.padStart(32, '0'),
                spanId: `${index + 1}`.padStart(16, '0'),
                name: 'chat',
                startTimeUnixNano: `${1_767_571_200_000 + index}000000`,
                endTimeUnixNano: `${1_767_571_201_000 + index}000000`,
                attributes: [
                  { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
                  { key: 'gen_ai.provider.name', value: { stringValue: 'openai' } },
                  { key: 'gen_ai.response.model', value: { stringValue: model } },
                  { key: 'gen_ai.usage.input_tokens', value: { intValue: '100' } },
                  { key: 'gen_ai.usage.output_tokens', value: { intValue: '10' } },
                  ...(tier === null
                    ? []
                    : [
                        {
                          key: 'openai.response.service_tier',
                          value: { stringValue: tier },
                        },
                      ]),
                ],
              })),
            },
          ],
        },
      ],
    }),
  ]);

describe('the price book', () => {
  test('is listed by page, provider and name, each price with where it comes from', async () => {
    const all = await api.getPriceBook();
    expect(all.modelsTotal).toBeGreaterThan(1_000);
    expect(all.models).toHaveLength(100);
    expect(all.layers.map(({ layer }) => layer)).toEqual(['supplement', 'base']);
    const { models, modelsTotal } = await api.getPriceBook({
      provider: 'anthropic',
      q: 'OPUS-4-5',
      page: 1,
    });
    expect(modelsTotal).toBe(1);
    expect(models[0]?.input).toMatchObject({ basePicoUsd: 5_000_000, source: { layer: 'base' } });
    expect((await api.getPriceBook({ page: all.pages + 1 })).models).toEqual([]);
  });

  test('newer data takes the place of the base, says what it changes, and goes again', async () => {
    const file = fileOf(tinyBase(2));
    const query = { name: 'prices_2026-10-02.json' };
    const dry = await api.sendPriceData({ ...query, isDryRun: 'true' }, file);
    expect(dry).toMatchObject({ isStored: false, modelsAdded: 0, modelsChanged: 1 });
    expect((await api.getPriceBook()).isBaseReplaced).toBe(false);

    const change = await api.sendPriceData(query, file);
    const sha256 = createHash('sha256')
      .update(await file.text())
      .digest('hex');
    expect(change).toMatchObject({ isStored: true, sha256, after: { date: '2026-10-02' } });
    expect(change.changedPrices).toContainEqual({
      providerId: 'anthropic',
      model: 'claude-haiku-4-5',
      part: 'input',
      beforePicoUsd: 1_000_000,
      afterPicoUsd: 2_000_000,
    });
    const book = await api.getPriceBook();
    expect(book).toMatchObject({ isBaseReplaced: true, modelsTotal: 1 });
    expect(book.layers.find(({ layer }) => layer === 'base')?.sha256).toBe(sha256);

    expect((await api.resetPriceData()).modelsAdded).toBeGreaterThan(1_000);
    expect((await api.getPriceBook()).isBaseReplaced).toBe(false);
  });

  test.each([
    ['no JSON', new Blob(['{'])],
    ['no price book', fileOf({ a: 1 })],
    ['a negative price', fileOf(tinyBase(-1))],
    ['a price that is no number', fileOf(tinyBase('3'))],
    ['a book without history', fileOf({ 'gpt-x': { litellm_provider: 'openai', mode: 'chat' } })],
    ['nothing', new Blob([])],
  ])('%s is refused with a sentence and leaves the data in use', async (_, file) => {
    await api.sendPriceData({ name: 'good.json' }, fileOf(tinyBase(3)));
    const before = await api.getPriceBook();
    await expect(api.sendPriceData({ name: 'bad.json' }, file)).rejects.toMatchObject({
      code: 'unsupported_format',
    });
    expect(await api.getPriceBook()).toEqual(before);
    await api.resetPriceData();
  });

  test('what is wrong is said with its path', async () => {
    const request = new Request('http://localhost/api/v1/prices/data', {
      method: 'POST',
      body: fileOf(tinyBase(-1)),
    });
    const answer = ErrorResponse.parse(await (await send(request)).json());
    expect(answer.error.issues?.[0]?.path).toContain('0.models.0.prices');
  });

  test('a file of more than 20 MiB is refused', async () => {
    const file = new Blob([' '.repeat(20 * 1024 ** 2 + 1)]);
    await expect(api.sendPriceData({ name: 'a.json' }, file)).rejects.toMatchObject({
      code: 'too_large',
    });
  });

  test('a write that fails leaves the data that was in use', async () => {
    await api.sendPriceData({ name: 'good.json' }, fileOf(tinyBase(3)));
    const before = await api.getPriceBook();
    const client = await db();
    await client.$executeRawUnsafe(
      `CREATE TRIGGER refuse BEFORE INSERT ON "PriceData" BEGIN SELECT RAISE(ABORT, 'full'); END`,
    );
    await expect(api.sendPriceData({ name: 'b.json' }, fileOf(tinyBase(4)))).rejects.toThrow();
    await client.$executeRawUnsafe('DROP TRIGGER refuse');
    expect(await api.getPriceBook()).toEqual(before);
    await api.resetPriceData();
  });

  test('stored data that a stricter version refuses stops nothing but says the way out', async () => {
    const client = await db();
    const refused = [
      JSON.stringify(tinyBase(1)).replace('"starts_with":"claude-haiku-4-5"', '"regex":"^(a+)+$"'),
      JSON.stringify([]),
      '{',
    ];
    for (const json of refused) {
      await api.sendPriceData({ name: 'good.json' }, fileOf(tinyBase(3)));
      // As a new version finds it: data of this id has not been read before.
      const id = `stored-${refused.indexOf(json)}`;
      await client.priceData.updateMany({ where: { role: 'base' }, data: { id, json } });
      await expect(api.getPriceBook()).rejects.toMatchObject({
        code: 'unsupported_format',
        message: expect.stringContaining('plimsoll prices update --reset'),
      });
      const change = await api.resetPriceData();
      expect(change).toMatchObject({ isStored: true, before: null, modelsAdded: null });
      expect((await api.getPriceBook()).isBaseReplaced).toBe(false);
    }
    await api.sendPriceData({ name: 'good.json' }, fileOf(tinyBase(3)));
    await client.priceData.updateMany({
      where: { role: 'base' },
      data: { id: 'again', json: '{' },
    });
    const next = await api.sendPriceData({ name: 'better.json' }, fileOf(tinyBase(4)));
    expect(next).toMatchObject({ isStored: true, before: null, modelsChanged: null });
    expect((await api.getPriceBook()).modelsTotal).toBe(1);
    await api.resetPriceData();
  });

  test('data that stays in use is read, checked and hashed once', async () => {
    await api.sendPriceData({ name: 'good.json' }, fileOf(tinyBase(3)));
    const first = await readSharedBook();
    const second = await readSharedBook();
    expect(second.sources.baseData?.providers).toBe(first.sources.baseData?.providers);
    expect(second.book).toBe(first.book);
    const own = await readPriceSources(project.projectId);
    expect(own.baseData?.providers).toBe(first.sources.baseData?.providers);
    const copy = structuredClone(first.sources);
    expect(hashPriceSources(copy)).toBe(first.hash);
    await api.sendPriceData({ name: 'good.json' }, fileOf(tinyBase(4)));
    const other = await readSharedBook();
    expect(other.hash).not.toBe(first.hash);
    const query = { providerName: null, model: 'claude-haiku-4-5', atMs: null };
    expect(other.book.findUnitPrices(query)?.input?.basePicoUsd).toBe(4_000_000);
    await api.resetPriceData();
    expect((await readSharedBook()).sources.baseData).toBeNull();
  });

  test('a book is kept, compared with that in use, and removed', async () => {
    expect(await api.comparePrices()).toMatchObject({ modelsCompared: 0, models: [] });
    const litellm = {
      sample_spec: { mode: 'chat' },
      'claude-opus-4-5': {
        litellm_provider: 'anthropic',
        mode: 'chat',
        input_cost_per_token: 0.00001,
        output_cost_per_token: 0.000025,
      },
    };
    const kept = await api.sendComparisonBook({ name: 'litellm' }, fileOf(litellm));
    expect(kept).toMatchObject({ format: 'litellm', models: 1, skipped: 1 });
    const compared = await api.comparePrices();
    expect(compared).toMatchObject({ modelsCompared: 1, modelsDisagreed: 1, pricesDisagreed: 1 });
    expect(compared.models[0]?.prices[0]).toMatchObject({
      part: 'input',
      lowPicoUsd: 5_000_000,
      highPicoUsd: 10_000_000,
      ratio: 2,
    });
    await api.deleteComparisonBook('litellm');
    expect((await api.comparePrices()).books).toHaveLength(1);
    await expect(api.deleteComparisonBook('litellm')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a project’s own prices', () => {
  test('an override is added, changed and removed, and changes the hash of the sources', async () => {
    const { projectId } = project;
    const { sourcesHash } = await api.getProjectPrices(projectId);
    const added = await api.createPriceOverride(projectId, {
      model: 'claude-opus-4-5',
      discountShare: 0.12,
    });
    expect(added.sourcesHash).not.toBe(sourcesHash);
    const overrideId = added.overrides[0]?.overrideId ?? '';
    const catalogue = await api.getPriceCatalogue(projectId);
    const opus = catalogue.models.find(
      ({ providerId, modelId }) => providerId === 'anthropic' && modelId === 'claude-opus-4-5',
    );
    expect(opus?.input).toMatchObject({ basePicoUsd: 4_400_000, source: { layer: 'override' } });
    const changed = await api.updatePriceOverride(projectId, overrideId, {
      model: 'claude-opus-4-5',
      usdPerMtok: { input: 1 },
    });
    expect(changed.overrides).toMatchObject([{ overrideId, usdPerMtok: { input: 1 } }]);
    expect((await api.deletePriceOverride(projectId, overrideId)).sourcesHash).toBe(sourcesHash);
    await expect(api.deletePriceOverride(projectId, overrideId)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test.each([
    [{ model: 'm' }],
    [{ model: 'm', discountShare: 1.5 }],
    [{ model: 'm', usdPerMtok: { input: -1 } }],
    [{ model: '', discountShare: 0.1 }],
    [
      {
        model: 'm',
        discountShare: 0.1,
        effectiveFrom: '2026-02-01',
        effectiveTo: '2026-02-01',
      },
    ],
    [{ model: 'm', discountShare: 0.1, effectiveFrom: '2026-02-30' }],
  ])('%j is refused', async (body) => {
    await expect(api.createPriceOverride(project.projectId, body)).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('a name has one alias, and an alias of an alias is refused both ways round', async () => {
    const { projectId } = project;
    const { aliases } = await api.createModelAlias(projectId, { name: 'Dep-1', model: 'gpt-4.1' });
    await expect(
      api.createModelAlias(projectId, { name: 'dep-1', model: 'gpt-4o' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      api.createModelAlias(projectId, { name: 'dep-2', model: 'dep-1' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      api.createModelAlias(projectId, { name: 'gpt-4.1', model: 'gpt-4o' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect((await api.getProjectPrices(projectId)).aliases).toEqual(aliases);
    const [alias] = aliases;
    await api.deleteModelAlias(projectId, alias?.aliasId ?? '');
    expect((await api.getProjectPrices(projectId)).aliases).toEqual([]);
  });

  test('calls are imported at the project’s own prices, and the import keeps which they were', async () => {
    const { projectId } = await api.createProject({ name: 'Own' });
    await api.createPriceOverride(projectId, { model: 'gpt-4.1', usdPerMtok: { input: 7 } });
    await api.createModelAlias(projectId, { name: 'prod-7', model: 'gpt-4.1' });
    const { importId } = await api.createImport(projectId, { label: 'a' });
    await api.uploadFile(projectId, importId, 'a.json', spanFile([['prod-7', null]]));
    await api.startImport(projectId, importId, {});
    await (await jobRunner()).whenIdle();
    // 100 tokens of input at 7 dollars and 10 of output at the book's 8, per million.
    const { summary } = await api.getImport(projectId, importId);
    expect(summary?.listCostUsd).toBeCloseTo(0.00078, 12);
    const { pricedWith } = await (await db()).import.findFirstOrThrow({ where: { id: importId } });
    expect(pricedWith).toBe((await api.getProjectPrices(projectId)).sourcesHash);
  });

  test('models of the traces say what they resolve to, or why they have no price', async () => {
    const { projectId } = await api.createProject({ name: 'Seen' });
    const { importId } = await api.createImport(projectId, { label: 'a' });
    const spans = [
      ['gpt-4.1', 'default'],
      ['gpt-4.1', 'scale'],
      ['dep-9', null],
      ['arn:aws:bedrock:us-east-1:1:application-inference-profile/x', null],
      ['unheard-of', null],
    ] as const;
    await api.uploadFile(projectId, importId, 'spans.json', spanFile(spans));
    await api.startImport(projectId, importId, {});
    await (await jobRunner()).whenIdle();
    await api.createModelAlias(projectId, { name: 'DEP-9', model: 'gpt-4.1' });

    const prices = await api.getProjectPrices(projectId);
    const found = new Map(
      prices.seenModels.map(({ model, serviceTier, resolution }) => [
        `${model} ${serviceTier}`,
        resolution,
      ]),
    );
    expect(found.get('gpt-4.1 default')).toMatchObject({ kind: 'priced', isTierFallback: false });
    expect(found.get('gpt-4.1 scale')).toMatchObject({
      kind: 'priced',
      isTierFallback: true,
      prices: { skuPriceId: 'openai/gpt-4.1+scale=standard' },
    });
    expect(found.get('dep-9 null')).toMatchObject({ kind: 'priced', alias: { name: 'DEP-9' } });
    expect(found.get('unheard-of null')).toMatchObject({ reason: 'unknown_model' });
    expect(
      prices.seenModels.find(({ model }) => model?.startsWith('arn:'))?.resolution,
    ).toMatchObject({ reason: 'opaque_name' });
    expect(prices).toMatchObject({ pricedCalls: 3, unpricedCalls: 2, unpricedTokens: 220 });
    const { pricedWith } = await (await db()).import.findFirstOrThrow({ where: { id: importId } });
    expect(pricedWith).not.toBe(prices.sourcesHash);
  });
});
