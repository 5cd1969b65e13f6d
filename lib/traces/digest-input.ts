import { asObject } from './json-value';

/** Deepest nesting of arguments that is digested. */
const digestDepthMax = 64;

interface HashState {
  high: number;
  low: number;
}

/**
 * Digests the arguments of a call, so that equal arguments can be told without keeping them.
 *
 * 53-bit cyrb53 (public domain, bryc, 2018) over the arguments with their keys sorted: not
 * cryptographic, and about one collision in 10^4 sets of a million distinct arguments. Absent
 * arguments, and arguments nested deeper than {@link digestDepthMax}, have no digest.
 */
export function digestInput(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const state: HashState = { high: 0xdeadbeef, low: 0x41c6ce57 };
  return feedValue(state, value, 0) ? finish(state) : null;
}

/** Digests a text: of its JSON value where it is JSON, so that spelling does not matter. */
export function digestText(text: string): string | null {
  const head = text.trimStart().charCodeAt(0);
  if (head !== 0x7b && head !== 0x5b) return digestInput(text);
  try {
    return digestInput(JSON.parse(text));
  } catch {
    return digestInput(text);
  }
}

/** Feeds a value in a form in which no two values are alike: a string is told by its length. */
function feedValue(state: HashState, value: unknown, depth: number): boolean {
  if (typeof value === 'string') {
    feedString(state, value);
    return true;
  }
  if (typeof value !== 'object' || value === null) {
    feed(state, `${String(value)},`);
    return true;
  }
  if (depth >= digestDepthMax) return false;
  if (Array.isArray(value)) {
    feed(state, '[');
    for (const element of value) if (!feedValue(state, element, depth + 1)) return false;
    feed(state, ']');
    return true;
  }
  const object = asObject(value) ?? {};
  feed(state, '{');
  for (const key of Object.keys(object).sort()) {
    feedString(state, key);
    if (!feedValue(state, object[key], depth + 1)) return false;
  }
  feed(state, '}');
  return true;
}

function feedString(state: HashState, text: string): void {
  feed(state, `"${text.length}:`);
  feed(state, text);
}

function feed(state: HashState, text: string): void {
  let { high, low } = state;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  state.high = high;
  state.low = low;
}

function finish(state: HashState): string {
  const { high, low } = state;
  const mixedHigh =
    Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  const mixedLow =
    Math.imul(low ^ (low >>> 16), 2246822507) ^
    Math.imul(mixedHigh ^ (mixedHigh >>> 13), 3266489909);
  const hash = 4294967296 * (2097151 & mixedLow) + (mixedHigh >>> 0);
  return hash.toString(16).padStart(14, '0');
}
