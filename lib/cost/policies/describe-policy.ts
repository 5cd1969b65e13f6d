import { formatCount, formatCounted, formatDecimal, formatPercent } from '../../format';
import type { Policy } from './policy';

const cachingWords = {
  none: 'no prompt caching',
  implicit: 'implicit prompt caching',
  explicit_5m: 'explicit prompt caching for 5 minutes',
  explicit_1h: 'explicit prompt caching for 1 hour',
} as const;

const tokens = (count: number) => formatCounted(count, 'token');
const ofAgent = (agentName: string | null) => (agentName === null ? '' : ` of ${agentName}`);
const atRatio = (ratio: number) =>
  ratio === 1 ? '' : `, ${formatDecimal(ratio)} tokens for each of today`;

function describeCaching(policy: Extract<Policy, { kind: 'caching' }>): string {
  const words = cachingWords[policy.mode];
  if (policy.mode === 'none') return words;
  const blocks = policy.blockTokens === 1 ? '' : ` in blocks of ${formatCount(policy.blockTokens)}`;
  return `${words}, from ${tokens(policy.minimumPrefixTokens)}${blocks}`;
}

function describeMemory(policy: Extract<Policy, { kind: 'retrieval_memory' }>): string {
  const kept =
    policy.keptTurns === 0
      ? 'of all earlier turns'
      : `of all but the last ${formatCounted(policy.keptTurns, 'turn')}`;
  const skipped =
    policy.skippedShare === 0 ? '' : `, ${formatPercent(policy.skippedShare)} of calls not made`;
  return `${tokens(policy.retrievedTokens)} retrieved in place ${kept}${skipped}`;
}

/** A policy in words, as part of a sentence. */
export function describePolicy(policy: Policy): string {
  switch (policy.kind) {
    case 'other_model':
      return `${policy.fromModel ?? 'every model'} replaced by ${policy.model}${atRatio(policy.tokenRatio)}`;
    case 'routing':
      return `${formatPercent(policy.share)} of calls${ofAgent(policy.agentName)} routed to ${policy.model}${atRatio(policy.tokenRatio)}`;
    case 'caching':
      return describeCaching(policy);
    case 'compaction':
      return `context summarised in ${tokens(policy.summaryTokens)} at ${formatCount(policy.thresholdTokens)}`;
    case 'sliding_window':
      return policy.turns === 1
        ? 'only the current turn sent'
        : `only the last ${formatCount(policy.turns)} turns sent`;
    case 'tool_result_cap':
      return `tool results cut at ${tokens(policy.tokens)}`;
    case 'output_cap':
      return `visible output cut at ${tokens(policy.tokens)}`;
    case 'retrieval_memory':
      return describeMemory(policy);
    case 'batch_discount':
      return `${formatPercent(policy.share)} of calls${ofAgent(policy.agentName)} at batch prices`;
    case 'response_cache':
      return `${formatPercent(policy.hitShare)} of calls answered from a store`;
    default:
      return policy satisfies never;
  }
}
