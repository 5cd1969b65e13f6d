import type { Policy, PolicyKind, PolicyList } from '@/lib/cost/policies/policy';
import { formatPercent, formatTokens } from '@/lib/format';

/** What a kind of policy is called and what it does, in one line. */
export interface KindWords {
  readonly name: string;
  readonly what: string;
}

/** The kinds of policies in the order in which they are offered. */
export const kindWords = {
  caching: { name: 'Prompt caching', what: 'what was sent before is read at the cached price' },
  compaction: { name: 'Compaction', what: 'a summary takes the place of a long history' },
  sliding_window: { name: 'Sliding window', what: 'only the last turns are sent again' },
  retrieval_memory: {
    name: 'Retrieval memory',
    what: 'what is looked up is sent, not the history',
  },
  tool_result_cap: { name: 'Cap on tool results', what: 'longer results are cut where they arise' },
  output_cap: { name: 'Cap on output', what: 'longer answers are cut' },
  other_model: { name: 'Another model', what: 'the same calls at the prices of another model' },
  routing: { name: 'Routing', what: 'a share of the calls goes to another model' },
  batch_discount: { name: 'Batch', what: 'a share of the calls can wait, at the batch price' },
  response_cache: { name: 'Response cache', what: 'a share of the calls is answered from store' },
} as const satisfies Record<PolicyKind, KindWords>;

/** Kinds that make sense more than once: for one agent or model each. */
export const repeatableKinds: ReadonlySet<PolicyKind> = new Set<PolicyKind>([
  'other_model',
  'routing',
  'batch_discount',
]);

const cachingNames = {
  none: 'no caching',
  implicit: 'implicit caching',
  explicit_5m: 'five-minute caching',
  explicit_1h: 'one-hour caching',
} as const;

/** A policy in a few words, to stand within a sentence. */
function namePolicy(policy: Policy): string {
  switch (policy.kind) {
    case 'caching':
      return cachingNames[policy.mode];
    case 'compaction':
      return `compaction at ${formatTokens(policy.thresholdTokens)}`;
    case 'sliding_window':
      return policy.turns === 1 ? 'a window of one turn' : `a window of ${policy.turns} turns`;
    case 'retrieval_memory':
      return `retrieval of ${formatTokens(policy.retrievedTokens)} tokens`;
    case 'tool_result_cap':
      return `tool results cut at ${formatTokens(policy.tokens)}`;
    case 'output_cap':
      return `output cut at ${formatTokens(policy.tokens)}`;
    case 'other_model':
      return `${policy.model}${policy.fromModel === null ? '' : ` in place of ${policy.fromModel}`}`;
    case 'routing':
      return `routing ${formatPercent(policy.share)}${ofAgent(policy.agentName)} to ${policy.model}`;
    case 'batch_discount':
      return policy.share === 1 && policy.agentName === null
        ? 'batch for all calls'
        : `batch for ${formatPercent(policy.share)}${ofAgent(policy.agentName)}`;
    case 'response_cache':
      return `a response cache that hits ${formatPercent(policy.hitShare)}`;
    default:
      return policy satisfies never;
  }
}

/** Policies as the beginning of a sentence: `One-hour caching and compaction at 120k`. Null: none. */
export function namePolicies(policies: PolicyList): string | null {
  const shown = policies.length > 3 ? policies.slice(0, 2) : policies;
  const names = shown.map(namePolicy);
  if (policies.length > 3) names.push(`${policies.length - 2} more changes`);
  const last = names.pop();
  if (last === undefined) return null;
  const text = names.length === 0 ? last : `${names.join(', ')} and ${last}`;
  // The name of a model begins as it is written.
  return policies[0]?.kind === 'other_model' ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function ofAgent(agentName: string | null): string {
  return agentName === null ? '' : ` of ${agentName}`;
}
