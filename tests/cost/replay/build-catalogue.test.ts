import { describe, expect, test } from 'vitest';
import { createPriceBook, standardPriceBook } from '@/lib/cost/create-price-book';
import type { PriceBook } from '@/lib/cost/price-book';
import { standardSources } from '@/lib/cost/price-override';
import { buildCatalogue } from '@/lib/cost/replay/build-catalogue';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { ReplayContext } from '@/lib/cost/replay/replay-context';
import { pricedParts, type UnitPrices } from '@/lib/cost/unit-prices';
import { groupCalls } from '@/lib/sessions/group-calls';

const empty = buildReplaySet(groupCalls([], 0), standardPriceBook);

/** What decides on a price, without the names under which it stands. */
const numbersOf = (prices: UnitPrices | null) =>
  prices === null ? null : pricedParts.map((part) => prices[part]);

/** Looks models up as a browser does, which has the catalogue and no book. */
function browserOf(book: PriceBook, names: readonly string[] = []) {
  const context = new ReplayContext(empty, buildCatalogue(book, [], [], names));
  return (model: string, providerName: string | null = null) =>
    context.findTarget(model, providerName);
}

/** Policies move calls to standard prices alone: a name that stands for a fast tier is none. */
const isSold = (prices: UnitPrices | null) =>
  prices !== null &&
  prices.serviceTier === 'standard' &&
  prices.input !== null &&
  prices.output !== null;

describe('the catalogue that stands in for the price book', () => {
  test('gives every model id the provider and the prices that the book finds for it', () => {
    const find = browserOf(standardPriceBook);
    const ids = new Set(standardPriceBook.listUnitPrices(null).map(({ modelId }) => modelId));
    let compared = 0;
    for (const model of ids) {
      const found = standardPriceBook.findUnitPrices({ providerName: null, model, atMs: null });
      if (!isSold(found)) continue;
      expect(find(model)?.providerId, model).toBe(found?.providerId);
      expect(numbersOf(find(model)), model).toEqual(numbersOf(found));
      compared++;
    }
    expect(compared).toBeGreaterThan(500);
  });

  test('finds the same with policies at hand, as a server does', () => {
    const find = browserOf(standardPriceBook);
    const models = ['deepseek/deepseek-v4-pro', 'gpt-5', 'claude-haiku-4-5'];
    for (const model of models) {
      const policy = { kind: 'other_model', fromModel: null, tokenRatio: 1 } as const;
      const policies = [{ ...policy, model, providerName: null }];
      const catalogue = buildCatalogue(standardPriceBook, [], policies);
      const server = new ReplayContext(empty, catalogue).findTarget(model, null);
      expect(server).not.toBeNull();
      expect(find(model)).toEqual(server);
    }
    expect(find('deepseek/deepseek-v4-pro')?.providerId).toBe('deepseek');
  });

  test('has a model under its alias', () => {
    const aliases = [
      { aliasId: 'a', name: 'our-model', model: 'gpt-5', providerName: 'openai', note: '' },
    ];
    const book = createPriceBook({ ...standardSources, aliases });
    const found = browserOf(book, ['our-model'])('our-model');
    expect(found?.modelId).toBe('our-model');
    expect(found?.input?.basePicoUsd).toBe(
      standardPriceBook.findUnitPrices({ providerName: 'openai', model: 'gpt-5', atMs: null })
        ?.input?.basePicoUsd,
    );
  });
});
