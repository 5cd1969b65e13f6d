import { isRecord } from './is-record';
import { EntryCollector, type ParsedBook, picoUsdOf, presentPrices } from './parsed-book';

const perToken = 1e12;

/** The book names no provider: its models of these families are those of their vendors. */
function vendorOf(model: string): string | null {
  if (model.startsWith('claude')) return 'anthropic';
  if (/^(?:gpt|chatgpt|o\d)/.test(model)) return 'openai';
  return model.startsWith('gemini') ? 'google' : null;
}

/**
 * Reads Langfuse's `default-model-prices.json`: dollars per token, under every name that a provider
 * gives to a kind of token. The default tier is the one that is compared.
 */
export function parseLangfuse(file: readonly unknown[]): ParsedBook {
  const entries = new EntryCollector();
  for (const model of file) {
    const name = isRecord(model) ? model.modelName : null;
    const tiers = isRecord(model) && Array.isArray(model.pricingTiers) ? model.pricingTiers : [];
    const tier: unknown = tiers.find((one) => isRecord(one) && one.isDefault === true);
    const prices = isRecord(tier) ? tier.prices : null;
    if (typeof name !== 'string' || !isRecord(prices)) {
      entries.skip();
      continue;
    }
    const read = (...keys: readonly string[]) => {
      const key = keys.find((one) => typeof prices[one] === 'number');
      return key === undefined ? undefined : picoUsdOf(prices[key], perToken);
    };
    entries.add(
      vendorOf(name.toLowerCase()),
      name,
      presentPrices({
        input: read(
          'input',
          'input_tokens',
          'prompt_token_count',
          'input_text',
          'input_text_tokens',
        ),
        output: read(
          'output',
          'output_tokens',
          'candidates_token_count',
          'output_text',
          'output_text_tokens',
        ),
        cacheRead: read('input_cache_read', 'cache_read_input_tokens', 'input_cached_tokens'),
        cacheWrite5m: read(
          'cache_creation_input_tokens',
          'input_cache_creation',
          'input_cache_creation_5m',
        ),
        cacheWrite1h: read('input_cache_creation_1h'),
      }),
    );
  }
  return entries.finish('langfuse');
}
