import { isRecord } from './is-record';
import { EntryCollector, type ParsedBook, picoUsdOf, presentPrices } from './parsed-book';

const perMillion = 1e6;

/** Providers of models.dev by the id of the base, where the two differ. */
const providerIds = new Map([
  ['amazon-bedrock', 'aws'],
  ['xai', 'x-ai'],
]);

/** Reads models.dev's `api.json`: dollars per million tokens, by provider and model. */
export function parseModelsDev(file: Readonly<Record<string, unknown>>): ParsedBook {
  const entries = new EntryCollector();
  for (const [providerName, provider] of Object.entries(file)) {
    const models = isRecord(provider) ? provider.models : null;
    if (!isRecord(models)) {
      entries.skip();
      continue;
    }
    for (const [name, model] of Object.entries(models)) {
      const cost = isRecord(model) ? model.cost : null;
      if (!isRecord(cost)) {
        entries.skip();
        continue;
      }
      const read = (field: string) => picoUsdOf(cost[field], perMillion);
      entries.add(
        providerIds.get(providerName) ?? providerName,
        name,
        presentPrices({
          input: read('input'),
          output: read('output'),
          cacheRead: read('cache_read'),
          cacheWrite5m: read('cache_write'),
          cacheWrite1h: undefined,
        }),
      );
    }
  }
  return entries.finish('models.dev');
}
