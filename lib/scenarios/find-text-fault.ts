import { Lexer } from 'yaml';
import { formatCount } from '../format';
import { maxDepth, type TreeFault } from './grow-tree';

/** Longest text of a scenario, in UTF-16 units. */
export const maxScenarioChars = 1_000_000;
/** What to do about a scenario that is too long. */
export const shorten = 'say long lists of values as a law, or recorded times as a rate';
const maxTokens = 500_000;
const maxIndent = 512;

/**
 * Finds what makes a text too much to be read at all: its length, its tokens, or its nesting, which
 * would overflow the stack of what reads it. Time is linear in the text.
 */
export function findTextFault(text: string): TreeFault | null {
  if (text.length > maxScenarioChars) {
    return {
      at: 0,
      message: `The file is longer than ${formatCount(maxScenarioChars)} characters: ${shorten}.`,
    };
  }
  let at = 0;
  let tokens = 0;
  let flowDepth = 0;
  let lineDepth = 0; // block collections that begin on this line
  let isLineStart = true;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > maxTokens) {
      return { at, message: `The file has more than ${maxTokens} parts: make it shorter.` };
    }
    if (token === '[' || token === '{') flowDepth += 1;
    else if (token === ']' || token === '}') flowDepth -= 1;
    else if (token === '\n' || token === '\r\n') lineDepth = 0;
    else if (flowDepth === 0 && (token === '-' || token === '?' || token === ':')) lineDepth += 1;
    const isIndent = isLineStart && token.length > maxIndent && token.trim() === '';
    if (flowDepth > maxDepth || lineDepth > maxDepth || isIndent) {
      return { at, message: `Values nest ${maxDepth} deep at most.` };
    }
    isLineStart = token.endsWith('\n');
    // Marks of the lexer itself are in no text: byte order mark, document, flow error, scalar.
    if (!lexerMarks.has(token)) at += token.length;
  }
  return null;
}

const lexerMarks = new Set(['\u0002', '\u0018', '\u001f']);
