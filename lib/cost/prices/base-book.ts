import { isSelfHosted, modelNameCandidates, resolveProvider } from '../model-names';
import { coversVersion, describeMatch, matchesRule } from './match-rule';
import type { DataModel, DataProvider, ModelPrices, PriceConstraint } from './price-data';

/** A model of the base and how it was found. */
export interface BaseModel {
  readonly provider: DataProvider;
  readonly model: DataModel;
  readonly rule: string;
}

/** Prices of a model in one period. */
export interface BasePrices {
  readonly prices: ModelPrices;
  readonly constraint: PriceConstraint | null;
}

/** The book also reads `-YYYYMMDD` as `-YYYY-MM-DD`. */
function spellDate(name: string): string {
  return name.replace(/-(20\d{2})(\d{2})(\d{2})(?=-|:|$)/g, '-$1-$2-$3');
}

function findInProvider(
  providers: readonly DataProvider[],
  provider: DataProvider,
  name: string,
): DataModel | null {
  const own = provider.models.find((model) => matchesRule(model.match, name));
  if (own !== undefined) return own;
  for (const id of provider.fallback_model_providers ?? []) {
    const other = providers.find((one) => one.id === id);
    const model = other?.models.find((one) => matchesRule(one.match, name));
    if (model !== undefined) return model;
  }
  return null;
}

function findByName(
  providers: readonly DataProvider[],
  providerId: string | null,
  name: string,
): BaseModel | null {
  const provider = providers.find((one) =>
    providerId === null
      ? one.model_match !== undefined && matchesRule(one.model_match, name)
      : one.id === providerId,
  );
  if (provider === undefined) return null;
  const dated = spellDate(name);
  const model =
    findInProvider(providers, provider, name) ??
    (dated === name ? null : findInProvider(providers, provider, dated));
  if (model === null) return null;
  const covered = [name, dated].find((one) => coversVersion(model.match, one));
  if (covered === undefined) return null;
  return { provider, model, rule: describeMatch(model.match, covered) };
}

/**
 * Finds where a model stands in the base: with its provider first, then by its name alone.
 *
 * The first rule that takes a name decides, and it has to name this very version: a shorter version
 * number is another model.
 */
export function findBaseModel(
  providers: readonly DataProvider[],
  providerName: string | null,
  model: string,
): BaseModel | null {
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
      const found = findByName(providers, providerId, name);
      if (found !== null) return found;
    }
  }
  return null;
}

/** Whether prices of a model depend on the time of day. */
export function changesWithinDay({ prices }: DataModel): boolean {
  return (
    Array.isArray(prices) &&
    prices.some(({ constraint }) => constraint !== undefined && 'start_time' in constraint)
  );
}

const daySeconds = 86_400;

/** Second of the UTC day of a time with its offset, such as `16:30:00+08:00`. */
function secondOfDay(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.slice(0, 8).split(':').map(Number);
  const zone = /([+-])(\d{2}):(\d{2})$/.exec(time);
  const offset = zone === null ? 0 : Number(zone[2]) * 3_600 + Number(zone[3]) * 60;
  const utc = hours * 3_600 + minutes * 60 + seconds - (zone?.[1] === '-' ? -offset : offset);
  return (utc + daySeconds) % daySeconds;
}

function holdsAt(constraint: PriceConstraint, atMs: number): boolean {
  if ('start_date' in constraint) return atMs >= Date.parse(constraint.start_date);
  const at = (((atMs / 1_000) % daySeconds) + daySeconds) % daySeconds;
  const start = secondOfDay(constraint.start_time);
  const end = secondOfDay(constraint.end_time);
  return end < start ? at >= start || at < end : at >= start && at < end;
}

/** Prices of a model that were in force at a moment: of several that were, the last of the book. */
export function basePricesAt({ prices }: DataModel, atMs: number): BasePrices {
  if (!Array.isArray(prices)) return { prices, constraint: null };
  const found = prices.findLast(
    ({ constraint }) => constraint === undefined || holdsAt(constraint, atMs),
  );
  const inForce = found ?? prices[0];
  return { prices: inForce?.prices ?? {}, constraint: inForce?.constraint ?? null };
}
