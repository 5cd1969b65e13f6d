import { describe, expect, test } from 'vitest';
import {
  providerPresetNames,
  providerPresets,
  resolveProvider,
} from '@/simulations/providers/resolve-provider';
import { ProviderResource } from '@/simulations/scenario/resource';
import { playProvider } from '../system/play-provider';

const provider = (fields: object) => ProviderResource.parse({ kind: 'provider', ...fields });
const tokens = (perMinute: number) => [{ measure: 'tokens', perMinute }];

describe('resolveProvider', () => {
  test('a provider without a preset stays as it is', () => {
    const plain = provider({ quotas: tokens(10), baseSec: 1 });
    expect(resolveProvider(plain)).toEqual(plain);
  });

  test('a preset gives its quotas, and fields of the provider win', () => {
    const resolved = resolveProvider(
      provider({
        preset: 'anthropic/tier-2/sonnet-4',
        baseSec: 2,
        quotas: [{ measure: 'inputTokens', perMinute: 7, burst: 3 }],
      }),
    );
    expect(resolved).toEqual({
      kind: 'provider',
      baseSec: 2,
      quotas: [
        { measure: 'requests', perMinute: 1_000 },
        { measure: 'inputTokens', perMinute: 7, burst: 3, weights: { cacheRead: 0 } },
        { measure: 'outputTokens', perMinute: 90_000, admission: 'none' },
      ],
    });
  });

  test('the second quota of a measure meets the second, and others are added', () => {
    const { quotas } = resolveProvider(
      provider({
        preset: 'cerebras',
        quotas: [...tokens(100), ...tokens(200), { measure: 'inputTokens', perMinute: 5 }],
      }),
    );
    expect(quotas?.map(({ measure, perMinute, weights }) => [measure, perMinute, weights])).toEqual(
      [
        ['tokens', 100, { cacheRead: 0 }],
        ['tokens', 200, undefined],
        ['inputTokens', 5, undefined],
      ],
    );
  });

  test('an unknown name is answered with the names that are known', () => {
    expect(() => resolveProvider(provider({ preset: 'anthropic' }))).toThrow(
      /'anthropic'.*anthropic\/tier-1\/sonnet-4.*telnyx/,
    );
  });

  test('a preset of rules alone asks for the figures of the account', () => {
    expect(() => resolveProvider(provider({ preset: 'groq' }))).toThrow(
      /perMinute of requests, tokens/,
    );
  });

  test.each(providerPresetNames)(
    '%s can be resolved, and says when and where it was read',
    (name) => {
      expect(providerPresetNames.filter((each) => each === name)).toEqual([name]);
      const preset = providerPresets.find((each) => each.name === name);
      expect(preset?.readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(preset?.source).not.toBe('');
      expect(preset?.facts.length).toBeGreaterThan(0);
      expect(preset?.readings.length).toBeGreaterThan(0);
      const resolved = resolveProvider(provider({ preset: name, quotas: tokens(1_000) }));
      expect(ProviderResource.parse(resolved)).toEqual(resolved);
    },
  );
});

describe('what the accounting rules come to', () => {
  const burst = (sessions: number) => ({ kind: 'burst', sessions });

  test('at 80 % cache hits 2 M input tokens a minute of Anthropic act as 10 M', () => {
    const minutes = 4;
    const admittedTokens = (cachedTokens: number) => {
      const result = playProvider({
        // Only the quota of input tokens is left to limit.
        provider: {
          preset: 'anthropic/tier-4/sonnet-4',
          quotas: [
            { measure: 'requests', perMinute: 1e9 },
            { measure: 'inputTokens', perMinute: 2_000_000, burst: 10_000 },
            { measure: 'outputTokens', perMinute: 1e9 },
          ],
          onLimit: 'wait',
        },
        call: { promptTokens: 10_000, cachedTokens, outputTokens: 1 },
        arrivals: { kind: 'renewal', gapSec: 0.04 }, // 15 M prompt tokens a minute
        horizonSec: 60 * minutes,
      });
      expect(result.counter('limitedBy.inputTokens')).toBeGreaterThan(0);
      const { counter } = result;
      return counter('freshTokens') + counter('cacheReadTokens') + counter('cacheWriteTokens');
    };
    expect(admittedTokens(0) / minutes / 2e6).toBeCloseTo(1, 2);
    expect(admittedTokens(8_000) / minutes / 10e6).toBeCloseTo(1, 2);
  });

  test('output of Anthropic is charged as it was produced, whatever max_tokens says', () => {
    const { counter } = playProvider({
      provider: { preset: 'anthropic/tier-1/sonnet-4' },
      call: { maxTokens: 64_000, outputTokens: 300 },
    });
    expect(counter('charged.outputTokens')).toBe(300);
  });

  test.each([
    { maxTokens: undefined, atOnce: 31, because: 'the 64 k that are reserved by default' },
    { maxTokens: 1_000, atOnce: 1_333, because: 'a max_tokens of 1,000' },
  ])('2 M tokens a minute of Bedrock let $atOnce calls of 500 tokens in with $because', (each) => {
    const { maxTokens, atOnce } = each;
    const result = playProvider({
      provider: { preset: 'bedrock/claude', quotas: tokens(2_000_000), baseSec: 30 },
      call: { promptTokens: 500, outputTokens: 100, ...(maxTokens && { maxTokens }) },
      arrivals: burst(2_000),
    });
    expect(result.mostInFlight).toBe(atOnce);
  });

  test('Bedrock gives cache reads and reserved output back, and counts output five times', () => {
    const { counter } = playProvider({
      provider: { preset: 'bedrock/claude', quotas: tokens(2_000_000) },
      call: { promptTokens: 1_000, cachedTokens: 700, cacheWriteTokens: 100, maxTokens: 4_000 },
    });
    expect(counter('charged.tokens')).toBe(1_000 + 4_000);
    expect(counter('charged.tokens') - counter('settledBack.tokens')).toBe(300 + 5 * 100);
  });

  test('OpenAI charges the larger of prompt and max_tokens, and refused requests too', () => {
    const { counter, failures } = playProvider({
      provider: {
        preset: 'openai/build/gpt-6.1-sol',
        quotas: [{ measure: 'requests', perMinute: 100 }],
      },
      call: { promptTokens: 2_000, maxTokens: 9_000 },
      arrivals: burst(150),
    });
    expect(counter('charged.tokens')).toBe(9_000 * 100);
    expect(failures('rate_limited')).toBe(50);
    const half = playProvider({
      provider: {
        preset: 'openai/build/gpt-6.1-sol',
        quotas: [{ measure: 'requests', perMinute: 60, burst: 1 }],
      },
      arrivals: { kind: 'recorded', atSec: [0, 0.5, 1, 1.4] },
    });
    // The refusal at 0.5 s takes what had come, so there is nothing at 1 s.
    expect(half.session('succeeded')).toBe(1);
  });
});
