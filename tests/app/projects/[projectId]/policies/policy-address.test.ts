import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPolicies, writePolicies } from '@/app/projects/[projectId]/policies/policy-address';
import { type Policy, PolicyList } from '@/lib/cost/policies/policy';

const name = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const openName = fc.option(name, { nil: null });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const tokens = fc.integer({ min: 1_000, max: 1_000_000 });
const target = {
  model: name,
  providerName: openName,
  tokenRatio: fc.double({ min: 0.01, max: 10, noNaN: true }),
};

const policy: fc.Arbitrary<Policy> = fc.oneof(
  fc.record({ kind: fc.constant('other_model' as const), fromModel: openName, ...target }),
  fc.record({ kind: fc.constant('routing' as const), agentName: openName, share, ...target }),
  fc.record({
    kind: fc.constant('caching' as const),
    mode: fc.constantFrom('none', 'implicit', 'explicit_5m', 'explicit_1h'),
    minimumPrefixTokens: tokens,
    blockTokens: fc.integer({ min: 1, max: 1_024 }),
  }),
  fc.record({
    kind: fc.constant('compaction' as const),
    thresholdTokens: tokens,
    summaryTokens: tokens,
  }),
  fc.record({
    kind: fc.constant('sliding_window' as const),
    turns: fc.integer({ min: 1, max: 99 }),
  }),
  fc.record({ kind: fc.constant('tool_result_cap' as const), tokens }),
  fc.record({ kind: fc.constant('output_cap' as const), tokens }),
  fc.record({
    kind: fc.constant('retrieval_memory' as const),
    retrievedTokens: tokens,
    keptTurns: fc.integer({ min: 0, max: 99 }),
    skippedShare: share,
  }),
  fc.record({ kind: fc.constant('batch_discount' as const), share, agentName: openName }),
  fc.record({ kind: fc.constant('response_cache' as const), hitShare: share }),
);

describe('policies in an address', () => {
  test('are read again as they were written, whatever models and agents are called', () => {
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 20 }), (policies) => {
        const list = PolicyList.parse(policies);
        expect(readPolicies(writePolicies(list))).toEqual({ policies: list, unread: [] });
      }),
    );
  });

  test('take a name that is no valid Unicode without throwing', () => {
    const policies: PolicyList = [{ kind: 'batch_discount', share: 0.5, agentName: 'a\ud800' }];
    expect(readPolicies(writePolicies(policies)).unread).toEqual([]);
  });

  test('are short and can be read by people', () => {
    const policies = PolicyList.parse([
      { kind: 'compaction', thresholdTokens: 120_000, summaryTokens: 2_000 },
      { kind: 'caching', mode: 'explicit_1h', minimumPrefixTokens: 1_024, blockTokens: 1 },
      { kind: 'batch_discount', share: 0.5, agentName: null },
    ]);
    expect(writePolicies(policies)).toBe('compact:120000:2000,cache:1h:1024:1,batch:0.5:*');
  });

  test.each([
    ['a word that is no policy', 'magic:1'],
    ['a field too few', 'compact:120000'],
    ['a number out of range', 'reuse:1.5'],
    ['a number that is none', 'window:many'],
    ['an empty number', 'window:'],
    ['a mode that is not known', 'cache:2h:1024:1'],
    ['a name that was not encoded', 'batch:0.5:%'],
    ['a model that is left open', 'model:*:*:1:*'],
    ['the name of a property of every object', '__proto__:1'],
  ])('%s is told and changes nothing', (_, part) => {
    const read = readPolicies(`window:3,${part}`);
    expect(read.policies).toEqual([{ kind: 'sliding_window', turns: 3 }]);
    expect(read.unread).toEqual([part]);
  });

  test('never throw and never hold more than a list may, whatever stands there', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.array(fc.constantFrom('window:2', 'x', ',', ':', '%'))),
        (text) => {
          const address = Array.isArray(text) ? text.join(',') : text;
          expect(PolicyList.safeParse(readPolicies(address).policies).success).toBe(true);
        },
      ),
    );
    const many = readPolicies(Array.from({ length: 30 }, () => 'window:2').join(','));
    expect(many.policies).toHaveLength(20);
    expect(many.unread).toHaveLength(10);
    expect(readPolicies(`${'window:2,'.repeat(1_000)}`).unread.at(-1)).toBe('whatever follows');
  });
});
