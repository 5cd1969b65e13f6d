/** Longest pattern that is run at all. */
const patternLengthMax = 400;
/** Longest name that a pattern is run on. */
const nameLengthMax = 200;
/** Ways through a pattern that a matcher may have to try on one name. */
const waysMax = 50_000;
const repeatsMax = 100;

const plainLetter = /^[^()[\]{}|*+?\\^$.]/;
const escaped = /^\\(?:[dDwWsS]|[!-/:-@[-`{-~])/;
const letterClass = /^\[(?!\^\])\^?(?:\\(?:[dDwWsS]|[!-/:-@[-`{-~])|[^\\\]])+\]/;
const opening = /^\((?:\?[:=!])?/;
const quantifierText = /^(?:[*+?]|\{(\d{1,3})(,(\d{1,3})?)?\})\??/;

/** Reads a pattern of the allowed grammar and counts the ways through it; null for any other. */
class PatternReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  count(): number | null {
    const ways = this.#readChoice();
    return this.#at === this.#pattern.length ? ways : null;
  }

  /** Alternatives up to the end or to the parenthesis that closes them: their ways add up. */
  #readChoice(): number | null {
    let ways = 0;
    do {
      const branch = this.#readSequence();
      if (branch === null) return null;
      ways += branch;
    } while (this.#take(/^\|/) !== null);
    return ways;
  }

  /** What stands one after the other: each way goes with each of the next. */
  #readSequence(): number | null {
    let ways = 1;
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#pattern.charAt(this.#at))) {
      const part = this.#readPart();
      if (part === null) return null;
      ways *= part;
    }
    return ways;
  }

  #readPart(): number | null {
    if (this.#take(/^[\^$]/) !== null) return 1;
    const group = this.#take(opening);
    if (group === null) {
      const isLetter = [plainLetter, /^\./, escaped, letterClass].some(
        (letter) => this.#take(letter) !== null,
      );
      return isLetter ? this.#readRepeats() : null;
    }
    const ways = this.#readChoice();
    if (ways === null || this.#take(/^\)/) === null) return null;
    const mayBeOptional = group === '(' || group === '(?:';
    return mayBeOptional && this.#take(/^\?\??/) !== null ? ways + 1 : ways;
  }

  /** How often a single letter may be repeated. A group never is, and so is no part of one. */
  #readRepeats(): number | null {
    const [text, least, comma, most] = quantifierText.exec(this.#rest()) ?? [];
    if (text === undefined) return 1;
    this.#at += text.length;
    if (text.startsWith('?')) return 2;
    const low = Number(least ?? 0);
    if (low > repeatsMax || Number(most ?? 0) > repeatsMax) return null;
    if (least !== undefined && comma === undefined) return 1;
    return most === undefined ? nameLengthMax + 1 : Number(most) - low + 1;
  }

  #rest(): string {
    return this.#pattern.slice(this.#at);
  }

  #take(token: RegExp): string | null {
    const [text] = token.exec(this.#rest()) ?? [];
    if (text === undefined) return null;
    this.#at += text.length;
    return text;
  }
}

/**
 * Whether a regular expression out of somebody's data can be run on short names in bounded time.
 *
 * Takes letters, classes of letters, anchors, groups, alternatives and looking ahead; a single letter
 * may be repeated, a group may be left out. All else is refused, and so is a pattern with more ways
 * through it than could be tried: a matcher that goes back tries each of them once at most, from
 * every letter of the name unless the pattern is tied to its start.
 */
export function isSafePattern(pattern: string): boolean {
  if (pattern.length > patternLengthMax) return false;
  const ways = new PatternReader(pattern).count();
  if (ways === null) return false;
  const starts = startsEveryBranch(pattern) ? 1 : nameLengthMax + 1;
  if (!(ways * starts <= waysMax)) return false;
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/** Whether each alternative of the whole pattern is tied to the start of the name. */
function startsEveryBranch(pattern: string): boolean {
  const plain = pattern.replace(/\\./g, 'x').replace(/\[[^\]]+\]/g, 'x');
  let depth = 0;
  let isStart = true;
  for (const letter of plain) {
    if (isStart && letter !== '^') return false;
    isStart = letter === '|' && depth === 0;
    if (letter === '(') depth++;
    else if (letter === ')') depth--;
  }
  return !isStart;
}
