import { calcPrice, type MatchLogic, type PriceCalculation } from '@pydantic/genai-prices';
import { isSameVersion, isSelfHosted, modelNameCandidates, resolveProvider } from './model-names';
import type { PriceBook } from './price-book';
import { type PriceBookSources, standardSources } from './price-override';
import type { PriceSource, UnitPrice, UnitPriceQuery, UnitPrices } from './unit-prices';

/** The data of the installed package. */
const installedData = {
  name: 'genai-prices',
  version: '0.1.8',
  // The package does not expose its data date: this is the day of its publication; the newest
  // price in it takes effect the day before.
  date: '2026-09-23',
} as const;

/** Calls without a start time are priced as of the day of the price book. */
const undatedCallMs = Date.parse(`${installedData.date}T00:00:00Z`);

const dayMs = 86_400_000;
const minuteMs = 60_000;
const maxCached = 20_000;

/**
 * Converts dollars per million tokens to pico-dollars per token.
 *
 * @returns a whole number; null when the published price is no multiple of a pico-dollar to within
 * 1e-5 of itself, the precision to which repeating decimals are published
 */
function picoUsdPerToken(usdPerMtok: number): number | null {
  const picoUsd = usdPerMtok * 1e6;
  const whole = Math.round(picoUsd);
  return Math.abs(picoUsd - whole) <= 1e-5 * picoUsd ? whole : null;
}

function readUnitPrice(
  price: PriceCalculation['model_price'][string],
  source: PriceSource,
): UnitPrice | null {
  if (price === undefined) return null;
  const basePicoUsd = picoUsdPerToken(typeof price === 'number' ? price : price.base);
  if (basePicoUsd === null) return null;
  const tiers: UnitPrice['tiers'] = [];
  for (const tier of typeof price === 'number' ? [] : price.tiers) {
    const picoUsd = picoUsdPerToken(tier.price);
    if (picoUsd === null) return null;
    tiers.push({ start: tier.start, isInclusive: false, picoUsd });
  }
  return { basePicoUsd, tiers: tiers.sort((a, b) => a.start - b.start), source };
}

/** Whether a rule of the book names this very model, and not only a shorter version number. */
function coversVersion(rule: MatchLogic, name: string): boolean {
  if ('or' in rule) return rule.or.some((part) => coversVersion(part, name));
  if ('and' in rule) return rule.and.every((part) => coversVersion(part, name));
  if ('equals' in rule) return name === rule.equals.toLowerCase();
  if ('ends_with' in rule) return name.endsWith(rule.ends_with.toLowerCase());
  if ('regex' in rule) return new RegExp(rule.regex).test(name);
  const part = ('starts_with' in rule ? rule.starts_with : rule.contains).toLowerCase();
  const at = 'starts_with' in rule ? (name.startsWith(part) ? 0 : -1) : name.indexOf(part);
  return at >= 0 && isSameVersion(part, name.slice(at + part.length));
}

/** The book also reads `-YYYYMMDD` as `-YYYY-MM-DD`. */
function spellDate(name: string): string {
  return name.replace(/-(20\d{2})(\d{2})(\d{2})(?=-|:|$)/g, '-$1-$2-$3');
}

function calculate(name: string, providerId: string | null, atMs: number): PriceCalculation | null {
  const timestamp = new Date(atMs);
  const found = calcPrice(
    {},
    name,
    providerId === null ? { timestamp } : { timestamp, providerId },
  );
  if (found === null) return null;
  const rule = found.model.match;
  return coversVersion(rule, name) || coversVersion(rule, spellDate(name)) ? found : null;
}

interface Resolved {
  readonly name: string;
  readonly providerId: string | null;
  readonly changesWithinDay: boolean;
  readonly pricesByPeriod: Map<number, UnitPrices>;
}

const resolvedModels = new Map<string, Resolved | null>();

/** Finds where a model stands in the book: with its provider first, then by its name alone. */
function resolveModel(providerName: string | null, model: string): Resolved | null {
  const key = `${providerName ?? ''}\n${model}`;
  const known = resolvedModels.get(key);
  if (known !== undefined) return known;
  if (resolvedModels.size >= maxCached) resolvedModels.clear();
  const resolved = searchModel(providerName, model);
  resolvedModels.set(key, resolved);
  return resolved;
}

