import { Composer, LineCounter, type ParsedNode, Parser } from 'yaml';
import { findTextFault } from './find-text-fault';
import { growTree, type LocatedValue, type TreeFault } from './grow-tree';

/** A text read as a tree of plain values with their places. */
export interface ParsedTree {
  readonly root: LocatedValue;
  /** Line and column, both from 1, of a place in the text. */
  readonly positionOf: (offset: number) => { readonly line: number; readonly column: number };
}

/** What reading a text as YAML ends with: a tree, or faults with offsets in the text. */
export type TreeResult =
  | { readonly kind: 'tree'; readonly tree: ParsedTree }
  | { readonly kind: 'faults'; readonly faults: readonly TreeFault[]; readonly tree: ParsedTree };

/**
 * Reads one YAML 1.2 document (JSON is YAML) into plain values.
 *
 * Size, nesting and aliases are capped before and while the tree is built; tags, directives, merge
 * keys and keys that are not text are refused.
 */
export function parseTree(text: string): TreeResult {
  const lines = new LineCounter();
  const empty: LocatedValue = { value: undefined, at: 0, entries: null, items: null };
  const positionOf = (offset: number) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fail = (faults: readonly TreeFault[]): TreeResult => ({
    kind: 'faults',
    faults,
    tree: { root: empty, positionOf },
  });
  const textFault = findTextFault(text);
  if (textFault !== null) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (at >= textFault.at) break;
      lines.addNewLine(at + 1);
    }
    if (lines.lineStarts[0] !== 0) lines.lineStarts.unshift(0);
    return fail([textFault]);
  }
  const composed = compose(text, lines);
  if (composed.faults.length > 0) return fail(composed.faults);
  const grown = growTree(composed.contents);
  if (grown.faults.length > 0) return fail(grown.faults);
  return { kind: 'tree', tree: { root: grown.root, positionOf } };
}

function compose(
  text: string,
  lines: LineCounter,
): { readonly contents: ParsedNode | null; readonly faults: readonly TreeFault[] } {
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const directive = tokens.find((token) => token.type === 'directive');
  if (directive !== undefined) {
    return failAt(
      directive.offset,
      'Lines that begin with % change how YAML is read: leave them out.',
    );
  }
  // A broken file can hold a million faults: stack traces of each would take minutes.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const composer = new Composer({ uniqueKeys: false, merge: false, version: '1.2' });
    const documents = [...composer.compose(tokens)];
    const [document, second] = documents;
    if (document === undefined) return failAt(0, 'The file is empty: a scenario is expected.');
    if (second !== undefined) {
      return failAt(second.range[0], 'A second document begins here: a file holds one scenario.');
    }
    const faults = document.errors.slice(0, maxFaults).map(({ pos, message }) => ({
      at: pos[0],
      message: `This cannot be read as YAML: ${message.replace(/\.?\s*$/, '')}.`,
    }));
    return { contents: document.contents, faults };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const maxFaults = 50;

function failAt(at: number, message: string) {
  return { contents: null, faults: [{ at, message }] };
}
