import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import type { ObservedRange } from '@/lib/cost/levers/lever-basis';
import type { Policy, PolicyKind } from '@/lib/cost/policies/policy';
import { usualCaching } from '@/lib/cost/policies/policy-defaults';
import type { PolicyOf } from '@/lib/cost/policies/policy-of';

/**
 * Caching in one mode by the rules of the vendor whose model is called most; by those of a vendor that
 * has the mode where that one has not.
 */
export function cachingIn(
  mode: PolicyOf<'caching'>['mode'],
  { cacheRules }: PolicyBasis,
): PolicyOf<'caching'> {
  if (cacheRules === null || !cacheRules.modes.includes(mode)) return usualCaching(mode);
  const { minimumPrefixTokens, blockTokens } = cacheRules;
  return { kind: 'caching', mode, minimumPrefixTokens, blockTokens };
}

/** A policy of a kind as it stands when it is switched on: set from what was observed. */
export function defaultPolicy(kind: PolicyKind, basis: PolicyBasis): Policy {
  const { observed } = basis;
  const target = { ...usualTarget(basis), tokenRatio: 1 };
  switch (kind) {
    case 'caching':
      return cachingIn(basis.cacheRules?.modes.at(-1) ?? 'explicit_1h', basis);
    case 'compaction':
      return {
        kind,
        thresholdTokens: Math.max(1_000, round(observed.promptTokens?.p90 ?? 100_000)),
        summaryTokens: 2_000,
      };
    case 'sliding_window':
      return { kind, turns: Math.max(1, Math.round((observed.turns?.p50 ?? 10) / 2)) };
    case 'retrieval_memory':
      return { kind, retrievedTokens: 2_000, keptTurns: 2, skippedShare: 0 };
    case 'tool_result_cap':
      return { kind, tokens: round(p90Of(observed.toolResultTokens ?? observed.newTokens, 4_000)) };
    case 'output_cap':
      return { kind, tokens: Math.max(1, round(p90Of(observed.outputTokens, 2_000))) };
    case 'other_model':
      return { kind, fromModel: null, ...target };
    case 'routing':
      return { kind, agentName: null, share: 0.5, ...target };
    case 'batch_discount':
      return { kind, share: 1, agentName: null };
    case 'response_cache':
      return { kind, hitShare: 0.1 };
    default:
      return kind satisfies never;
  }
}

/** The model of the catalogue that most calls are priced as; its first where none is. */
function usualTarget({ observed, models }: PolicyBasis) {
  const callsOf = (one: PolicyBasis['models'][number]) =>
    observed.pricedAs
      .filter(({ providerId, modelId }) => providerId === one.providerId && modelId === one.modelId)
      .reduce((sum, { calls }) => sum + calls, 0);
  const usual = models
    .map((one) => ({ ...one, calls: callsOf(one) }))
    .reduce<{ modelId: string; providerId: string; calls: number } | null>(
      (most, one) => (most === null || one.calls > most.calls ? one : most),
      null,
    );
  return usual === null
    ? { model: 'no model recorded', providerName: null }
    : { model: usual.modelId, providerName: usual.providerId };
}

function p90Of(range: ObservedRange | null, otherwise: number): number {
  return range?.p90 ?? otherwise;
}

/** Two significant digits: a lever is not set to the token. */
function round(tokens: number): number {
  return Number(tokens.toPrecision(2));
}
