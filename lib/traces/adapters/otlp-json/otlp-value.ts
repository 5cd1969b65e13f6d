import { asArray, asObject, readLong, readName } from '../../json-value';

/** A value of an attribute that is read; lists and maps are kept as JSON values. */
export type AttributeValue = string | number | boolean | bigint | readonly unknown[] | object;

/** Attributes of a span or resource by key. A map, so that no key can reach a prototype. */
export type Attributes = ReadonlyMap<string, AttributeValue>;

/** Most attributes read of one span or resource. */
const attributesMax = 4096;

/**
 * Reads attributes, written as a list of `{key, value: AnyValue}` or as a flat object.
 *
 * Of a repeated key the last one counts. Beyond {@link attributesMax} the rest is dropped.
 */
export function readAttributes(value: unknown): Attributes {
  const attributes = new Map<string, AttributeValue>();
  if (Array.isArray(value)) {
    for (const element of value.slice(0, attributesMax)) {
      const pair = asObject(element);
      if (typeof pair?.key !== 'string') continue;
      const read = readAnyValue(pair.value);
      if (read !== null) attributes.set(pair.key, read);
    }
    return attributes;
  }
  const flat = asObject(value);
  if (flat === null) return attributes;
  for (const [key, member] of Object.entries(flat).slice(0, attributesMax)) {
    if (isPlain(member)) attributes.set(key, member);
  }
  return attributes;
}

function isPlain(value: unknown): value is AttributeValue {
  return (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    (typeof value === 'object' && value !== null)
  );
}

function readAnyValue(value: unknown): AttributeValue | null {
  const any = asObject(value);
  if (any === null) return isPlain(value) ? value : null;
  if (typeof any.stringValue === 'string') return any.stringValue;
  if (any.intValue !== undefined && any.intValue !== null) return readInteger(any.intValue);
  if (any.doubleValue !== undefined && any.doubleValue !== null) return Number(any.doubleValue);
  if (typeof any.boolValue === 'boolean') return any.boolValue;
  const list = asObject(any.arrayValue);
  if (list !== null) return asArray(list.values).map(readScalar);
  if (asObject(any.kvlistValue) !== null) return any;
  return null;
}

function readScalar(value: unknown): unknown {
  const any = asObject(value);
  return any?.stringValue ?? any?.intValue ?? any?.doubleValue ?? any?.boolValue ?? null;
}

function readInteger(value: unknown): AttributeValue | null {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return readLong(value);
}

/**
 * Reads a trace or span id as lower-case hex.
 *
 * Accepts hex of either case, base64 of 8 or 16 bytes (protobuf's own JSON), and a dumped Buffer.
 *
 * @returns null for an empty, all-zero or unreadable id
 */
export function readId(value: unknown): string | null {
  const bytes = asObject(value)?.data;
  if (Array.isArray(bytes)) {
    if (bytes.length > 32 || !bytes.every(isByte)) return null;
    return withoutZero(bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  const text = readName(value);
  if (text === null) return null;
  if (/^[0-9a-fA-F]+$/.test(text)) return withoutZero(text.toLowerCase());
  return /^([A-Za-z0-9+/]{11}=|[A-Za-z0-9+/]{22}==)$/.test(text) ? hexOfBase64(text) : null;
}

function hexOfBase64(text: string): string | null {
  const hex = [...atob(text)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'));
  return withoutZero(hex.join(''));
}

function isByte(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

function withoutZero(id: string): string | null {
  return /^0*$/.test(id) ? null : id;
}

/**
 * Reads a time in nanoseconds since 1970 as milliseconds, keeping the fraction.
 *
 * Accepts a decimal string, a number, a `Long`, and the pair `[seconds, nanoseconds]`.
 *
 * @returns null when absent, zero or unreadable
 */
export function readNanosMs(value: unknown): number | null {
  if (Array.isArray(value)) {
    const [sec, nanos] = value;
    if (typeof sec !== 'number' || typeof nanos !== 'number') return null;
    return positive(sec * 1000 + nanos / 1e6);
  }
  if (typeof value === 'number') return positive(value / 1e6);
  if (typeof value === 'string') {
    if (!/^\d{1,20}$/.test(value)) return null;
    return positive(Number(value.slice(0, -6)) + Number(value.slice(-6)) / 1e6);
  }
  const long = readLong(value);
  return long === null ? null : positive(Number(long / 1000n) / 1000);
}

function positive(timeMs: number): number | null {
  return Number.isFinite(timeMs) && timeMs > 0 ? timeMs : null;
}