function searchModel(providerName: string | null, model: string): Resolved | null {
  if (providerName !== null && isSelfHosted(providerName)) return null;
  const slash = model.indexOf('/');
  const router = slash > 0 ? model.slice(0, slash) : null;
  if (router !== null && isSelfHosted(router)) return null;
  const providerIds = [
    ...(providerName === null ? [] : [resolveProvider(providerName)]),
    ...(router === null ? [] : [resolveProvider(router)]),
    null,
  ];
  const names = modelNameCandidates(model);
  for (const providerId of providerIds) {
    for (const name of names) {
      const found = calculate(name, providerId, undatedCallMs);
      if (found === null) continue;
      const { prices } = found.model;
      const changesWithinDay =
        Array.isArray(prices) &&
        prices.some(({ constraint }) => constraint !== undefined && 'start_time' in constraint);
      return { name, providerId, changesWithinDay, pricesByPeriod: new Map() };
    }
  }
  return null;
}

/** Names the period of validity of the price that was found. */
function nameValidity({ model, model_price }: PriceCalculation): string {
  if (!Array.isArray(model.prices)) return '';
  const constraint = model.prices.find(({ prices }) => prices === model_price)?.constraint;
  if (constraint === undefined) return '';
  return 'start_date' in constraint
    ? `@${constraint.start_date}`
    : `@${constraint.start_time}-${constraint.end_time}`;
}

/** A rule of the book as it reads in its data. */
function describeRule(rule: MatchLogic): string {
  if ('or' in rule) return rule.or.map(describeRule).join(' or ');
  if ('and' in rule) return rule.and.map(describeRule).join(' and ');
  const [[kind, text] = ['', '']] = Object.entries(rule);
  return `${kind} "${text}"`;
}

function readUnitPrices(found: PriceCalculation): UnitPrices {
  const prices = found.model_price;
  const source: PriceSource = {
    layer: 'base',
    book: `${installedData.name} ${installedData.version}`,
    date: installedData.date,
    rule: describeRule(found.model.match),
    url: found.provider.pricing_urls?.[0] ?? null,
  };
  const validity = nameValidity(found);
  const output = readUnitPrice(prices.output_mtok, source);
  return {
    skuPriceId: `${found.provider.id}/${found.model.id}${validity}`,
    providerId: found.provider.id,
    modelId: found.model.id,
    serviceTier: 'standard',
    validFrom: /^@\d{4}-\d{2}-\d{2}$/.test(validity) ? validity.slice(1) : null,
    contextWindowTokens: found.model.context_window ?? null,
    input: readUnitPrice(prices.input_mtok, source),
    cacheRead: readUnitPrice(prices.cache_read_mtok, source),
    cacheWrite5m: readUnitPrice(prices.cache_write_mtok, source),
    cacheWrite1h: readUnitPrice(prices.cache_write_1h_mtok, source),
    output,
    reasoning:
      prices.output_reasoning_mtok === undefined
        ? output
        : readUnitPrice(prices.output_reasoning_mtok, source),
  };
}

function findUnitPrices(query: UnitPriceQuery): UnitPrices | null {
  const resolved = resolveModel(query.providerName, query.model);
  if (resolved === null) return null;
  const isDated = query.atMs !== null && Math.abs(query.atMs) <= 8.64e15;
  const atMs = isDated && query.atMs !== null ? query.atMs : undatedCallMs;
  const period = Math.floor(atMs / (resolved.changesWithinDay ? minuteMs : dayMs));
  const known = resolved.pricesByPeriod.get(period);
  if (known !== undefined) return known;
  const found = calculate(resolved.name, resolved.providerId, atMs);
  if (found === null) return null;
  const unitPrices = readUnitPrices(found);
  if (resolved.pricesByPeriod.size >= maxCached) resolved.pricesByPeriod.clear();
  resolved.pricesByPeriod.set(period, unitPrices);
  return unitPrices;
}

function contextWindowTokens(model: string, providerName: string | null): number | null {
  if (providerName !== null && isSelfHosted(providerName)) return null;
  const listed = findUnitPrices({ providerName, model, atMs: null });
  if (listed !== null && listed.contextWindowTokens !== null) return listed.contextWindowTokens;
  return findUnitPrices({ providerName: null, model, atMs: null })?.contextWindowTokens ?? null;
}

/** Makes the price book of some sources. */
export function createPriceBook(_sources: PriceBookSources): PriceBook {
  return {
    identity: installedData,
    findUnitPrices,
    contextWindowTokens,
    listUnitPrices: () => [],
  };
}

/** The book as it is installed. */
export const standardPriceBook = createPriceBook(standardSources);
