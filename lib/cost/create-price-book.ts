import { isSelfHosted, nameWithoutFast, resolveProvider } from './model-names';
import type { PriceBook, PriceBookIdentity } from './price-book';
import { type PriceBookSources, standardSources } from './price-override';
import { applyCorrection } from './prices/apply-correction';
import {
  applyOverride,
  overridesFor,
  type PreparedOverride,
  prepareOverrides,
} from './prices/apply-override';
import { applySupplement, sellsTier } from './prices/apply-supplement';
import { type BaseModel, basePricesAt, changesWithinDay, findBaseModel } from './prices/base-book';
import { type FoundAlias, findAlias, prepareAliases } from './prices/find-alias';
import { installedData, installedProviders } from './prices/installed-base';
import { type DataProvider, parsePriceProviders } from './prices/price-data';
import { readServiceTier, type ServiceTier } from './prices/price-tier';
import { type BaseIdentity, readBasePrices } from './prices/read-base-prices';
import { supplement } from './prices/supplement';
import type { UnitPriceQuery, UnitPrices } from './unit-prices';

const dayMs = 86_400_000;
const minuteMs = 60_000;
const maxCached = 20_000;
const dateMsMax = 8.64e15;

/** A model as a trace names it, and all that was found for it. */
interface Resolved {
  readonly model: string;
  readonly base: BaseModel | null;
  readonly isFast: boolean; // by its name
  readonly alias: FoundAlias | null;
  readonly overrides: readonly PreparedOverride[];
  readonly periodMs: number;
  readonly pricesByPeriod: Map<number | string, UnitPrices | null>;
}

/** Data that has been checked once is not checked again, whatever is put on top of it. */
const checked = new WeakMap<object, readonly DataProvider[]>();

/** The base in use: what was brought in, or else what is installed. */
function readBase({ baseData }: PriceBookSources): {
  identity: BaseIdentity;
  providers: readonly DataProvider[];
} {
  if (baseData === null) return { identity: installedData, providers: installedProviders() };
  const { providers: given } = baseData;
  const isObject = typeof given === 'object' && given !== null;
  const known = isObject ? checked.get(given) : undefined;
  if (known !== undefined) return { identity: baseData, providers: known };
  const parsed = parsePriceProviders(given);
  if ('providers' in parsed) {
    if (isObject) checked.set(given, parsed.providers);
    return { identity: baseData, providers: parsed.providers };
  }
  const [fault] = parsed.faults;
  throw new RangeError(`Got price data that is not valid at '${fault?.path}': ${fault?.message}`);
}

/** Prices of the sources, looked up once for each name, period and tier. */
class LayeredPrices {
  readonly identity: BaseIdentity;
  readonly providers: readonly DataProvider[];
  readonly #broughtInDate: string | null;
  readonly #overrides: readonly PreparedOverride[];
  readonly #aliases: ReturnType<typeof prepareAliases>;
  /** Calls without a start time are priced as of the day of the base. */
  readonly #undatedMs: number;
  readonly #resolved = new Map<string | null, Map<string, Resolved>>();
  #resolvedCount = 0;

  constructor(sources: PriceBookSources) {
    const { identity, providers } = readBase(sources);
    this.identity = identity;
    this.providers = providers;
    this.#broughtInDate = sources.baseData?.date ?? null;
    this.#overrides = prepareOverrides(sources.overrides);
    this.#aliases = prepareAliases(sources.aliases);
    this.#undatedMs = Date.parse(`${identity.date}T00:00:00Z`);
  }

  find({ providerName, model, atMs, serviceTier }: UnitPriceQuery): UnitPrices | null {
    const resolved = this.#resolve(providerName, model);
    const isDated = atMs !== null && Math.abs(atMs) <= dateMsMax;
    const at = isDated ? atMs : this.#undatedMs;
    const { tier, asked } = readServiceTier(resolved.isFast ? 'fast' : (serviceTier ?? null));
    const period = Math.floor(at / resolved.periodMs);
    const isStandard = tier === 'standard' && asked === null;
    const key = isStandard ? period : `${period} ${asked ?? tier}`;
    const known = resolved.pricesByPeriod.get(key);
    if (known !== undefined) return known;
    const prices = this.priceResolved(resolved, at, { tier, asked });
    if (resolved.pricesByPeriod.size >= maxCached) resolved.pricesByPeriod.clear();
    resolved.pricesByPeriod.set(key, prices);
    return prices;
  }

