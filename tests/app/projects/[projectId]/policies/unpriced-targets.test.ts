import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '@/app/projects/[projectId]/policies/default-policies';
import { findUnpricedTargets } from '@/app/projects/[projectId]/policies/unpriced-targets';
import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import type { PolicyOf } from '@/lib/cost/policies/policy-of';

const observedName = 'claude-sonnet-4-5-20250929';
const sonnet = { providerId: 'anthropic', modelId: 'claude-sonnet-4-5' };
const other = { providerId: 'openai', modelId: 'gpt-4.1' };
const basis: PolicyBasis = {
  observed: {
    promptTokens: null,
    newTokens: null,
    toolResultTokens: null,
    outputTokens: null,
    turns: null,
    agents: [],
    models: [observedName, 'mine'],
    pricedAs: [
      { name: observedName, ...sonnet, calls: 6 },
      { name: 'gpt-4.1', ...other, calls: 9 },
      { name: 'claude-sonnet-4-5', ...sonnet, calls: 5 },
    ],
  },
  models: [{ providerId: 'a', modelId: 'first' }, other, sonnet],
  cacheRules: null,
};
const to = (model: string, providerName: string | null = null): PolicyOf<'other_model'> => ({
  kind: 'other_model',
  fromModel: null,
  model,
  providerName,
  tokenRatio: 1,
});

describe('the model that calls are sent to', () => {
  test('begins as the one of the catalogue that most calls are priced as, under all their names', () => {
    expect(defaultPolicy('other_model', basis)).toEqual(to('claude-sonnet-4-5', 'anthropic'));
    expect(defaultPolicy('routing', basis)).toMatchObject({ model: 'claude-sonnet-4-5' });
  });

  test('has a price under the name of the catalogue or that of the traces, in any case', () => {
    const policies = [to('GPT-4.1'), to('gpt-4.1', 'openai'), to(observedName, 'Anthropic')];
    expect(findUnpricedTargets(policies, basis)).toEqual([]);
  });

  test('is named, once and with the provider that was asked for, where nothing prices it', () => {
    const policies = [to('nonsense'), to('nonsense'), to('mine'), to('gpt-4.1', 'azure')];
    expect(findUnpricedTargets(policies, basis)).toEqual(['nonsense', 'mine', 'gpt-4.1 at azure']);
  });
});
