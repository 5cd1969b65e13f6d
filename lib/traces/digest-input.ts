/** Deepest nesting of arguments that is digested. */
const digestDepthMax = 64;

/**
 * Digests the arguments of a call, so that equal arguments can be told without keeping them.
 *
 * 53-bit cyrb53 (public domain, bryc, 2018) over the arguments as JSON with sorted keys: not
 * cryptographic, and about one collision in 10^4 sets of a million distinct arguments. Absent
 * arguments, and arguments nested deeper than {@link digestDepthMax}, have no digest.
 */
export function digestInput(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const parts: string[] = [];
  if (!writeCanonical(value, parts, 0)) return null;
  return hash53(parts.join('')).toString(16).padStart(14, '0');
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

function writeCanonical(value: unknown, parts: string[], depth: number): boolean {
  if (typeof value !== 'object' || value === null) {
    parts.push(JSON.stringify(value) ?? 'null');
    return true;
  }
  if (depth >= digestDepthMax) return false;
  if (Array.isArray(value)) {
    parts.push('[');
    for (const element of value) {
      if (!writeCanonical(element, parts, depth + 1)) return false;
      parts.push(',');
    }
    parts.push(']');
    return true;
  }
  parts.push('{');
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [key, member] of entries) {
    parts.push(JSON.stringify(key), ':');
    if (!writeCanonical(member, parts, depth + 1)) return false;
    parts.push(',');
  }
  parts.push('}');
  return true;
}

function hash53(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
