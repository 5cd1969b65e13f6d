import { asObject, readCount } from '../../json-value';
import { findAttribute, readJsonAttribute } from './find-attribute';
import type { Attributes } from './otlp-value';

/** Token counts as the source states them, before it is decided what "input" contains. */
export interface UsageParts {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
  readonly reasoning: number | null;
  /** Fresh input according to the provider's own answer. */
  readonly providerFresh: number | null;
  /** The attribute that gave `input`; null when none did. */
  readonly inputKey: string | null;
}

type Counts = Partial<Record<keyof UsageParts, number | null>>;

/** Collects the token counts of a span from its attributes and the JSON values among them. */
export function readUsageParts(attributes: Attributes): UsageParts {
  const direct = readDirect(attributes);
  const details = readUsageDetails(attributes.get('langfuse.observation.usage_details'));
  const metadata = readProviderMetadata(findAttribute(attributes, 'providerMetadata')?.value);
  const pick = (part: keyof Counts): number | null =>
    direct[part] ?? details[part] ?? metadata[part] ?? null;
  const embedded = readCount(findAttribute(attributes, 'embedded')?.value);
  const isEmbedding = pick('input') === null && pick('output') === null && embedded !== null;
  return {
    input: isEmbedding ? embedded : pick('input'),
    output: isEmbedding ? 0 : pick('output'),
    total: pick('total'),
    cacheRead: pick('cacheRead'),
    cacheWrite: pick('cacheWrite'),
    cacheWrite5m: pick('cacheWrite5m'),
    cacheWrite1h: pick('cacheWrite1h'),
    reasoning: pick('reasoning'),
    providerFresh: metadata.providerFresh ?? null,
    inputKey: findAttribute(attributes, 'input')?.key ?? null,
  };
}

function readDirect(attributes: Attributes): Counts {
  const count = (meaning: Parameters<typeof findAttribute>[1]): number | null =>
    readCount(findAttribute(attributes, meaning)?.value);
  return {
    input: count('input'),
    output: count('output'),
    total: count('total'),
    cacheRead: count('cacheRead'),
    cacheWrite: count('cacheWrite'),
    reasoning: count('reasoning'),
  };
}

/** Usage as a Langfuse SDK sends it: JSON with the keys of the provider or of Langfuse. */
function readUsageDetails(value: unknown): Counts {
  const usage = asObject(readJsonAttribute(value));
  if (usage === null) return {};
  const count = (...keys: string[]): number | null => {
    for (const key of keys) {
      if (Object.hasOwn(usage, key)) return readCount(usage[key]);
    }
    return null;
  };
  return {
    input: count('input_tokens', 'input', 'prompt_tokens', 'promptTokens'),
    output: count('output_tokens', 'output', 'completion_tokens', 'completionTokens'),
    total: count('total_tokens', 'total', 'totalTokens'),
    cacheRead: count('input_cached_tokens', 'input_cache_read', 'cache_read_input_tokens'),
    cacheWrite: count('input_cache_creation', 'cache_creation_input_tokens'),
    cacheWrite5m: count('input_cache_creation_5m'),
    cacheWrite1h: count('input_cache_creation_1h'),
    reasoning: count('output_reasoning_tokens', 'output_reasoning'),
  };
}

/** What the provider itself answered, as the Vercel AI SDK passes it on. */
function readProviderMetadata(value: unknown): Counts {
  const metadata = asObject(readJsonAttribute(value));
  const anthropic = asObject(asObject(metadata?.anthropic)?.usage);
  const bedrock = asObject(asObject(metadata?.bedrock)?.usage);
  const openai = asObject(metadata?.openai);
  const byTtl = asObject(anthropic?.cache_creation);
  return {
    providerFresh: readCount(anthropic?.input_tokens) ?? readCount(bedrock?.inputTokens),
    cacheRead:
      readCount(anthropic?.cache_read_input_tokens) ??
      readCount(bedrock?.cacheReadInputTokens) ??
      readCount(openai?.cachedPromptTokens),
    cacheWrite:
      readCount(anthropic?.cache_creation_input_tokens) ??
      readCount(bedrock?.cacheWriteInputTokens),
    cacheWrite5m: readCount(byTtl?.ephemeral_5m_input_tokens),
    cacheWrite1h: readCount(byTtl?.ephemeral_1h_input_tokens),
    reasoning: readCount(openai?.reasoningTokens),
  };
}
