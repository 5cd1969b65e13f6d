/** A name in the middle of a sentence; abbreviations such as "SQL pool" stay as they are. */
export function lowerFirst(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
