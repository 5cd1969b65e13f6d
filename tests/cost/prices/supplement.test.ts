import { describe, expect, test } from 'vitest';
import { createPriceBook, standardPriceBook } from '@/lib/cost/create-price-book';
import { priceCall } from '@/lib/cost/price-call';
import { standardSources } from '@/lib/cost/price-override';
import { readServiceTier } from '@/lib/cost/prices/price-tier';
import { supplement } from '@/lib/cost/prices/supplement';
import { pricedParts } from '@/lib/cost/unit-prices';
import type { TokenUsage } from '@/lib/traces/call-record';
import { hasSharedData } from '../shared-traces';
import { readPriceText } from './shared-prices';

const atMs = Date.UTC(2026, 7, 1);
const find = (providerName: string, model: string, serviceTier: string | null = null) =>
  standardPriceBook.findUnitPrices({ providerName, model, atMs, serviceTier });

const noTokens: TokenUsage = {
  inputFresh: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWriteUnknownTtl: 0,
  output: 0,
  reasoning: null,
};

const costOf = (
  providerName: string,
  model: string,
  serviceTier: string | null,
  usage: Partial<TokenUsage>,
) => {
  const cost = priceCall({
    providerName,
    requestModel: null,
    responseModel: model,
    startMs: atMs,
    usage: { ...noTokens, ...usage },
    serviceTier,
  });
  return cost.kind === 'priced' ? cost.listCostPicoUsd : cost.reason;
};

describe('readServiceTier', () => {
  test.each([
    [null, 'standard', null],
    ['', 'standard', null],
    ['default', 'standard', null],
    ['Standard', 'standard', null],
    ['auto', 'standard', null],
    ['on_demand', 'standard', null],
    ['ON_DEMAND', 'standard', null],
    ['SERVICE_TIER_STANDARD', 'standard', null],
    ['batch', 'batch', null],
    ['flex', 'flex', null],
    ['ON_DEMAND_FLEX', 'flex', null],
    ['priority', 'priority', null],
    ['fast', 'fast', null],
    ['scale', 'standard', 'scale'],
    ['PROVISIONED_THROUGHPUT', 'standard', 'provisioned_throughput'],
    ['__proto__', 'standard', '__proto__'],
    ['x'.repeat(10_000), 'standard', 'x'.repeat(40)],
  ])('%s is %s', (name, tier, asked) => {
    expect(readServiceTier(name)).toEqual({ tier, asked });
  });
});

