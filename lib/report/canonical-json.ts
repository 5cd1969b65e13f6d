const maxDepth = 256;

/**
 * Writes a value as canonical JSON, so that equal values have equal bytes and equal hashes.
 *
 * Object keys are sorted by UTF-16 code units, numbers and strings are written as ECMAScript does,
 * and there is no white space. Properties that are undefined are left out.
 *
 * @throws TypeError for what has no canonical form: a number that is not finite, a lone surrogate,
 *   an undefined array element, or an object that is neither plain nor an array
 * @throws RangeError beyond 256 levels of nesting, which also ends a cycle
 * @see RFC 8785, JSON Canonicalization Scheme
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > maxDepth) throw new RangeError(`Got more than ${maxDepth} levels of nesting.`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      throw new TypeError(`Got ${value} when expected a finite number.`);
    }
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    // Array.from visits holes too, which map would skip.
    return `[${Array.from(value, (item) => write(item, depth + 1)).join(',')}]`;
  }
  if (typeof value === 'object') return writeObject(value, depth);
  throw new TypeError(`Got a value of type ${typeof value} when expected JSON.`);
}

function writeString(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new TypeError('Got a string with a lone surrogate.');
  return JSON.stringify(text);
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw new TypeError('Got an object that is not plain when expected JSON.');
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${writeString(key)}:${write(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}
