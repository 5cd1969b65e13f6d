import { Document, isMap, isNode, isSeq } from 'yaml';

/** Something to be said above a value. */
export interface Remark {
  /** Keys and indexes that lead to the value; the last ones may be missing from it, which says nothing. */
  readonly path: readonly (string | number)[];
  readonly text: string; // what stands after a line break is not wrapped
}

const maxLineChars = 96;

/** Writes a value as YAML, each remark as a comment on the lines above what it is about. */
export function renderYaml(value: unknown, remarks: readonly Remark[]): string {
  const document = new Document(value);
  for (const { path, text } of remarks) {
    const parent = document.getIn(path.slice(0, -1), true);
    const last = path.at(-1);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isNode(key) && key.toJSON() === last)?.key
      : isSeq(parent)
        ? parent.items[Number(last)]
        : undefined;
    if (!isNode(pair)) continue;
    const width = maxLineChars - 2 * (path.length - 1);
    pair.commentBefore = text
      .split('\n')
      .flatMap((line, i) => (i === 0 ? wrap(line, width) : [line]))
      .map((line) => ` ${line}`)
      .join('\n');
  }
  return document.toString({ lineWidth: 0 });
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
