import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPriceBook, standardPriceBook } from '@/lib/cost/create-price-book';
import { priceCall } from '@/lib/cost/price-call';
import { type ModelAlias, type PriceOverride, standardSources } from '@/lib/cost/price-override';

const override = (more: Partial<PriceOverride>): PriceOverride => ({
  overrideId: 'o',
  providerName: null,
  model: 'claude-opus-4-5',
  effectiveFrom: null,
  effectiveTo: null,
  usdPerMtok: {},
  discountShare: null,
  note: '',
  recordedOn: '2026-10-01',
  ...more,
});
const alias = (name: string, model: string, providerName: string | null = null): ModelAlias => ({
  aliasId: name,
  name,
  model,
  providerName,
  note: '',
});
const bookWith = (overrides: readonly PriceOverride[], aliases: readonly ModelAlias[] = []) =>
  createPriceBook({ ...standardSources, overrides: [...overrides], aliases: [...aliases] });

const atMs = Date.UTC(2026, 4, 15);
const query = { providerName: 'anthropic', model: 'claude-opus-4-5', atMs };

describe('an override', () => {
  test('replaces what it gives and leaves the rest as the book has it', () => {
    const prices = bookWith([override({ usdPerMtok: { output: 20 } })]).findUnitPrices(query);
    expect(prices?.output).toMatchObject({
      basePicoUsd: 20_000_000,
      source: { layer: 'override' },
    });
    expect(prices?.reasoning).toEqual(prices?.output);
    expect(prices?.input).toEqual(standardPriceBook.findUnitPrices(query)?.input);
    expect(prices?.skuPriceId).toBe('anthropic/claude-opus-4-5+override');
  });

  test('a discount reads as it was typed, without the digits that floating point adds', () => {
    const rule = (discountShare: number) =>
      bookWith([override({ discountShare })]).findUnitPrices(query)?.input?.source.rule;
    expect(rule(0.07)).toContain(', 7 % off ');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (tenThousandths) => {
        const hundredths = tenThousandths % 100;
        const digits = String(hundredths).padStart(2, '0').replace(/0$/, '');
        const fraction = hundredths === 0 ? '' : `.${digits}`;
        const typed = `${Math.floor(tenThousandths / 100)}${fraction}`;
        expect(rule(tenThousandths / 10_000)).toContain(`, ${typed} % off `);
      }),
    );
  });

  test('a discount comes off every other price to the pico-dollar, tiers included', () => {
    const share = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(
        share,
        fc.constantFrom('claude-sonnet-4-5', 'gpt-5.4'),
        (tenThousandths, model) => {
          const discountShare = tenThousandths / 10_000;
          const asked = { ...query, providerName: null, model };
          const book = bookWith([override({ model, discountShare, usdPerMtok: { output: 3 } })]);
          const plain = standardPriceBook.findUnitPrices(asked);
          const found = book.findUnitPrices(asked);
          // Exact in integers, halves up.
          const exact = (picoUsd = 0) =>
            Number((BigInt(picoUsd) * BigInt(10_000 - tenThousandths) + 5_000n) / 10_000n);
          expect(found?.input?.basePicoUsd).toBe(exact(plain?.input?.basePicoUsd));
          expect(found?.cacheRead?.basePicoUsd).toBe(exact(plain?.cacheRead?.basePicoUsd));
          expect(found?.input?.tiers.map(({ picoUsd }) => picoUsd)).toEqual(
            plain?.input?.tiers.map(({ picoUsd }) => exact(picoUsd)),
          );
          expect(found?.output?.basePicoUsd).toBe(3_000_000);
        },
      ),
    );
  });

  test('holds from its first day and no more on its last, at midnight UTC', () => {
    const book = bookWith([
      override({
        effectiveFrom: '2026-05-15',
        effectiveTo: '2026-05-16',
        usdPerMtok: { input: 1 },
      }),
    ]);
    const at = (ms: number) => book.findUnitPrices({ ...query, atMs: ms })?.input?.basePicoUsd;
    expect(at(atMs - 1)).toBe(5_000_000);
    expect(at(atMs)).toBe(1_000_000);
    expect(at(atMs + 86_400_000 - 1)).toBe(1_000_000);
    expect(at(atMs + 86_400_000)).toBe(5_000_000);
  });

  test('of two that apply, the later start decides, whatever their order', () => {
    const early = override({ effectiveFrom: '2026-01-01', usdPerMtok: { input: 1 } });
    const late = override({ effectiveFrom: '2026-05-01', usdPerMtok: { input: 2 } });
    const always = override({ usdPerMtok: { input: 3 } });
    for (const order of [
      [early, late, always],
      [always, late, early],
      [late, early, always],
    ]) {
      const book = bookWith(order);
      expect(book.findUnitPrices(query)?.input?.basePicoUsd).toBe(2_000_000);
      const march = { ...query, atMs: Date.UTC(2026, 2, 1) };
      expect(book.findUnitPrices(march)?.input?.basePicoUsd).toBe(1_000_000);
      const before = { ...query, atMs: Date.UTC(2025, 11, 1) };
      expect(book.findUnitPrices(before)?.input?.basePicoUsd).toBe(3_000_000);
    }
  });

  test('of two with one start, the later written decides', () => {
    const book = bookWith([
      override({ usdPerMtok: { input: 1 } }),
      override({ usdPerMtok: { input: 2 } }),
    ]);
    expect(book.findUnitPrices(query)?.input?.basePicoUsd).toBe(2_000_000);
  });

  test.each([
    ['claude-opus-4-5', 'claude-opus-4-5', true],
    ['CLAUDE-opus-4-5', 'claude-OPUS-4-5', true],
    ['claude-opus-4-5', 'claude-opus-4-5-20251101', true],
    ['claude-opus*', 'claude-opus-4-5', true],
    ['*', 'claude-opus-4-5', true],
    ['claude*5', 'claude-opus-4-5', false],
    ['claude-opus-4', 'claude-opus-4-5', false],
    ['claude-opus-4-50', 'claude-opus-4-5', false],
  ])('of %s applies to %s: %s', (pattern, model, applies) => {
    const book = bookWith([override({ model: pattern, usdPerMtok: { input: 1 } })]);
    const found = book.findUnitPrices({ ...query, model })?.input?.basePicoUsd;
    expect(found).toBe(applies ? 1_000_000 : 5_000_000);
  });

  test('of one provider leaves the others alone', () => {
    const book = bookWith([override({ providerName: 'aws.bedrock', usdPerMtok: { input: 1 } })]);
    expect(book.findUnitPrices(query)?.input?.basePicoUsd).toBe(5_000_000);
    expect(book.findUnitPrices({ ...query, providerName: 'aws.bedrock' })?.input?.basePicoUsd).toBe(
      1_000_000,
    );
  });

  test('makes a price for a model that no book knows, and none for what it does not give', () => {
    const own = override({ model: 'in-house-7b', usdPerMtok: { input: 0.1, output: 0 } });
    const book = bookWith([own]);
    const price = (inputFresh: number, output: number, cacheRead = 0) =>
      priceCall(
        {
          providerName: 'vllm',
          requestModel: null,
          responseModel: 'in-house-7b',
          startMs: null,
          usage: {
            inputFresh,
            output,
            cacheRead,
            cacheWrite5m: 0,
            cacheWrite1h: 0,
            cacheWriteUnknownTtl: 0,
            reasoning: null,
          },
        },
        book,
      );
    expect(price(7, 9)).toMatchObject({ kind: 'priced', listCostPicoUsd: 700_000 });
    expect(price(7, 9, 1)).toEqual({ kind: 'unpriced', reason: 'no_unit_price' });
  });

  test('a model that only the project knows is listed beside those of the book', () => {
    const own = override({ model: 'In-House', providerName: 'us', usdPerMtok: { input: 1 } });
    const book = bookWith([own, override({ usdPerMtok: { input: 2 } }), override({ model: 'x*' })]);
    const names = (one: typeof book) =>
      one.listUnitPrices(atMs).map(({ providerId, modelId }) => `${providerId}/${modelId}`);
    expect(names(book)).toEqual(['us/In-House', ...names(standardPriceBook)]);
    expect(new Set(names(book)).size).toBeGreaterThan(1_000);
    const past = override({ ...own, effectiveTo: '2026-01-01' });
    expect(names(bookWith([past]))).toEqual(names(standardPriceBook));
  });

  test('a discount of a model that no book knows gives it no price', () => {
    for (const model of ['in-house-7b', '*']) {
      const book = bookWith([override({ model, discountShare: 0.5 })]);
      expect(book.findUnitPrices({ ...query, model: 'in-house-7b' })).toBeNull();
    }
  });

  test('a discount comes off the price of a service tier', () => {
    const book = bookWith([override({ discountShare: 0.1 })]);
    const batch = book.findUnitPrices({ ...query, serviceTier: 'batch' });
    expect(batch?.input?.basePicoUsd).toBe(2_250_000);
    expect(batch?.serviceTier).toBe('batch');
  });
});