describe('service tiers', () => {
  const million = { inputFresh: 1_000_000 };

  test.each([
    // Anthropic's page: batches at half of every price, caches included.
    ['anthropic', 'claude-opus-4-5', 'batch', { inputFresh: 100_000 }, 0.25e12],
    ['anthropic', 'claude-opus-4-5', 'batch', { output: 100_000 }, 1.25e12],
    ['anthropic', 'claude-opus-4-5', 'batch', { cacheRead: 100_000 }, 0.025e12],
    ['anthropic', 'claude-opus-4-5', 'batch', { cacheWrite5m: 80_000 }, 0.25e12],
    ['anthropic', 'claude-opus-4-5', 'batch', { cacheWrite1h: 100_000 }, 0.5e12],
    // OpenAI's page: gpt-4.1 batch 1.00 / 4.00, priority 3.50 / 0.875 / 14.00.
    ['openai', 'gpt-4.1', 'batch', million, 1e12],
    ['openai', 'gpt-4.1', 'batch', { output: 1_000_000 }, 4e12],
    ['openai', 'gpt-4.1', 'priority', million, 3.5e12],
    ['openai', 'gpt-4.1', 'priority', { cacheRead: 1_000_000 }, 0.875e12],
    ['openai', 'gpt-4.1', 'priority', { output: 1_000_000 }, 14e12],
    // The same page, batch: input, cached input where it has one, output.
    ['openai', 'gpt-5', 'batch', million, 0.625e12],
    ['openai', 'gpt-5', 'batch', { cacheRead: 1_000_000 }, 0.0625e12],
    ['openai', 'gpt-5', 'batch', { output: 1_000_000 }, 5e12],
    ['openai', 'gpt-5-mini', 'batch', million, 0.125e12],
    ['openai', 'gpt-5-mini', 'batch', { cacheRead: 1_000_000 }, 0.0125e12],
    ['openai', 'gpt-5-mini', 'batch', { output: 1_000_000 }, 1e12],
    ['openai', 'gpt-5-nano', 'batch', million, 0.025e12],
    ['openai', 'gpt-5-nano', 'batch', { cacheRead: 1_000_000 }, 0.0025e12],
    ['openai', 'gpt-5-nano', 'batch', { output: 1_000_000 }, 0.2e12],
    ['openai', 'gpt-5.1', 'batch', million, 0.625e12],
    ['openai', 'gpt-5.1', 'batch', { output: 1_000_000 }, 5e12],
    ['openai', 'gpt-5.2', 'batch', million, 0.875e12],
    ['openai', 'gpt-5.2', 'batch', { cacheRead: 1_000_000 }, 0.0875e12],
    ['openai', 'gpt-5.2', 'batch', { output: 1_000_000 }, 7e12],
    ['openai', 'gpt-5.2-pro', 'batch', { output: 1_000_000 }, 84e12],
    ['openai', 'o1', 'batch', million, 7.5e12],
    ['openai', 'o1', 'batch', { output: 1_000_000 }, 30e12],
    ['openai', 'o3', 'batch', million, 1e12],
    ['openai', 'o3', 'batch', { output: 1_000_000 }, 4e12],
    ['openai', 'o3-mini', 'batch', { output: 1_000_000 }, 2.2e12],
    ['openai', 'o4-mini', 'batch', million, 0.55e12],
    ['openai', 'o4-mini', 'batch', { output: 1_000_000 }, 2.2e12],
    // o3 flex 1.00 / 0.25 / 4.00; o4-mini priority 2.00 / 0.50 / 8.00.
    ['openai', 'o3', 'flex', million, 1e12],
    ['openai', 'o3', 'flex', { cacheRead: 1_000_000 }, 0.25e12],
    ['openai', 'o3', 'flex', { output: 1_000_000 }, 4e12],
    ['openai', 'o4-mini', 'priority', million, 2e12],
    ['openai', 'o4-mini', 'priority', { cacheRead: 1_000_000 }, 0.5e12],
    ['openai', 'gpt-4o-mini', 'priority', million, 0.25e12],
    ['openai', 'gpt-4o', 'fast', million, 4.25e12],
  ])('%s %s %s %j costs what the vendor says', (provider, model, tier, usage, picoUsd) => {
    expect(costOf(provider, model, tier, usage)).toBe(picoUsd);
  });

  test('a tier with prices says so in the id and in the source of every number it has', () => {
    const batch = find('anthropic', 'claude-opus-4-5', 'batch');
    expect(batch).toMatchObject({
      skuPriceId: 'anthropic/claude-opus-4-5+batch',
      serviceTier: 'batch',
    });
    for (const part of pricedParts) {
      expect(batch?.[part]?.source).toMatchObject({
        layer: 'supplement',
        date: supplement.date,
        rule: expect.stringContaining('batch: 1/2 of the standard'),
      });
    }
  });

  test.each(['priority', 'scale', 'flex'])('%s without a price is standard and says so', (tier) => {
    const standard = find('anthropic', 'claude-opus-4-5');
    const found = find('anthropic', 'claude-opus-4-5', tier);
    expect(found?.serviceTier).toBe('standard');
    expect(found?.skuPriceId).toBe(`anthropic/claude-opus-4-5+${tier}=standard`);
    expect(found?.input?.basePicoUsd).toBe(standard?.input?.basePicoUsd);
    expect(found?.input?.source.rule).toContain(`the book has none for "${tier}"`);
  });

  test.each(['gpt-4.1', 'o3'])('%s in a batch reads its cache at the standard price', (model) => {
    const batch = find('openai', model, 'batch');
    expect(batch?.serviceTier).toBe('batch');
    expect(batch?.cacheRead).toMatchObject({
      basePicoUsd: 500_000,
      source: { layer: 'base', rule: expect.stringContaining('none for "batch"') },
    });
  });

  test('standard prices carry no mark of a tier', () => {
    const standard = find('openai', 'gpt-4.1', 'default');
    expect(standard).toEqual(find('openai', 'gpt-4.1'));
    expect(standard?.skuPriceId).toBe('openai/gpt-4.1');
  });
});

