import { WritePriceOverride as schema, type WritePriceOverride } from '@/lib/contracts/prices';
import type { PriceOverride } from '@/lib/cost/price-override';
import { pricedParts } from '@/lib/cost/unit-prices';

/** Fields of the form of a price, as they are typed. */
const draftFields = [
  'providerName',
  'model',
  ...pricedParts,
  'discountPercent',
  'effectiveFrom',
  'effectiveTo',
  'note',
] as const;
export type DraftField = (typeof draftFields)[number];
export type OverrideDraft = Readonly<Record<DraftField, string>>;

const empty: OverrideDraft = {
  providerName: '',
  model: '',
  input: '',
  cacheRead: '',
  cacheWrite5m: '',
  cacheWrite1h: '',
  output: '',
  reasoning: '',
  discountPercent: '',
  effectiveFrom: '',
  effectiveTo: '',
  note: '',
};

/** A price as the form begins with it. */
export function draftOf(initial: Partial<PriceOverride>): OverrideDraft {
  const prices = initial.usdPerMtok ?? {};
  const discount = initial.discountShare ?? null;
  return {
    ...empty,
    providerName: initial.providerName ?? '',
    model: initial.model ?? '',
    ...Object.fromEntries(
      pricedParts.map((part) => [part, prices[part] === undefined ? '' : String(prices[part])]),
    ),
    // Twelve digits: 0.07 × 100 is not quite 7 in binary.
    discountPercent: discount === null ? '' : String(Number((discount * 100).toPrecision(12))),
    effectiveFrom: initial.effectiveFrom ?? '',
    effectiveTo: initial.effectiveTo ?? '',
    note: initial.note ?? '',
  };
}

/** What was typed as a price to send, or what is wrong with it by field; '' is the whole. */
export type ReadDraft =
  | { readonly body: WritePriceOverride; readonly errors: null }
  | { readonly body: null; readonly errors: ReadonlyMap<string, string> };

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** A typed amount; NaN for text that is none. */
function amountOf(text: string): number | undefined {
  const plain = text.trim().replace(/^\$/, '').replaceAll(',', '');
  return plain === '' ? undefined : Number(plain);
}

/** Reads what was typed. */
export function readDraft(draft: OverrideDraft): ReadDraft {
  const prices = Object.fromEntries(
    pricedParts.flatMap((part) => {
      const amount = amountOf(draft[part]);
      return amount === undefined ? [] : [[part, amount]];
    }),
  );
  const percent = amountOf(draft.discountPercent);
  const body = {
    providerName: orNull(draft.providerName),
    model: draft.model.trim(),
    usdPerMtok: prices,
    discountShare: percent === undefined ? null : percent / 100,
    effectiveFrom: orNull(draft.effectiveFrom),
    effectiveTo: orNull(draft.effectiveTo),
    note: draft.note.trim(),
  };
  const parsed = schema.safeParse(body);
  if (parsed.success) return { body, errors: null };
  const errors = new Map<string, string>();
  for (const { path, message } of parsed.error.issues) {
    const [first, second] = path;
    const field = first === 'usdPerMtok' ? (second ?? '') : first;
    const name = field === 'discountShare' ? 'discountPercent' : String(field ?? '');
    if (!errors.has(name)) errors.set(name, messageFor(name, message));
  }
  return { body: null, errors };
}

function messageFor(field: string, message: string): string {
  if (field === 'discountPercent') return 'A number from 0 to 100.';
  if ((pricedParts as readonly string[]).includes(field)) {
    return 'Dollars for a million tokens: a number of at least 0.';
  }
  return message;
}
