/**
 * Whether a name is a pattern's: `*` stands for anything, and all else for itself.
 *
 * Takes time in proportion to both lengths at most, whatever the pattern. Both are compared as they
 * are, so lower-case them first.
 */
export function matchesWildcard(pattern: string, name: string): boolean {
  let at = 0;
  let nameAt = 0;
  let starAt = -1;
  let retryAt = 0;
  while (nameAt < name.length) {
    if (pattern[at] === '*') {
      starAt = at++;
      retryAt = nameAt;
    } else if (at < pattern.length && pattern[at] === name[nameAt]) {
      at++;
      nameAt++;
    } else if (starAt >= 0) {
      at = starAt + 1;
      nameAt = ++retryAt;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