  priceResolved(
    { base, alias, overrides, model }: Omit<Resolved, 'isFast' | 'periodMs' | 'pricesByPeriod'>,
    atMs: number,
    tier: { tier: ServiceTier; asked: string | null },
  ): UnitPrices | null {
    let prices: UnitPrices | null = null;
    if (base !== null) {
      const standard = readBasePrices(base, basePricesAt(base.model, atMs), this.identity);
      const corrected = applyCorrection(standard, atMs, this.#broughtInDate);
      prices = applySupplement(corrected, { ...tier, model });
    }
    const override = overrides.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
    // A discount alone makes no price: the model stays unknown.
    const hasPrices = prices !== null || override?.givesPrices === true;
    if (override !== undefined && hasPrices) prices = applyOverride(prices, override, model);
    return prices === null || alias === null ? prices : alias.describe(prices);
  }

  /** Prices of a model of the base itself. */
  priceListed(base: BaseModel, atMs: number | null): UnitPrices | null {
    const names = [base.model.id];
    const overrides = overridesFor(this.#overrides, names, [base.provider.id]);
    const listed = { base, alias: null, overrides, model: base.model.id };
    const at = atMs ?? this.#undatedMs;
    return this.priceResolved(listed, at, { tier: 'standard', asked: null });
  }

  /** Prices of models that only the project itself knows. */
  listOwn(atMs: number | null): UnitPrices[] {
    const own = new Map<string, UnitPrices>();
    for (const { override } of this.#overrides) {
      const { providerName, model } = override;
      if (model.endsWith('*') || this.#resolve(providerName, model).base !== null) continue;
      const prices = this.find({ providerName, model, atMs });
      if (prices !== null) own.set(`${prices.providerId}\n${prices.modelId}`, prices);
    }
    return [...own.values()];
  }

  #resolve(providerName: string | null, model: string): Resolved {
    const known = this.#resolved.get(providerName)?.get(model);
    if (known !== undefined) return known;
    if (this.#resolvedCount >= maxCached) {
      this.#resolved.clear();
      this.#resolvedCount = 0;
    }
    const resolved = this.#search(providerName, model);
    const byModel = this.#resolved.get(providerName) ?? new Map<string, Resolved>();
    byModel.set(model, resolved);
    this.#resolved.set(providerName, byModel);
    this.#resolvedCount++;
    return resolved;
  }

  /** A name that ends in `-fast` is that tier of the model, if the tier has a price, or unknown. */
  #findBase(providerName: string | null, model: string): Pick<Resolved, 'base' | 'isFast'> {
    const base = findBaseModel(this.providers, providerName, model);
    const name = base === null ? nameWithoutFast(model) : null;
    const standard = name === null ? null : findBaseModel(this.providers, providerName, name);
    if (standard === null) return { base, isFast: false };
    const sold = { providerId: standard.provider.id, modelId: standard.model.id };
    return sellsTier(sold, 'fast')
      ? { base: standard, isFast: true }
      : { base: null, isFast: false };
  }

  #search(providerName: string | null, model: string): Resolved {
    const alias = findAlias(this.#aliases, model);
    const target = alias?.model ?? model;
    const isOwnMachine = providerName !== null && isSelfHosted(providerName);
    // An alias says what a name stands for, and so also that it is not only the user's own.
    const served = alias !== null && isOwnMachine ? null : providerName;
    const { base, isFast } = this.#findBase(alias?.providerName ?? served, target);
    const names = [model, target, ...(base === null ? [] : [base.model.id])];
    const providerIds = [
      ...(providerName === null ? [] : [resolveProvider(providerName)]),
      ...(base === null ? [] : [base.provider.id]),
    ];
    return {
      model: target,
      base,
      isFast,
      alias,
      overrides: overridesFor(this.#overrides, names, providerIds),
      periodMs: base !== null && changesWithinDay(base.model) ? minuteMs : dayMs,
      pricesByPeriod: new Map(),
    };
  }
}

function identityOf(base: BaseIdentity, sources: PriceBookSources): PriceBookIdentity {
  return {
    name: base.name,
    version: base.version,
    date: base.date,
    supplementDate: supplement.date,
    overrides: sources.overrides.length,
    aliases: sources.aliases.length,
  };
}

/**
 * Makes the price book of some sources: a project's overrides decide before our supplement, and that
 * before the base. Aliases are resolved first, and once: an alias of an alias is not followed.
 *
 * @throws RangeError when base data is given that is not valid
 */
export function createPriceBook(sources: PriceBookSources): PriceBook {
  const prices = new LayeredPrices(sources);
  const findUnitPrices = (query: UnitPriceQuery) => prices.find(query);
  return {
    identity: identityOf(prices.identity, sources),
    findUnitPrices,
    contextWindowTokens(model, providerName) {
      if (providerName !== null && isSelfHosted(providerName)) return null;
      const listed = findUnitPrices({ providerName, model, atMs: null });
      if (listed !== null && listed.contextWindowTokens !== null) return listed.contextWindowTokens;
      const byName = findUnitPrices({ providerName: null, model, atMs: null });
      return byName?.contextWindowTokens ?? null;
    },
    listUnitPrices: (atMs) => [
      ...prices.listOwn(atMs),
      ...prices.providers.flatMap((provider) =>
        provider.models.flatMap((model) => {
          const rule = `model "${model.id}"`;
          return prices.priceListed({ provider, model, rule }, atMs) ?? [];
        }),
      ),
    ],
  };
}

/** The book as it is installed. */
export const standardPriceBook = createPriceBook(standardSources);
