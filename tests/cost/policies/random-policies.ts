import fc from 'fast-check';
import type { Policy } from '@/lib/cost/policies/policy';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const target = {
  model: fc.constantFrom('claude-haiku-4-5', 'claude-opus-4-5', 'gpt-5', 'no-such-model'),
  providerName: fc.constant(null),
  tokenRatio: fc.constantFrom(1, 1, 0.8, 1.35),
};
const agentName = fc.constantFrom(null, 'planner', 'worker', 'nobody');

/** Policies of every kind with settings that bite on sessions of some ten thousand tokens. */
export const randomPolicy: fc.Arbitrary<Policy> = fc.oneof(
  fc.record({
    kind: fc.constant('other_model' as const),
    fromModel: fc.constantFrom(null, 'claude-haiku-4-5'),
    ...target,
  }),
  fc.record({ kind: fc.constant('routing' as const), agentName, share, ...target }),
  fc.record({
    kind: fc.constant('caching' as const),
    mode: fc.constantFrom('none', 'implicit', 'explicit_5m', 'explicit_1h'),
    minimumPrefixTokens: fc.constantFrom(0, 1_024, 4_096),
    blockTokens: fc.constantFrom(1, 64, 128),
  }),
  fc.record({
    kind: fc.constant('compaction' as const),
    thresholdTokens: fc.integer({ min: 1_000, max: 60_000 }),
    summaryTokens: fc.nat(4_000),
  }),
  fc.record({
    kind: fc.constant('sliding_window' as const),
    turns: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ kind: fc.constant('tool_result_cap' as const), tokens: fc.nat(9_000) }),
  fc.record({
    kind: fc.constant('output_cap' as const),
    tokens: fc.integer({ min: 1, max: 3_000 }),
  }),
  fc.record({
    kind: fc.constant('retrieval_memory' as const),
    retrievedTokens: fc.nat(5_000),
    keptTurns: fc.nat(4),
    skippedShare: share,
  }),
  fc.record({ kind: fc.constant('batch_discount' as const), share, agentName }),
  fc.record({ kind: fc.constant('response_cache' as const), hitShare: share }),
);
