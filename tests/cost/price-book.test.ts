import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { isSameVersion, modelNameCandidates, resolveProvider } from '@/lib/cost/model-names';
import packageFile from '@/node_modules/@pydantic/genai-prices/package.json';

const { contextWindowTokens, findUnitPrices, identity } = standardPriceBook;
const atMs = Date.UTC(2026, 8, 1);
const skuOf = (model: string, providerName: string | null = null) =>
  findUnitPrices({ providerName, model, atMs })?.skuPriceId ?? null;

describe('findUnitPrices', () => {
  test('the book that is named is the one that is installed', () => {
    expect(identity.version).toBe(packageFile.version);
  });

  test.each([
    'claude-opus-4-9',
    'claude-opus-4-10',
    'claude-opus-4-55',
    'claude-opus-4-5-1',
    'claude-sonnet-4-99',
    'anthropic/claude-opus-4-9',
    'us.anthropic.claude-opus-4-9-v1:0',
    'gpt-5.9',
    'gpt-4.15',
    'gemini-9-pro',
    'gemini-pro-latest',
    'gpt-5-nano-2',
    'deepseek-chat-v9',
    'deepseek/deepseek-chat-v9',
    'deepseek-chat-v9:free',
    'claude-opus-4-5-v2',
    'claude-opus-4-5-fast',
    'claude-sonnet-4-5-20250929-fast',
    'no-such-model',
    '',
  ])('%s is not in the book and is not taken for an older version', (model) => {
    expect(skuOf(model)).toBeNull();
    expect(skuOf(model, 'anthropic')).toBeNull();
  });

  test.each([
    ['claude-opus-4-5-20251101', 'anthropic', 'anthropic/claude-opus-4-5'],
    ['claude-opus-4-1-20250805', 'anthropic', 'anthropic/claude-opus-4-1'],
    ['CLAUDE-SONNET-4-5', null, 'anthropic/claude-sonnet-4-5'],
    ['claude-haiku-4.5', null, 'anthropic/claude-haiku-4-5'],
    ['anthropic/claude-opus-4-5', null, 'anthropic/claude-opus-4-5'],
    ['claude-sonnet-4-5@20250929', 'gcp.vertex_ai', 'google/claude-sonnet-4-5'],
    ['models/gemini-2.5-pro', 'gcp.gen_ai', 'google/gemini-2.5-pro'],
    ['gemini-2.0-flash-001', null, 'google/gemini-2.0-flash'],
    ['gpt-4o-2024-08-06', 'azure.ai.openai', 'azure/gpt-4o'],
    ['gpt-4.1-2025-04-14', 'openai.responses', 'openai/gpt-4.1'],
    ['gpt-4.1-20250414', 'openai', 'openai/gpt-4.1'],
    ['openrouter/anthropic/claude-sonnet-4.5', null, 'openrouter/anthropic/claude-sonnet-4.5'],
    ['claude-opus-4-5-20251101', 'a-gateway', 'anthropic/claude-opus-4-5'],
    ['ft:gpt-4o-mini-2024-07-18:org::id', 'openai', 'openai/ft:gpt-4o-mini'],
  ])('%s of %s is %s', (model, providerName, expected) => {
    expect(skuOf(model, providerName)).toBe(expected);
  });

  test('a regional price of a cloud is kept apart from the global one', () => {
    const region = findUnitPrices({
      providerName: 'aws.bedrock',
      model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      atMs,
    });
    const everywhere = findUnitPrices({
      providerName: 'aws.bedrock',
      model: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
      atMs,
    });
    expect(region?.input?.basePicoUsd).toBe(3_300_000);
    expect(everywhere?.input?.basePicoUsd).toBe(3_000_000);
  });

  test.each([
    ['claude-opus-4-8-fast', 'anthropic', 'anthropic/claude-opus-4-8+fast', 10_000_000],
    ['CLAUDE-OPUS-4.8-FAST', null, 'anthropic/claude-opus-4-8+fast', 10_000_000],
    ['claude-opus-4-8-fast-20260601', null, 'anthropic/claude-opus-4-8+fast', 10_000_000],
    ['claude-opus-4-7-fast', 'anthropic', 'anthropic/claude-opus-4-7+fast', 30_000_000],
  ])('%s of %s is the fast tier, whatever tier the call tells', (model, provider, sku, picoUsd) => {
    for (const serviceTier of [null, 'standard', 'batch', 'fast']) {
      const prices = findUnitPrices({ providerName: provider, model, atMs, serviceTier });
      expect(prices?.skuPriceId).toBe(sku);
      expect(prices?.serviceTier).toBe('fast');
      expect(prices?.input?.basePicoUsd).toBe(picoUsd);
    }
  });

  test('a model that the book lists as fast is itself, at its own price', () => {
    const prices = findUnitPrices({
      providerName: 'openrouter',
      model: 'anthropic/claude-opus-4.8-fast',
      atMs,
    });
    expect(prices?.modelId).toBe('anthropic/claude-opus-4.8-fast');
    expect(prices?.input?.source.layer).toBe('base');
  });

  test('a version that the book lists as `v` and a number is found, and so is a cloud’s revision', () => {
    expect(skuOf('deepseek-chat-v3-0324', 'deepseek')).toBe('deepseek/deepseek-chat@2025-09-29');
    expect(skuOf('anthropic.claude-opus-4-6-v1', 'aws.bedrock')).not.toBeNull();
    expect(skuOf('us.anthropic.claude-opus-4-6-v1:0', 'aws.bedrock')).not.toBeNull();
  });

  test('a model on the user’s own machine has no list price', () => {
    expect(skuOf('deepseek-r1', 'ollama')).toBeNull();
    expect(skuOf('ollama/deepseek-r1')).toBeNull();
  });

  test('a name of hostile length is not looked up', () => {
    expect(modelNameCandidates('claude-'.repeat(100_000))).toEqual([]);
    expect(modelNameCandidates('a/'.repeat(99)).length).toBeLessThan(600);
  });

  test('the price in force is that of the day of the call', () => {
    const dated = findProvider({ providerId: 'openai' })?.models.find((model) =>
      Array.isArray(model.prices),
    );
    const prices = Array.isArray(dated?.prices) ? dated.prices : [];
    const last = prices.at(-1)?.constraint;
    if (dated === undefined || last === undefined || !('start_date' in last)) {
      throw new Error('The book holds no model with a price history.');
    }
    const start = Date.parse(last.start_date);
    const query = { providerName: 'openai', model: dated.id };
    const before = findUnitPrices({ ...query, atMs: start - 1 });
    const after = findUnitPrices({ ...query, atMs: start });
    expect(after?.skuPriceId).toBe(`openai/${dated.id}@${last.start_date}`);
    expect(before?.skuPriceId).not.toBe(after?.skuPriceId);
  });

  test('a price by time of day changes within the day', () => {
    const at = (hour: number, minute: number) =>
      findUnitPrices({
        providerName: 'deepseek',
        model: 'deepseek-chat',
        atMs: Date.UTC(2025, 5, 1, hour, minute),
      })?.input?.basePicoUsd;
    expect(at(0, 29)).toBe(135_000);
    expect(at(0, 30)).toBe(270_000);
    expect(at(16, 29)).toBe(270_000);
    expect(at(16, 30)).toBe(135_000);
  });

  test('every text price of the book’s own vendors is found under its own id, tier by tier', () => {
    for (const providerId of ['anthropic', 'openai', 'google', 'mistral', 'x-ai', 'deepseek']) {
      for (const model of findProvider({ providerId })?.models ?? []) {
        const listed = calcPrice({}, model.id, { providerId, timestamp: new Date(atMs) });
        const price = listed?.model_price.input_mtok;
        if (listed === null || price === undefined) continue;
        const found = findUnitPrices({ providerName: providerId, model: model.id, atMs });
        if (found?.input?.source.layer === 'supplement') continue;
        const base = typeof price === 'number' ? price : price.base;
        expect(found?.input?.basePicoUsd, model.id).toBe(Math.round(base * 1e6));
        expect(found?.input?.tiers.length).toBe(typeof price === 'number' ? 0 : price.tiers.length);
      }
    }
  });
});

