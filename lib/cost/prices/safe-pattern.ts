/** Longest pattern that is run at all; names it is run on are capped as well. */
const patternLengthMax = 400;
/** Choices a matcher may have to try again; each multiplies the time that one name can take. */
const openQuantifiersMax = 3;
const quantifiersMax = 12;

interface Group {
  hasChoice: boolean; // holds a quantifier or an alternation
}

/** Index behind a character class that begins at `at`. */
function skipClass(pattern: string, at: number): number {
  for (let i = at + 1; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']' && i > at + 1) return i;
  }
  return pattern.length;
}

/** A quantifier at an index: its length, and whether it has a choice and an upper end. */
function readQuantifier(pattern: string, at: number) {
  const [text, repeats] = /^(?:[*+?]|\{([\d,]+)\})\??/.exec(pattern.slice(at, at + 12)) ?? [];
  if (text === undefined) return null;
  const isOpen = text[0] === '*' || text[0] === '+' || (repeats?.endsWith(',') ?? false);
  const counts = (repeats ?? '').split(',').map(Number);
  const hasChoice = repeats === undefined || repeats.includes(',');
  return { length: text.length, isOpen, hasChoice, isLarge: counts.some((one) => one > 100) };
}

/**
 * Whether a regular expression out of somebody's data can be run on short names in bounded time.
 *
 * Refuses what can take exponential time: a repeated group that itself holds a repetition or an
 * alternation, references back, and more than a few repetitions in a row.
 */
export function isSafePattern(pattern: string): boolean {
  if (pattern.length > patternLengthMax || /\\[1-9k]/.test(pattern)) return false;
  try {
    new RegExp(pattern);
  } catch {
    return false;
  }
  const groups: Group[] = [{ hasChoice: false }];
  let closed: Group | null = null;
  let open = 0;
  let all = 0;
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern[i];
    const quantifier = readQuantifier(pattern, i);
    if (quantifier !== null && pattern[i - 1] !== '(') {
      const repeatsGroup = closed?.hasChoice === true && letter !== '?';
      if (repeatsGroup || quantifier.isLarge) return false;
      if (quantifier.isOpen) open++;
      if (quantifier.hasChoice) all++;
      for (const group of groups) group.hasChoice ||= quantifier.hasChoice;
      i += quantifier.length - 1;
      closed = null;
      continue;
    }
    closed = null;
    if (letter === '\\') i++;
    else if (letter === '[') i = skipClass(pattern, i);
    else if (letter === '|') for (const group of groups) group.hasChoice = true;
    else if (letter === '(') groups.push({ hasChoice: false });
    else if (letter === ')') closed = groups.pop() ?? null;
  }
  return open <= openQuantifiersMax && all <= quantifiersMax;
}
