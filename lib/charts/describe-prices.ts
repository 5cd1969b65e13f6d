import type { PriceBookIdentity } from '../cost/price-book';
import { formatCount, formatCounted, formatTokens, formatUtcDate } from '../format';

const dayMs = 86_400_000;

/** What a project's traces name, and whether it has a price. */
interface SeenName {
  readonly providerName: string | null;
  readonly model: string | null;
  readonly unpricedCalls: number;
  readonly resolution: { readonly kind: 'priced' | 'unpriced' };
}

/** What the head of a page of prices says. */
interface PricesFinding {
  readonly headline: string;
  readonly lede: string;
}

/**
 * Age of a day of a price book.
 *
 * @param day YYYY-MM-DD
 * @returns whole days, at least 0; null where the day is none
 */
function ageInDays(day: string, nowMs: number): number | null {
  const dayMsUtc = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(dayMsUtc) ? null : Math.max(0, Math.floor((nowMs - dayMsUtc) / dayMs));
}

/** Age of a day in words: `today`, `1 day old`, `59 days old`. */
export function describeAge(day: string, nowMs: number): string {
  const days = ageInDays(day, nowMs);
  if (days === null) return 'of unknown age';
  return days === 0 ? 'of today' : `${formatCounted(days, 'day')} old`;
}

/** Which prices are in use, as one line. */
function describeIdentity(identity: PriceBookIdentity): string {
  const { name, version, date, supplementDate, overrides = 0, aliases = 0 } = identity;
  return [
    `${name} ${version} of ${formatUtcDate(date)}`,
    ...(supplementDate === undefined ? [] : [`supplement of ${formatUtcDate(supplementDate)}`]),
    ...(overrides === 0 ? [] : [formatCounted(overrides, 'override')]),
    ...(aliases === 0 ? [] : [formatCounted(aliases, 'alias', 'aliases')]),
  ].join(', ');
}

interface ProjectPricesFacts {
  readonly identity: PriceBookIdentity;
  readonly seenModels: readonly SeenName[];
  readonly unpricedCalls: number;
  readonly unpricedTokens: number;
}

/** Whether every model of a project has a price, and how much is left out where one has none. */
export function describeProjectPrices(facts: ProjectPricesFacts, nowMs: number): PricesFinding {
  const { identity, seenModels, unpricedCalls, unpricedTokens } = facts;
  const lede = `Prices of ${describeIdentity(identity)}.`;
  const models = new Map<string, boolean>();
  for (const { providerName, model, resolution, unpricedCalls: without } of seenModels) {
    const key = JSON.stringify([providerName, model]);
    const isPriced = resolution.kind === 'priced' && without === 0;
    models.set(key, (models.get(key) ?? true) && isPriced);
  }
  if (models.size === 0) return { headline: 'No calls to price yet', lede };
  const unpriced = [...models.values()].filter((isPriced) => !isPriced).length;
  if (unpriced === 0) {
    const all =
      models.size === 1 ? 'The one model is' : `All ${formatCount(models.size)} models are`;
    return { headline: `${all} priced; the book is ${describeAge(identity.date, nowMs)}`, lede };
  }
  return {
    headline: `${formatCount(unpriced)} of ${formatCounted(models.size, 'model')} ${unpriced === 1 ? 'lacks' : 'lack'} a price: ${formatCounted(unpricedCalls, 'call')} ${unpricedCalls === 1 ? 'is' : 'are'} unpriced`,
    lede: `Their ${formatTokens(unpricedTokens)} tokens are in no total. Say below what the names stand for, or what they cost. ${lede}`,
  };
}

interface BookFacts {
  readonly identity: PriceBookIdentity;
  readonly isBaseReplaced: boolean;
  readonly providers: readonly { readonly models: number }[];
}

/** How large the book is and how old. */
export function describeBook(book: BookFacts, nowMs: number): PricesFinding {
  const { identity, providers, isBaseReplaced } = book;
  const models = providers.reduce((sum, one) => sum + one.models, 0);
  return {
    headline: `${formatCounted(models, 'model')} of ${formatCounted(providers.length, 'provider')}, in a book that is ${describeAge(identity.date, nowMs)}`,
    lede: `${describeIdentity(identity)}${isBaseReplaced ? ', brought in here in place of what is installed' : ''}. List prices in dollars; discounts, credits and taxes are not in them.`,
  };
}

/** Why calls of a model are not priced, and what can be done. */
export const unpricedReasonText = {
  unnamed: 'The traces name no model for these calls.',
  opaque_name:
    'A resource name does not tell its model. Say which model of the book it stands for.',
  self_hosted: 'It runs on machines of your own, which bill nothing per token.',
  unknown_model: 'No layer of the book knows this name. It may be a deployment, or too new.',
  no_unit_price: 'The book knows the model, and lacks a price for tokens that the calls used.',
} as const;