describe('what the base lacks', () => {
  test.each([
    ['aws.bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 6_600_000],
    ['aws.bedrock', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', 6_000_000],
    ['gcp.vertex_ai', 'claude-sonnet-4-5@20250929', 6_000_000],
  ])('%s sells an hour of %s at twice its input price', (provider, model, picoUsd) => {
    const hour = find(provider, model)?.cacheWrite1h;
    expect(hour).toMatchObject({ basePicoUsd: picoUsd, source: { layer: 'supplement' } });
  });

  test('a price that the base has stays the base’s', () => {
    expect(find('anthropic', 'claude-opus-4-5')?.cacheWrite1h).toMatchObject({
      basePicoUsd: 10_000_000,
      source: { layer: 'base' },
    });
  });

  test('the tier of a long prompt doubles with it', () => {
    expect(find('gcp.vertex_ai', 'claude-sonnet-4-5@20250929')?.cacheWrite1h?.tiers).toEqual([
      { start: 200_000, isInclusive: false, picoUsd: 12_000_000 },
    ]);
  });

  test.each([
    ['azure', 'eu/gpt-4.1-2025-04-14', 'azure/gpt-4.1+eu', 2_200_000],
    ['azure', 'gpt-4.1-2025-04-14', 'azure/gpt-4.1', 2_000_000],
    [
      'gcp.vertex_ai',
      'projects/p/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-5@20250929',
      'google/claude-sonnet-4-5+us',
      3_300_000,
    ],
    [
      'gcp.vertex_ai',
      'projects/p/locations/global/publishers/anthropic/models/claude-sonnet-4-5@20250929',
      'google/claude-sonnet-4-5',
      3_000_000,
    ],
  ])('%s %s is %s', (provider, model, skuPriceId, picoUsd) => {
    const prices = find(provider, model);
    expect(prices?.skuPriceId).toBe(skuPriceId);
    expect(prices?.input?.basePicoUsd).toBe(picoUsd);
  });
});

describe('long-context tiers', () => {
  test('xAI’s begin at the threshold itself, everyone else’s above it', () => {
    const usage = (tokens: number) => ({ inputFresh: tokens });
    expect(find('x_ai', 'grok-4.3')?.input?.tiers).toEqual([
      { start: 200_000, isInclusive: true, picoUsd: 2_500_000 },
    ]);
    expect(costOf('x_ai', 'grok-4.3', null, usage(199_999))).toBe(199_999 * 1_250_000);
    expect(costOf('x_ai', 'grok-4.3', null, usage(200_000))).toBe(200_000 * 2_500_000);
    expect(costOf('anthropic', 'claude-sonnet-4-5', null, usage(200_000))).toBe(
      200_000 * 3_000_000,
    );
    expect(costOf('anthropic', 'claude-sonnet-4-5', null, usage(200_001))).toBe(
      200_001 * 6_000_000,
    );
  });

  test('a service tier scales the long-context tier as well', () => {
    expect(costOf('anthropic', 'claude-sonnet-4-5', 'batch', { inputFresh: 200_001 })).toBe(
      200_001 * 3_000_000,
    );
  });
});

describe.runIf(hasSharedData())('against LiteLLM’s list of the same day', () => {
  const list: Record<string, Record<string, unknown>> = JSON.parse(
    readPriceText('litellm-model_prices_2026-08-01.json'),
  );
  const fields = [
    ['input_cost_per_token', 'input'],
    ['output_cost_per_token', 'output'],
    ['cache_read_input_token_cost', 'cacheRead'],
  ] as const;
  const tiers = [
    ['batches', 'batch'],
    ['flex', 'flex'],
    ['priority', 'priority'],
  ] as const;
  const rows = Object.entries(list)
    .filter(([model, { litellm_provider }]) => litellm_provider === 'openai' && !/^ft:/.test(model))
    .flatMap(([model, row]) =>
      tiers.flatMap(([suffix, tier]) =>
        fields.flatMap(([field, part]) => {
          const [given, base] = [row[`${field}_${suffix}`], row[field]];
          if (typeof given !== 'number' || typeof base !== 'number') return [];
          return [{ model, tier, part, picoUsd: Math.round(given * 1e12), base }];
        }),
      ),
    );

  test('every tier price of an OpenAI model that both have is the same, or is known to differ', () => {
    const differing = new Set<string>();
    let same = 0;
    for (const { model, tier, part, picoUsd, base } of rows) {
      const found = find('openai', model, tier);
      const standard = find('openai', model)?.[part]?.basePicoUsd;
      // Where the two disagree on the standard price, tiers cannot agree.
      if (found === null || found.serviceTier !== tier || found.providerId !== 'openai') continue;
      if (standard !== Math.round(base * 1e12)) continue;
      if (found[part]?.basePicoUsd === picoUsd) same++;
      else differing.add(`${model} ${tier} ${part}`);
    }
    expect(same).toBeGreaterThan(100);
    expect([...differing]).toEqual([]);
  });
});

describe('corrections of the base', () => {
  const inputAt = (at: string) =>
    standardPriceBook.findUnitPrices({
      providerName: 'deepseek',
      model: 'deepseek-chat',
      atMs: Date.parse(at),
    })?.input;

  test('hold from midnight of their day, and name where they come from', () => {
    expect(inputAt('2025-09-28T23:59:59Z')?.source.layer).toBe('base');
    expect(inputAt('2025-09-29T00:00:00Z')).toMatchObject({
      basePicoUsd: 280_000,
      source: { layer: 'supplement', url: 'https://api-docs.deepseek.com/quick_start/pricing' },
    });
  });

  const broughtIn = (date: string, prices: unknown) => {
    const models = [{ id: 'deepseek-chat', match: { equals: 'deepseek-chat' }, prices }];
    const providers = [{ id: 'deepseek', model_match: { starts_with: 'deepseek' }, models }];
    const baseData = { name: 'own', version: '1', date, providers };
    const book = createPriceBook({ ...standardSources, baseData });
    return (at: string) =>
      book.findUnitPrices({
        providerName: 'deepseek',
        model: 'deepseek-chat',
        atMs: Date.parse(at),
      })?.input;
  };

  test('give way to data that was brought in and is newer than they are', () => {
    const at = broughtIn('2026-12-01', { input_mtok: 0.5 });
    expect(at('2026-12-02T00:00:00Z')).toMatchObject({
      basePicoUsd: 500_000,
      source: { layer: 'base', date: '2026-12-01' },
    });
  });

  test('stay in place of data that was brought in and is no newer', () => {
    for (const date of ['2025-01-01', supplement.date]) {
      const at = broughtIn(date, { input_mtok: 0.5 });
      expect(at('2026-12-02T00:00:00Z')?.basePicoUsd).toBe(280_000);
    }
  });

  test('give way to a price that data of any day dates to their own day or later', () => {
    const at = broughtIn('2026-01-01', [
      { prices: { input_mtok: 0.5 } },
      { constraint: { start_date: '2025-09-29' }, prices: { input_mtok: 0.3 } },
      { constraint: { start_date: '2025-12-01' }, prices: { input_mtok: 0.2 } },
    ]);
    expect(at('2025-09-28T23:59:59Z')?.basePicoUsd).toBe(500_000);
    expect(at('2025-09-29T00:00:00Z')?.basePicoUsd).toBe(300_000);
    expect(at('2026-06-01T00:00:00Z')?.basePicoUsd).toBe(200_000);
    const early = broughtIn('2026-01-01', [
      { prices: { input_mtok: 0.5 } },
      { constraint: { start_date: '2025-09-28' }, prices: { input_mtok: 0.3 } },
    ]);
    expect(early('2025-09-29T00:00:00Z')?.basePicoUsd).toBe(280_000);
  });

  test('another provider of the same weights keeps its own price', () => {
    const other = standardPriceBook.findUnitPrices({
      providerName: 'openrouter',
      model: 'deepseek/deepseek-chat',
      atMs,
    });
    expect(other?.providerId).toBe('openrouter');
    expect(other?.input?.source.layer).toBe('base');
  });
});