describe('an alias', () => {
  const arn = 'arn:aws:bedrock:us-east-1:1:application-inference-profile/Ab1';

  test.each([
    [alias('Prod-Chat', 'gpt-4.1'), 'azure', 'prod-CHAT', 'azure/gpt-4.1'],
    [alias(arn, 'claude-opus-4-5', 'anthropic'), 'aws.bedrock', arn, 'anthropic/claude-opus-4-5'],
    [alias('local', 'gpt-4.1'), 'vllm', 'local', 'openai/gpt-4.1'],
  ])('%o of %s: %s is %s', (one, providerName, model, skuPriceId) => {
    const book = bookWith([], [one]);
    const prices = book.findUnitPrices({ providerName, model, atMs });
    expect(prices?.skuPriceId).toBe(skuPriceId);
    expect(prices?.input?.source.rule).toMatch(/^alias "/);
  });

  test('is resolved once: an alias of an alias has no price', () => {
    const book = bookWith([], [alias('a', 'b'), alias('b', 'gpt-4.1')]);
    expect(book.findUnitPrices({ ...query, model: 'a' })).toBeNull();
    expect(book.findUnitPrices({ ...query, model: 'b' })?.modelId).toBe('gpt-4.1');
    const circle = bookWith([], [alias('a', 'b'), alias('b', 'a')]);
    expect(circle.findUnitPrices({ ...query, model: 'a' })).toBeNull();
  });

  test('goes before the book: a name that the book knows can stand for another model', () => {
    const book = bookWith([], [alias('claude-opus-4-5', 'claude-haiku-4-5')]);
    expect(book.findUnitPrices(query)?.modelId).toBe('claude-haiku-4-5');
  });

  test('an override applies by the alias’s name and by its model’s', () => {
    for (const model of ['prod', 'claude-opus-4-5']) {
      const own = override({ model, usdPerMtok: { input: 1 } });
      const book = bookWith([own], [alias('prod', 'claude-opus-4-5')]);
      expect(book.findUnitPrices({ ...query, model: 'prod' })?.input?.basePicoUsd).toBe(1_000_000);
    }
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    '%s stands for nothing by itself',
    (model) => {
      const book = bookWith([], [alias('x', 'gpt-4.1')]);
      expect(book.findUnitPrices({ ...query, model })).toBeNull();
    },
  );
});
