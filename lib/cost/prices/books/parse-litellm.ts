import { isRecord } from './is-record';
import { EntryCollector, type ParsedBook, picoUsdOf, presentPrices } from './parsed-book';

/** Providers of LiteLLM by the id of the base; those that are left out sell under too many names. */
const providerIds = new Map([
  ['openai', 'openai'],
  ['text-completion-openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['gemini', 'google'],
  ['vertex_ai-language-models', 'google'],
  ['vertex_ai-anthropic_models', 'google'],
  ['azure', 'azure'],
  ['azure_ai', 'azure'],
  ['bedrock', 'aws'],
  ['bedrock_converse', 'aws'],
  ['openrouter', 'openrouter'],
  ['xai', 'x-ai'],
  ['deepseek', 'deepseek'],
  ['mistral', 'mistral'],
  ['groq', 'groq'],
  ['cohere_chat', 'cohere'],
  ['cerebras', 'cerebras'],
  ['moonshot', 'moonshotai'],
  ['perplexity', 'perplexity'],
]);

const textModes = new Set(['chat', 'completion', 'responses']);
const perToken = 1e12;

/**
 * Reads LiteLLM's `model_prices_and_context_window.json`: dollars per token.
 *
 * Keys that are no model, such as the sample and the rules for names, are skipped. A name that stands
 * alone goes before the same name behind a provider.
 */
export function parseLitellm(file: Readonly<Record<string, unknown>>): ParsedBook {
  const entries = new EntryCollector();
  const keys = Object.keys(file).sort((a, b) => Number(a.includes('/')) - Number(b.includes('/')));
  for (const key of keys) {
    const model = file[key];
    if (!isRecord(model) || !textModes.has(String(model.mode))) {
      entries.skip();
      continue;
    }
    const provider = String(model.litellm_provider);
    const [first = '', ...rest] = key.split('/');
    const isPrefixed = rest.length > 0 && (first === provider || first === provider.split('-')[0]);
    const read = (field: string) => picoUsdOf(model[field], perToken);
    entries.add(
      providerIds.get(provider) ?? null,
      isPrefixed ? rest.join('/') : key,
      presentPrices({
        input: read('input_cost_per_token'),
        output: read('output_cost_per_token'),
        cacheRead: read('cache_read_input_token_cost') ?? read('input_cost_per_token_cache_hit'),
        cacheWrite5m: read('cache_creation_input_token_cost'),
        cacheWrite1h: read('cache_creation_input_token_cost_above_1hr'),
      }),
    );
  }
  return entries.finish('litellm');
}
