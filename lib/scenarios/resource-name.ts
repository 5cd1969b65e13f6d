const maxChars = 80;

/**
 * A name that a scenario takes for a resource: letters, digits, space, - and _, the first a letter.
 *
 * @param fallback taken where no letter is left, or the name is reserved
 */
export function resourceNameOf(text: string, fallback: string): string {
  const name = text
    .replaceAll(/[^\w -]+/g, '-')
    .replace(/^[^a-zA-Z]+/, '')
    .slice(0, maxChars)
    .trim();
  return name === '' || name in Object.prototype || name === 'prototype' ? fallback : name;
}