describe('resolveProvider', () => {
  test.each([
    ['aws.bedrock', 'aws'],
    ['azure.ai.openai', 'azure'],
    ['az.ai.inference', 'azure'],
    ['gcp.gen_ai', 'google'],
    ['vertex.anthropic.messages', 'google'],
    ['openai.responses', 'openai'],
    ['x_ai', 'x-ai'],
    ['Anthropic', 'anthropic'],
    ['something-else', 'something-else'],
  ])('%s is %s', (name, expected) => {
    expect(resolveProvider(name)).toBe(expected);
  });
});

describe('isSameVersion', () => {
  test.each([
    ['claude-opus-4-5', '-20251101', true],
    ['claude-opus-4-5', '', true],
    ['claude-opus-4-5', '@20251101', true],
    ['claude-opus-4-5', '-v1:0', true],
    ['gemini-2.5-pro-preview', '-05-06', true],
    ['gpt-4', '-0613', true],
    ['gpt-4', '-32k', true],
    ['claude-opus-4', '-9', false],
    ['claude-opus-4-1', '0', false],
    ['gpt-5', '.9', false],
    ['gpt-5', '.9-mini', false],
    ['gpt-5-nano-', '2', false],
    ['gpt-5-nano-', '2025-08-07', true],
    ['ft:gpt-4o-2024-', '07-18:org::id', true],
    ['deepseek-chat', '-v9', false],
    ['deepseek-chat', '-v3.1', false],
    ['deepseek-chat', '.v4', false],
    ['deepseek-chat', '-vision', true],
    ['claude-opus-4-8', '-fast', false],
    ['claude-opus-4-8', '-20260101-fast', false],
    ['claude-opus-4-8', '-faster', true],
  ])('%s and then %s: %s', (prefix, rest, expected) => {
    expect(isSameVersion(prefix, rest)).toBe(expected);
  });
});

describe('contextWindowTokens', () => {
  test('is that of the book, and null where it does not say', () => {
    expect(contextWindowTokens('claude-opus-4-5-20251101', 'anthropic')).toBe(200_000);
    expect(contextWindowTokens('no-such-model', null)).toBeNull();
    expect(contextWindowTokens('deepseek-r1', 'ollama')).toBeNull();
  });
});
