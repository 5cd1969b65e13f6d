import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceCall } from '@/lib/cost/price-call';
import type { TokenUsage } from '@/lib/traces/call-record';

const noTokens: TokenUsage = {
  inputFresh: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWriteUnknownTtl: 0,
  output: 0,
  reasoning: null,
};

const call = (
  model: string | null,
  usage: Partial<TokenUsage> | null,
  providerName = 'anthropic',
) => ({
  providerName,
  requestModel: null,
  responseModel: model,
  startMs: Date.UTC(2025, 10, 20),
  usage: usage === null ? null : { ...noTokens, ...usage },
});

describe('priceCall', () => {
  test('the example of the vendor’s page: 5 / 25 / 0.5 / 6.25 / 10 dollars per million', () => {
    expect(
      priceCall(
        call('claude-opus-4-5', {
          inputFresh: 1_000_000 / 10,
          cacheRead: 20_000,
          cacheWrite5m: 10_000,
          cacheWrite1h: 1_000,
          output: 2_000,
          reasoning: 500,
        }),
      ),
    ).toEqual({
      kind: 'priced',
      skuPriceId: 'anthropic/claude-opus-4-5',
      inputCostPicoUsd: (0.5 + 0.01 + 0.0625 + 0.01) * 1e12,
      listCostPicoUsd: (0.5 + 0.01 + 0.0625 + 0.01 + 0.05 + 0.0125) * 1e12,
      listCostPicoUsdMax: (0.5 + 0.01 + 0.0625 + 0.01 + 0.05 + 0.0125) * 1e12,
    });
  });

  test('an answer out of a response cache costs nothing, whatever model and usage it repeats', () => {
    const answers = [
      call('claude-opus-4-5', { inputFresh: 1_000 }),
      call('unheard-of', { output: 1 }),
      call(null, null),
    ];
    for (const answer of answers) {
      expect(priceCall({ ...answer, isResponseCacheHit: true })).toEqual({
        kind: 'priced',
        skuPriceId: 'response-cache',
        listCostPicoUsd: 0,
        inputCostPicoUsd: 0,
        listCostPicoUsdMax: 0,
      });
    }
  });

  test('the tier is a cliff at the whole prompt: one token more reprices all of them', () => {
    const at = priceCall(
      call('claude-sonnet-4-5', { cacheRead: 199_000, inputFresh: 1_000, output: 10 }),
    );
    const beyond = priceCall(
      call('claude-sonnet-4-5', { cacheRead: 199_000, inputFresh: 1_001, output: 10 }),
    );
    expect(at).toMatchObject({
      skuPriceId: 'anthropic/claude-sonnet-4-5',
      listCostPicoUsd: 199_000 * 300_000 + 1_000 * 3_000_000 + 10 * 15_000_000,
    });
    expect(beyond).toMatchObject({
      skuPriceId: 'anthropic/claude-sonnet-4-5>200000',
      listCostPicoUsd: 199_000 * 600_000 + 1_001 * 6_000_000 + 10 * 22_500_000,
    });
  });

  test('cache writes of unknown time to live cost five minutes at least and one hour at most', () => {
    expect(priceCall(call('claude-opus-4-5', { cacheWriteUnknownTtl: 1000 }))).toMatchObject({
      listCostPicoUsd: 1000 * 6_250_000,
      listCostPicoUsdMax: 1000 * 10_000_000,
    });
  });

  test('a bucket with tokens and without a unit price leaves the call unpriced, not free', () => {
    const noWritePrice = call('gpt-4.1', { cacheWrite1h: 1 }, 'openai');
    expect(priceCall(noWritePrice)).toEqual({ kind: 'unpriced', reason: 'no_unit_price' });
    const noTokensThere = call('gpt-4.1', { inputFresh: 1 }, 'openai');
    expect(priceCall(noTokensThere)).toMatchObject({ kind: 'priced', listCostPicoUsd: 2_000_000 });
  });

  test('missing usage and unknown models are unpriced, each for its own reason', () => {
    expect(priceCall(call('claude-opus-4-5', null))).toEqual({
      kind: 'unpriced',
      reason: 'usage_missing',
    });
    expect(priceCall(call('claude-opus-4-9', { output: 1 }))).toEqual({
      kind: 'unpriced',
      reason: 'unknown_model',
    });
    expect(priceCall(call(null, { output: 1 }))).toEqual({
      kind: 'unpriced',
      reason: 'unknown_model',
    });
  });

  test('the response model decides; the request model stands in where the book lacks it', () => {
    const both = {
      ...call('claude-haiku-4-5', { inputFresh: 1 }),
      requestModel: 'claude-opus-4-5',
    };
    expect(priceCall(both)).toMatchObject({ listCostPicoUsd: 1_000_000 });
    expect(priceCall({ ...both, responseModel: 'deployment-7' })).toMatchObject({
      listCostPicoUsd: 5_000_000,
    });
  });

  test('token counts beyond an exact price are unpriced, never rounded', () => {
    expect(priceCall(call('claude-opus-4-5', { output: Number.MAX_SAFE_INTEGER }))).toEqual({
      kind: 'unpriced',
      reason: 'no_unit_price',
    });
  });

  test('cost is a whole number, adds up from its buckets and does not depend on parting reasoning', () => {
    const tokens = fc.nat(30_000);
    const usage = fc.record({
      inputFresh: tokens,
      cacheRead: tokens,
      cacheWrite5m: tokens,
      cacheWrite1h: tokens,
      cacheWriteUnknownTtl: tokens,
      output: tokens,
      reasoning: tokens,
    });
    fc.assert(
      fc.property(usage, (drawn) => {
        const cost = priceCall(call('claude-opus-4-5', drawn));
        const merged = priceCall(
          call('claude-opus-4-5', {
            ...drawn,
            output: drawn.output + drawn.reasoning,
            reasoning: null,
          }),
        );
        expect(merged).toEqual(cost);
        const byHand =
          BigInt(drawn.inputFresh) * 5_000_000n +
          BigInt(drawn.cacheRead) * 500_000n +
          BigInt(drawn.cacheWrite5m + drawn.cacheWriteUnknownTtl) * 6_250_000n +
          BigInt(drawn.cacheWrite1h) * 10_000_000n +
          BigInt(drawn.output + drawn.reasoning) * 25_000_000n;
        expect(cost.kind === 'priced' ? BigInt(cost.listCostPicoUsd) : null).toBe(byHand);
      }),
    );
  });
});
