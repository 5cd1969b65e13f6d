import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { Policy } from '@/lib/cost/policies/policy';
import { buildCatalogue } from '@/lib/cost/replay/build-catalogue';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import type { ReplayCosts } from '@/lib/cost/replay/replay-costs';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import type { ReplaySet } from '@/lib/cost/replay/replay-set';
import type { UnitPrice, UnitPrices } from '@/lib/cost/unit-prices';
import { randomSessions } from '../replay/random-sessions';
import { randomPolicy } from './random-policies';

const catalogue = buildCatalogue(standardPriceBook, []);
const sets = randomSessions.map((sessions) => buildReplaySet(sessions, standardPriceBook));
const replay = (set: ReplaySet, ...policies: Policy[]) => replayPolicies(set, policies, catalogue);

const sum = (values: Iterable<number | bigint>) =>
  [...values].reduce<bigint>((total, one) => total + BigInt(one), 0n);
const known = (values: Float64Array) => [...values].filter((one) => !Number.isNaN(one));

function expectIdentity(costs: ReplayCosts) {
  expect(costs.callChangedPicoUsd).toEqual(costs.callTodayPicoUsd);
  expect(costs.callChangedPromptTokens).toEqual(costs.callTodayPromptTokens);
  expect(costs.changedPicoUsd).toEqual(costs.todayPicoUsd);
  expect(costs.changedTokens).toEqual(costs.todayTokens);
}

/** None costs more than in another replay; none is priced in one of them alone. */
function expectAtMost(costs: Float64Array, limits: Float64Array) {
  costs.forEach((cost, s) => {
    if (Number.isNaN(limits[s])) expect(cost).toBeNaN();
    else expect(cost).toBeLessThanOrEqual(limits[s]);
  });
}

const free = (price: UnitPrice | null): UnitPrice | null =>
  price === null ? null : { ...price, basePicoUsd: 0, tiers: [] };
const withFreeOutput = (prices: UnitPrices): UnitPrices => ({
  ...prices,
  output: free(prices.output),
  reasoning: free(prices.reasoning),
});

/** The same calls at once and of one model, with answers that cost nothing. */
function withOnePrice(set: ReplaySet): ReplaySet {
  const [first] = set.prices;
  return {
    ...set,
    prices: set.prices.map(() => withFreeOutput(first)),
    model: set.model.map(() => 0),
    gapSec: set.gapSec.map(() => 0),
  };
}

/** Fractions of tokens are rounded to whole pico-dollars: at most five buckets of fifteen calls. */
const withRounding = (picoUsd: Float64Array) => picoUsd.map((one) => one + 5 * 15);

