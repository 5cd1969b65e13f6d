import { z } from 'zod';

const share = z.number().min(0).max(1);
const tokens = z.int().min(0).max(100_000_000);
const name = z.string().trim().min(1).max(200);

/** Which calls a policy applies to; null: all of them. */
const scope = { agentName: name.nullable() };

/** A model of the price book, and how many of its tokens a text takes per token of the old model. */
const target = {
  model: name,
  providerName: name.nullable(), //   null: found by the model alone
  tokenRatio: z.number().positive().max(10),
};

/**
 * One change of how agents are run. Policies are applied in the order of their list.
 *
 * Each kind has a file of its own with one function, from a thread of calls to a thread of calls or
 * to other prices.
 */
export const Policy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('other_model'), fromModel: name.nullable(), ...target }),
  z.strictObject({ kind: z.literal('routing'), ...scope, share, ...target }),
  z.strictObject({
    kind: z.literal('caching'),
    mode: z.enum(['none', 'implicit', 'explicit_5m', 'explicit_1h']),
    minimumPrefixTokens: tokens, //   shorter prefixes are not cached
    blockTokens: z.int().min(1).max(100_000), // prefixes are read in whole blocks
  }),
  z.strictObject({
    kind: z.literal('compaction'),
    thresholdTokens: z.int().min(1_000).max(100_000_000),
    summaryTokens: tokens,
  }),
  z.strictObject({ kind: z.literal('sliding_window'), turns: z.int().min(1).max(10_000) }),
  z.strictObject({ kind: z.literal('tool_result_cap'), tokens }),
  z.strictObject({ kind: z.literal('output_cap'), tokens: z.int().min(1).max(100_000_000) }),
  z.strictObject({
    kind: z.literal('retrieval_memory'),
    retrievedTokens: tokens, //        sent per call in place of history
    keptTurns: z.int().min(0).max(10_000), // turns of history that are still sent
    skippedShare: share, //            of calls whose work is found and not done again
  }),
  z.strictObject({ kind: z.literal('batch_discount'), share, ...scope }),
  z.strictObject({ kind: z.literal('response_cache'), hitShare: share }),
]);
export type Policy = z.infer<typeof Policy>;
export type PolicyKind = Policy['kind'];

/** Policies in the order in which they are applied. */
export const PolicyList = z.array(Policy).max(20);
export type PolicyList = z.infer<typeof PolicyList>;

/** Policies under a name of the project. */
export const PolicySet = z.object({
  policySetId: z.string(),
  name: z.string(),
  policies: PolicyList,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type PolicySet = z.infer<typeof PolicySet>;
