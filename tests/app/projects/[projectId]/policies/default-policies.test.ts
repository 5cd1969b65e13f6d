import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '@/app/projects/[projectId]/policies/default-policies';
import { kindWords, namePolicies } from '@/app/projects/[projectId]/policies/policy-words';
import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import { Policy, type PolicyKind, type PolicyList } from '@/lib/cost/policies/policy';

const range = { p50: 10_000, p90: 96_512, p99: 150_000, max: 160_000 };
const observed: PolicyBasis = {
  observed: {
    promptTokens: range,
    newTokens: { p50: 300, p90: 2_345, p99: 9_000, max: 20_000 },
    toolResultTokens: null,
    outputTokens: { p50: 100, p90: 900, p99: 1_000, max: 2_000 },
    turns: { p50: 4, p90: 14, p99: 20, max: 30 },
    agents: [],
    models: ['gpt-5-mini'],
    pricedAs: [],
  },
  models: [],
  cacheRules: {
    providerId: 'openai',
    model: 'gpt-5-mini',
    modes: ['none', 'implicit'],
    minimumPrefixTokens: 1_024,
    blockTokens: 128,
    url: 'https://example.org/caching',
    readOn: '2026-11-21',
  },
};
const nothing: PolicyBasis = {
  observed: {
    promptTokens: null,
    newTokens: null,
    toolResultTokens: null,
    outputTokens: null,
    turns: null,
    agents: [],
    models: [],
    pricedAs: [],
  },
  models: [],
  cacheRules: null,
};
const kinds = Object.keys(kindWords) as PolicyKind[];

describe('a policy that is switched on', () => {
  test.each(kinds)('%s is one that can be applied and saved, whatever was observed', (kind) => {
    for (const basis of [observed, nothing]) {
      expect(Policy.safeParse(defaultPolicy(kind, basis)).error).toBeUndefined();
    }
  });

  test('stands where the sessions are, in two digits', () => {
    expect(defaultPolicy('compaction', observed)).toMatchObject({ thresholdTokens: 97_000 });
    expect(defaultPolicy('tool_result_cap', observed)).toMatchObject({ tokens: 2_300 });
    expect(defaultPolicy('sliding_window', observed)).toMatchObject({ turns: 2 });
  });

  test('caches as the vendor of the sessions does, where its rules are known', () => {
    expect(defaultPolicy('caching', observed)).toEqual({
      kind: 'caching',
      mode: 'implicit',
      minimumPrefixTokens: 1_024,
      blockTokens: 128,
    });
    expect(defaultPolicy('caching', nothing)).toMatchObject({ mode: 'explicit_1h' });
  });
});

describe('policies in words', () => {
  const window: Policy = { kind: 'sliding_window', turns: 3 };
  const caching: Policy = {
    kind: 'caching',
    mode: 'explicit_1h',
    minimumPrefixTokens: 1_024,
    blockTokens: 1,
  };

  test.each<[PolicyList, string | null]>([
    [[], null],
    [[caching], 'One-hour caching'],
    [[caching, window], 'One-hour caching and a window of 3 turns'],
    [[window, caching, window], 'A window of 3 turns, one-hour caching and a window of 3 turns'],
    [
      [window, caching, window, caching],
      'A window of 3 turns, one-hour caching and 2 more changes',
    ],
    [
      [{ kind: 'other_model', fromModel: null, model: 'gpt-5', providerName: null, tokenRatio: 1 }],
      'gpt-5',
    ],
  ])('%j', (policies, words) => {
    expect(namePolicies(policies)).toBe(words);
  });
});
