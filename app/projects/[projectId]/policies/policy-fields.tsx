'use client';

import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import type { Policy } from '@/lib/cost/policies/policy';
import { CachingFields, CompactionFields, RetrievalFields, WindowFields } from './history-fields';
import { AgentField, ShareField, TargetFields } from './target-fields';
import { TokensField } from './tokens-field';

interface PolicyFieldsProps {
  readonly policy: Policy;
  /** The policy as the opened set has it; null without one. */
  readonly was: Policy | null;
  readonly basis: PolicyBasis;
  readonly onChange: (policy: Policy) => void;
}

/** The levers of one policy. */
export function PolicyFields({ policy, was, basis, onChange }: PolicyFieldsProps) {
  const { observed } = basis;
  const own = { basis, onChange };
  switch (policy.kind) {
    case 'caching':
      return <CachingFields policy={policy} was={sameKind(policy, was)} {...own} />;
    case 'compaction':
      return <CompactionFields policy={policy} was={sameKind(policy, was)} {...own} />;
    case 'sliding_window':
      return <WindowFields policy={policy} was={sameKind(policy, was)} {...own} />;
    case 'retrieval_memory':
      return <RetrievalFields policy={policy} was={sameKind(policy, was)} {...own} />;
    case 'tool_result_cap':
      return (
        <TokensField
          label="Longest result"
          value={policy.tokens}
          was={sameKind(policy, was)?.tokens}
          range={observed.toolResultTokens ?? observed.newTokens}
          what={observed.toolResultTokens === null ? 'new content of a call' : 'tool results'}
          onValueChange={(tokens) => onChange({ ...policy, tokens })}
        />
      );
    case 'output_cap':
      return (
        <TokensField
          label="Longest output"
          value={policy.tokens}
          was={sameKind(policy, was)?.tokens}
          range={observed.outputTokens}
          what="outputs"
          min={10}
          onValueChange={(tokens) => onChange({ ...policy, tokens })}
        />
      );
    case 'other_model':
      return <TargetFields policy={policy} {...own} />;
    case 'routing':
      return (
        <>
          <ShareField
            label="Share of calls"
            value={policy.share}
            was={sameKind(policy, was)?.share}
            onValueChange={(share) => onChange({ ...policy, share })}
          />
          <AgentField policy={policy} {...own} />
          <TargetFields policy={policy} {...own} />
        </>
      );
    case 'batch_discount':
      return (
        <>
          <ShareField
            label="Share of calls"
            value={policy.share}
            was={sameKind(policy, was)?.share}
            hint="calls that can wait for hours"
            onValueChange={(share) => onChange({ ...policy, share })}
          />
          <AgentField policy={policy} {...own} />
        </>
      );
    case 'response_cache':
      return (
        <ShareField
          label="Hits"
          value={policy.hitShare}
          was={sameKind(policy, was)?.hitShare}
          hint="calls answered from store; not observed here"
          onValueChange={(hitShare) => onChange({ ...policy, hitShare })}
        />
      );
    default:
      return policy satisfies never;
  }
}

function sameKind<P extends Policy>(policy: P, was: Policy | null): P | null {
  // The kind tells the members of the union apart.
  return was !== null && was.kind === policy.kind ? (was as P) : null;
}
