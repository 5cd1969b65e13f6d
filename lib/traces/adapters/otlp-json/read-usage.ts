import type { ImportIssueKind, TokenUsage, UsageBasis } from '../../call-record';
import type { Attributes } from './otlp-value';
import { readUsageParts, type UsageParts } from './usage-parts';

/** Usage of a span in disjoint buckets, how its "input" was understood, and what did not fit. */
export interface SpanUsage {
  /** null: only one of input and output was recorded, and half a usage is none. */
  readonly usage: TokenUsage | null;
  readonly basis: UsageBasis | null;
  readonly issues: readonly { readonly kind: ImportIssueKind; readonly what: string }[];
}

/**
 * Reads the token usage of a span into disjoint buckets.
 *
 * Nothing is clamped: where the stated counts contradict each other, the reading that is possible
 * is taken and an issue says so.
 *
 * An embedding has no output, so input alone is its whole usage. Of any other call, input without
 * output or the reverse is no usage: the missing side would count as zero.
 *
 * @returns null when neither input nor output was recorded
 */
export function readSpanUsage(
  attributes: Attributes,
  { scopeName, isEmbedding }: { readonly scopeName: string; readonly isEmbedding: boolean },
): SpanUsage | null {
  const parts = readUsageParts(attributes);
  if (parts.input === null && parts.output === null) return null;
  if (parts.input === null || (parts.output === null && !isEmbedding)) {
    const [has, lacks] = parts.input === null ? ['output', 'input'] : ['input', 'output'];
    const what = `records ${has} tokens but no ${lacks} tokens, so it counts as without usage`;
    return { usage: null, basis: null, issues: [{ kind: 'usage_missing', what }] };
  }
  const issues: { kind: ImportIssueKind; what: string }[] = [];
  const writes = splitWrites(parts);
  if (writes.isInconsistent) {
    issues.push({
      kind: 'usage_inconsistent',
      what: 'states fewer cache writes than their parts; the parts were used',
    });
  }
  const cacheRead = parts.cacheRead ?? 0;
  const cached = cacheRead + writes.total;
  const basis = decideBasis(parts, cached, scopeName);
  if (basis === 'assumed_inclusive') {
    issues.push({
      kind: 'basis_assumed',
      what: 'does not show whether input contains cached tokens; it was read as containing them',
    });
  }
  const { input } = parts;
  const output = splitOutput(parts);
  if (output.isInconsistent) {
    issues.push({
      kind: 'usage_inconsistent',
      what: 'states more reasoning than output; reasoning was read as beside it',
    });
  }
  return {
    usage: {
      inputFresh: basis === 'exclusive' ? input : input - cached,
      cacheRead,
      cacheWrite5m: writes.ttl5m,
      cacheWrite1h: writes.ttl1h,
      cacheWriteUnknownTtl: writes.total - writes.ttl5m - writes.ttl1h,
      output: output.output,
      reasoning: output.reasoning,
    },
    basis,
    issues,
  };
}

/**
 * Decides whether "input" contains the cached tokens.
 *
 * In this order: the provider's own answer; arithmetic that allows one reading only; the
 * convention of the writer; the stated total; else the semantic conventions, marked as assumed.
 */
function decideBasis(parts: UsageParts, cached: number, scopeName: string): UsageBasis {
  const { input, output, total, providerFresh } = parts;
  if (input === null) return 'exclusive';
  if (cached === 0) return 'inclusive';
  if (providerFresh !== null && input === providerFresh + cached) return 'inclusive';
  if (providerFresh !== null && input === providerFresh) return 'exclusive';
  if (input < cached) return 'exclusive';
  const key = parts.inputKey ?? '';
  if (key.startsWith('llm.token_count.')) return 'inclusive';
  if (scopeName.startsWith('opentelemetry.instrumentation.')) return 'inclusive';
  if (total !== null && total === input + (output ?? 0)) return 'inclusive';
  if (total !== null && total === input + cached + (output ?? 0)) return 'exclusive';
  return 'assumed_inclusive';
}

function splitWrites(parts: UsageParts): {
  total: number;
  ttl5m: number;
  ttl1h: number;
  isInconsistent: boolean;
} {
  const ttl5m = parts.cacheWrite5m ?? 0;
  const ttl1h = parts.cacheWrite1h ?? 0;
  const stated = parts.cacheWrite ?? ttl5m + ttl1h;
  const isInconsistent = stated < ttl5m + ttl1h;
  return { total: isInconsistent ? ttl5m + ttl1h : stated, ttl5m, ttl1h, isInconsistent };
}

function splitOutput(parts: UsageParts): {
  output: number;
  reasoning: number | null;
  isInconsistent: boolean;
} {
  const output = parts.output ?? 0;
  const { reasoning } = parts;
  if (reasoning === null) return { output, reasoning, isInconsistent: false };
  if (reasoning <= output) {
    return { output: output - reasoning, reasoning, isInconsistent: false };
  }
  return { output, reasoning, isInconsistent: true };
}
