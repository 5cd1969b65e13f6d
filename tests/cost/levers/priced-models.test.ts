import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { addObservedNames, listPricedModels } from '@/lib/cost/levers/priced-models';
import type { PolicyOf } from '@/lib/cost/policies/policy-of';
import { buildCatalogue } from '@/lib/cost/replay/build-catalogue';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { groupCalls } from '@/lib/sessions/group-calls';
import { pricedRow } from '../priced-row';

const dated = 'claude-sonnet-4-5-20250929';
const call = (model: string, startMs: number) =>
  pricedRow({ sessionId: 's', model, inputFresh: 1_000, output: 100, startMs });
const set = buildReplaySet(
  groupCalls([call(dated, 0), call(dated, 1_000), call('gpt-4.1', 2_000)], 1),
  standardPriceBook,
);
const catalogue = buildCatalogue(standardPriceBook, set.prices);
const to = (model: string): PolicyOf<'other_model'> => ({
  kind: 'other_model',
  fromModel: null,
  model,
  providerName: null,
  tokenRatio: 1,
});
const costOf = (model: string) => {
  const policies = [to(model)];
  const costs = replayPolicies(set, policies, addObservedNames(catalogue, set, policies));
  return costs.callChangedPicoUsd.reduce((sum, picoUsd) => sum + picoUsd, 0);
};

describe('models under the names of traces', () => {
  test('are listed with what the book calls them, the most calls first', () => {
    expect(listPricedModels(set)).toEqual([
      { name: dated, providerId: 'anthropic', modelId: 'claude-sonnet-4-5', calls: 2 },
      { name: 'gpt-4.1', providerId: 'openai', modelId: 'gpt-4.1', calls: 1 },
    ]);
  });

  test('cost what the model of the book costs, where a policy asks for them so', () => {
    expect(catalogue.some(({ modelId }) => modelId === dated)).toBe(false);
    expect(costOf(dated)).toBe(3 * (1_000 * 3_000_000 + 100 * 15_000_000));
    expect(costOf(dated)).toBe(costOf('claude-sonnet-4-5'));
  });

  test('add nothing where the catalogue has them or no call is priced so', () => {
    expect(addObservedNames(catalogue, set, [to('GPT-4.1')])).toBe(catalogue);
    expect(addObservedNames(catalogue, set, [to('nonsense')])).toEqual(catalogue);
  });
});