describe('policies', () => {
  test('every random policy is one that the schema takes', () => {
    fc.assert(fc.property(randomPolicy, (policy) => Policy.safeParse(policy).success));
  });

  test('under any of them calls, sessions and buckets add up exactly, and nothing is negative', () => {
    fc.assert(
      fc.property(sets, fc.array(randomPolicy, { maxLength: 4 }), (set, policies) => {
        const costs = replay(set, ...policies);
        const total = sum(costs.byBucket.map((bucket) => bucket.changedPicoUsd));
        expect(sum(known(costs.changedPicoUsd))).toBe(total);
        expect(sum(known(costs.callChangedPicoUsd))).toBe(total);
        for (const one of known(costs.callChangedPicoUsd)) expect(one).toBeGreaterThanOrEqual(0);
        for (const one of known(costs.changedTokens)) expect(one).toBeGreaterThanOrEqual(0);
        for (const one of known(costs.callChangedPromptTokens))
          expect(one).toBeGreaterThanOrEqual(0);
        expect(Number.isNaN(costs.changedPicoUsd[0])).toBe(Number.isNaN(costs.todayPicoUsd[0]));
        expect(replay(set, ...policies)).toEqual(costs);
      }),
      { numRuns: 300 },
    );
  });

  // A window and retrieval are left out: they break the prompt cache where they cut, and what was
  // read is then sent anew. So are calls that are not sent; see below.
  test('a policy that only shortens prompts and answers raises the cost of no session, nor of any call', () => {
    const removing = randomPolicy.filter(({ kind }) =>
      ['tool_result_cap', 'output_cap'].includes(kind),
    );
    fc.assert(
      fc.property(sets, fc.array(removing, { minLength: 1, maxLength: 3 }), (found, policies) => {
        // Output costs nothing here: what it saves would hide what prompts cost more.
        const set = { ...found, prices: found.prices.map(withFreeOutput) };
        const costs = replay(set, ...policies);
        expectAtMost(costs.changedPicoUsd, costs.todayPicoUsd);
        expectAtMost(costs.changedTokens, costs.todayTokens);
        expectAtMost(costs.callChangedPicoUsd, costs.callTodayPicoUsd);
      }),
      { numRuns: 300 },
    );
  });

  // Not of each call: the next one sends what an unsent one would have written. Nor of each session:
  // without the unsent call a prefix may grow too old to be read, and the next call may be dearer.
  test('calls that are not sent raise the cost of no session where no time passes and all prices are one', () => {
    const removing = randomPolicy.filter(({ kind }) =>
      ['tool_result_cap', 'output_cap', 'response_cache'].includes(kind),
    );
    fc.assert(
      fc.property(sets, fc.array(removing, { minLength: 1, maxLength: 3 }), (found, policies) => {
        const set = withOnePrice(found);
        const costs = replay(set, ...policies);
        expectAtMost(costs.changedPicoUsd, withRounding(costs.todayPicoUsd));
        expectAtMost(costs.changedTokens, costs.todayTokens);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a lever at its end changes nothing', () => {
    const most = 100_000_000;
    const ends: Policy[] = [
      { kind: 'tool_result_cap', tokens: most },
      { kind: 'output_cap', tokens: most },
      { kind: 'compaction', thresholdTokens: most, summaryTokens: 1_000 },
      { kind: 'sliding_window', turns: 10_000 },
      { kind: 'retrieval_memory', retrievedTokens: 0, keptTurns: 10_000, skippedShare: 0 },
      { kind: 'response_cache', hitShare: 0 },
      { kind: 'batch_discount', share: 0, agentName: null },
      {
        kind: 'routing',
        agentName: null,
        share: 0,
        model: 'gpt-5',
        providerName: null,
        tokenRatio: 1,
      },
      {
        kind: 'other_model',
        fromModel: null,
        model: 'no-such-model',
        providerName: null,
        tokenRatio: 1,
      },
    ];
    fc.assert(
      fc.property(sets, fc.subarray(ends), (set, policies) => {
        expectIdentity(replay(set, ...policies));
      }),
    );
  });

  test('a lever that moves towards less gives less, session by session', () => {
    const levers: ((at: number) => Policy)[] = [
      (at) => ({ kind: 'tool_result_cap', tokens: Math.round(8_000 * (1 - at)) }),
      (at) => ({ kind: 'output_cap', tokens: 1 + Math.round(3_000 * (1 - at)) }),
      (at) => ({ kind: 'batch_discount', share: at, agentName: null }),
    ];
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(sets, fc.constantFrom(...levers), unit, unit, (set, lever, a, b) => {
        const less = replay(set, lever(Math.max(a, b)));
        const more = replay(set, lever(Math.min(a, b)));
        expectAtMost(less.changedPicoUsd, more.changedPicoUsd);
      }),
      { numRuns: 300 },
    );
  });

  // Under the same limits as above, and with one way of writing: which tokens a call writes for
  // others is then all one.
  test('a larger share of calls answered from a store costs no more', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    const reuse = (hitShare: number): Policy => ({ kind: 'response_cache', hitShare });
    fc.assert(
      fc.property(sets, unit, unit, (found, a, b) => {
        const one = withOnePrice(found);
        const { input } = one.prices[0] ?? {};
        const set = {
          ...one,
          prices: one.prices.map((prices) => ({
            ...prices,
            cacheWrite5m: input ?? null,
            cacheWrite1h: input ?? null,
          })),
        };
        const less = replay(set, reuse(Math.max(a, b)));
        const more = replay(set, reuse(Math.min(a, b)));
        expectAtMost(less.changedPicoUsd, withRounding(more.changedPicoUsd));
      }),
      { numRuns: 300 },
    );
  });

  test('a larger share of routed calls contains the smaller', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    const route = (share: number): Policy => ({
      kind: 'routing',
      agentName: null,
      share,
      model: 'claude-haiku-4-5',
      providerName: null,
      tokenRatio: 0.5,
    });
    fc.assert(
      fc.property(sets, unit, unit, (set, a, b) => {
        const few = replay(set, route(Math.min(a, b))).callChangedPromptTokens;
        const many = replay(set, route(Math.max(a, b))).callChangedPromptTokens;
        // Half the tokens for the same text: which calls were routed is seen in their prompts.
        few.forEach((prompt, call) => {
          expect(many[call]).toBeLessThanOrEqual(prompt);
        });
      }),
    );
  });

  test('no caching costs at least as much as any other where writing costs no more than sending', () => {
    const cheapWrites = (prices: UnitPrices): UnitPrices => ({
      ...prices,
      cacheWrite5m: prices.input,
      cacheWrite1h: prices.input,
    });
    const modes = fc.constantFrom('implicit', 'explicit_5m', 'explicit_1h');
    fc.assert(
      fc.property(sets, modes, fc.constantFrom(1, 128), (found, mode, blockTokens) => {
        const set = { ...found, prices: found.prices.map(cheapWrites) };
        const rest = { kind: 'caching', minimumPrefixTokens: 1_024, blockTokens } as const;
        const without = replay(set, { ...rest, mode: 'none' });
        expectAtMost(replay(set, { ...rest, mode }).changedPicoUsd, without.changedPicoUsd);
      }),
    );
  });

  test('twice the prices are twice the cost', () => {
    const twice = (price: UnitPrice | null): UnitPrice | null =>
      price === null
        ? null
        : {
            ...price,
            basePicoUsd: 2 * price.basePicoUsd,
            tiers: price.tiers.map((tier) => ({ ...tier, picoUsd: 2 * tier.picoUsd })),
          };
    const doubled = (prices: UnitPrices): UnitPrices => ({
      ...prices,
      input: twice(prices.input),
      cacheRead: twice(prices.cacheRead),
      cacheWrite5m: twice(prices.cacheWrite5m),
      cacheWrite1h: twice(prices.cacheWrite1h),
      output: twice(prices.output),
      reasoning: twice(prices.reasoning),
    });
    fc.assert(
      fc.property(sets, fc.array(randomPolicy, { maxLength: 3 }), (set, policies) => {
        const once = replay(set, ...policies);
        const dearer = { ...set, prices: set.prices.map(doubled) };
        const both = replayPolicies(dearer, policies, catalogue.map(doubled));
        both.callChangedPicoUsd.forEach((cost, call) => {
          const expected = 2 * once.callChangedPicoUsd[call];
          // Fractions of tokens are rounded to whole pico-dollars, bucket by bucket, at most 14 of them.
          if (Number.isNaN(expected)) expect(cost).toBeNaN();
          else expect(Math.abs(cost - expected)).toBeLessThanOrEqual(14);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('policies are applied in the order of their list', () => {
    const to = (model: string, fromModel: string | null): Policy => ({
      kind: 'other_model',
      fromModel,
      model,
      providerName: null,
      tokenRatio: 1,
    });
    fc.assert(
      fc.property(sets, (set) => {
        const chain = replay(set, to('gpt-5', null), to('claude-haiku-4-5', 'gpt-5'));
        const direct = replay(set, to('claude-haiku-4-5', null));
        expect(chain.callChangedPicoUsd).toEqual(direct.callChangedPicoUsd);
        const back = replay(set, to('claude-haiku-4-5', 'gpt-5'), to('gpt-5', null));
        expect(back.callChangedPicoUsd).toEqual(replay(set, to('gpt-5', null)).callChangedPicoUsd);
      }),
    );
  });

  test('routing all calls is the same as another model', () => {
    const target = { model: 'claude-haiku-4-5', providerName: null, tokenRatio: 1.2 };
    fc.assert(
      fc.property(sets, (set) => {
        const oneModel = { ...set, model: set.model.map(() => 0) };
        const routed = replay(oneModel, { kind: 'routing', agentName: null, share: 1, ...target });
        const moved = replay(oneModel, { kind: 'other_model', fromModel: null, ...target });
        expect(routed.callChangedPicoUsd).toEqual(moved.callChangedPicoUsd);
      }),
    );
  });
});
