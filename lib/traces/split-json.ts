const quote = 0x22;
const backslash = 0x5c;

/** Where a scan of JSON text stands after it: bracket depth, and whether inside a string. */
interface JsonNesting {
  /** Open brackets; negative when more were closed than opened. */
  readonly depth: number;
  readonly isInString: boolean;
}

/** Counts open brackets at the end of a text, ignoring those inside strings. */
export function measureNesting(text: string): JsonNesting {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === backslash) at++;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (isOpening(code)) depth++;
    else if (isClosing(code) && --depth < 0) break;
  }
  return { depth, isInString };
}

/**
 * Cuts a text into the objects and arrays that are written one after the other in it.
 *
 * Recorders that lose a line break leave two records on one line. White space and commas between
 * values are dropped. The last piece may be incomplete: it is returned as it stands.
 */
export function splitJsonValues(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === backslash) at++;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (isOpening(code)) depth++;
    else if (isClosing(code) && --depth === 0) {
      pieces.push(withoutSeparators(text.slice(start, at + 1)));
      start = at + 1;
    }
  }
  const rest = withoutSeparators(text.slice(start));
  if (rest !== '') pieces.push(rest);
  return pieces;
}

function withoutSeparators(piece: string): string {
  return piece.replace(/^[\s,]+/, '').trimEnd();
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}
