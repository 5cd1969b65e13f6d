import { Buffer } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Framing, FramingOptions } from '@/lib/traces/framing/framing';
import { LineSplitter } from '@/lib/traces/framing/line-splitter';
import { type MessageLayout, MessageSplitter } from '@/lib/traces/framing/message-splitter';
import { TableFraming } from '@/lib/traces/framing/table-framing';
import { detectTable } from '@/lib/traces/framing/table-rows';
import { ValueSplitter } from '@/lib/traces/framing/value-splitter';

const options: FramingOptions = {
  decode: (bytes, start, end) => Buffer.from(bytes).toString('utf8', start, end),
  joinBytes: (parts) => Buffer.concat(parts),
  recordBytesMax: 400,
};

type Found = [unknown, number];

function feed(framing: Framing, bytes: Uint8Array, sizes: readonly number[]): number | null {
  let start = 0;
  for (const size of sizes) {
    framing.push(bytes.subarray(start, start + size));
    start += size;
  }
  framing.push(bytes.subarray(start));
  return framing.end();
}

function sinkTo(found: Found[]) {
  return {
    onText: (text: string, line: number) => found.push([text, line]),
    onTooLong: (line: number) => found.push([null, line]),
  };
}

function values(text: string, sizes: readonly number[] = []): Found[] {
  const found: Found[] = [];
  const end = feed(new ValueSplitter(options, sinkTo(found)), Buffer.from(text), sizes);
  return end === null ? found : [...found, ['cut', end]];
}

function table(text: string, sizes: readonly number[] = []): Found[] {
  const found: Found[] = [];
  const layout = detectTable(text);
  if (layout === null) return [];
  const framing = new TableFraming(options, layout, {
    onRow: (row, line) => found.push([{ ...row }, line]),
    onTooLong: (line) => found.push([null, line]),
    onIssue: (kind, line, _, count) => found.push([`${kind} ${count}`, line ?? 0]),
  });
  feed(framing, Buffer.from(text), sizes);
  return found;
}

describe('elements of a list', () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), {
    maxLength: 8,
  });

  test('come one by one, minified or printed, with the line they begin on', () => {
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1, 2, '\t'), (list, indent) => {
        const text = JSON.stringify(list, null, indent);
        const found = new ValueSplitter({ ...options, recordBytesMax: 1e6 }, sinkTo([]));
        expect(found.isListOpen).toBe(false);
        const read: Found[] = [];
        feed(
          new ValueSplitter({ ...options, recordBytesMax: 1e6 }, sinkTo(read)),
          Buffer.from(text),
          [],
        );
        // The text itself is the oracle: JSON has no negative zero.
        expect(read.map(([element]) => JSON.parse(String(element)))).toEqual(JSON.parse(text));
        const lines = text.split('\n');
        for (const [, line] of read) expect(lines[Number(line) - 1]).toMatch(/\{/);
      }),
    );
  });

  test('a comma too many and a bracket too few are put up with', () => {
    expect(values('[{"a":1},\n{"b":2},\n]')).toEqual([
      ['{"a":1}', 1],
      ['{"b":2}', 2],
    ]);
    expect(values('[\n{"a":1}')).toEqual([['{"a":1}', 2]]);
  });

  test('printed documents one after the other, and arrays within a file, are all read', () => {
    const text = '{\n "a": 1\n}\n{\n "b": 2\n}[{"c":3},[4]]';
    expect(values(text).map(([value, line]) => [JSON.parse(String(value)), line])).toEqual([
      [{ a: 1 }, 1],
      [{ b: 2 }, 4],
      [{ c: 3 }, 6],
      [[4], 6],
    ]);
  });

  test('a quote that is missing costs one element', () => {
    const text = '[\n  {\n    "a": "x\n  },\n  {\n    "a": "y"\n  },\n  {}\n]';
    const found = values(text);
    expect(found.map(([, line]) => line)).toEqual([2, 5, 8]);
    expect(JSON.parse(String(found[1]?.[0]))).toEqual({ a: 'y' });
  });

  test('an element beyond the limit is passed over without being held', () => {
    const long = JSON.stringify({ text: 'z'.repeat(500) });
    expect(values(`[{"a":1},${long},{"b":2}]`)).toEqual([
      ['{"a":1}', 1],
      [null, 1],
      ['{"b":2}', 1],
    ]);
  });

  test('a list of 32 MB on one line is cut without being held', () => {
    const chunk = Buffer.from(`${JSON.stringify({ text: 'a\\"]}'.repeat(40) })},`.repeat(100));
    let count = 0;
    const splitter = new ValueSplitter(options, {
      onText: () => count++,
      onTooLong: () => expect.unreachable(),
    });
    splitter.push(Buffer.from('['));
    const rounds = Math.ceil(32e6 / chunk.length);
    for (let round = 0; round < rounds; round++) splitter.push(chunk);
    splitter.push(Buffer.from(']'));
    expect(splitter.end()).toBeNull();
    expect(splitter.isListOpen).toBe(false);
    expect(count).toBe(rounds * 100);
  });

  test('an element that is cut off says so', () => {
    expect(values('[{"a":1},{"b":').at(-1)).toEqual(['cut', 1]);
  });
});

describe('rows of a table', () => {
  test.each([
    [',', '\n'],
    [';', '\r\n'],
    ['\t', '\n'],
  ])('parted by %j and ended by %j keep quotes, line breaks and lines', (delimiter, ending) => {
    const rows = [
      ['a', 'b'],
      ['1', '"x\ny"'],
      ['2', `"say ""hi""${delimiter} z"`],
      ['3', ''],
    ];
    const text = rows.map((row) => row.join(delimiter)).join(ending);
    expect(table(text + ending)).toEqual([
      [{ a: '1', b: 'x\ny' }, 2],
      [{ a: '2', b: `say "hi"${delimiter} z` }, 4],
      [{ a: '3', b: '' }, 5],
    ]);
    expect(table(text)).toEqual(table(text + ending));
  });

  test('are those that csv-parse finds in the whole text', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é'), maxLength: 6 }),
      fc.string({ unit: fc.constantFrom('a', '"', 'b'), maxLength: 4 }),
    );
    const quoted = cell.map((text) => `"${text.replaceAll('"', '""')}"`);
    const bare = fc.string({ unit: fc.constantFrom('a', '"', 'b'), minLength: 1, maxLength: 4 });
    const row = fc.tuple(
      fc.oneof(
        quoted,
        bare.map((text) => `x${text}`),
      ),
      fc.oneof(
        quoted,
        bare.map((text) => `x${text}`),
      ),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const text = `one,two\n${rows.map((cells) => cells.join(',')).join('\n')}\n`;
        const all = parse(text, { relax_quotes: true, relax_column_count: true });
        const expected = all.slice(1).map(([one, two]) => ({ one, two }));
        expect(table(text).map(([found]) => found)).toEqual(expected);
      }),
    );
  });

  test('fields too many, missing and of the same name are kept apart', () => {
    const found = table('a,a,b\n1,2,3,4\n1\n\n5,6,7\n');
    expect(found).toEqual([
      [{ a: '1', a_2: '2', b: '3' }, 2],
      [{ a: '1' }, 3],
      [{ a: '5', a_2: '6', b: '7' }, 5],
      ['unexpected_shape 1', 2],
    ]);
  });

  test('a key that is no key, and columns without end, harm nothing', () => {
    const [row] = table('__proto__,b\n1,2\n');
    expect(Object.getPrototypeOf(row?.[0])).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).b).toBeUndefined();
    const names = Array.from({ length: 3_000 }, (_, index) => `c${index}`);
    const layout = detectTable(`${names.join(',')}\n${names.join(',')}\n`);
    expect(layout?.columns).toHaveLength(1_000);
    expect(layout?.columnsLeftOut).toBe(2_000);
  });

  test('prose and JSON are no tables', () => {
    for (const text of [
      'hello\nworld\n',
      '{"a":1,"b":2}\n{"a":1,"b":2}\n',
      '[1,2]\n[3,4]\n',
      'a,b',
    ]) {
      expect(detectTable(text)).toBeNull();
    }
  });
});

describe('messages', () => {
  const body = fc.uint8Array({ maxLength: 300 });

  function messages(bytes: Uint8Array, layout: MessageLayout, sizes: readonly number[]): unknown[] {
    const found: unknown[] = [];
    const framing = new MessageSplitter(options, layout, {
      onMessage: (message, index) => found.push([Buffer.from(message).toString('hex'), index]),
      onTooLong: (index) => found.push(['too long', index]),
      onDamage: (index, isLast) => found.push(['damage', index, isLast]),
    });
    const end = feed(framing, bytes, sizes);
    return end === null ? found : [...found, ['cut', end]];
  }

  test('come apart by their length, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 5 }), fc.array(fc.nat(40)), (bodies, sizes) => {
        const bytes = Buffer.concat(
          bodies.flatMap((part) => {
            const length = Buffer.alloc(4);
            length.writeUInt32BE(part.length);
            return [length, part];
          }),
        );
        const expected = bodies.map((part, at) => [Buffer.from(part).toString('hex'), at + 1]);
        expect(messages(bytes, 'prefixed', sizes)).toEqual(expected);
      }),
    );
  });

  test('a length that the file does not have, and one beyond the limit, are told', () => {
    expect(messages(Buffer.from([0, 0, 0, 9, 1, 2]), 'prefixed', [])).toEqual([['cut', 1]]);
    const long = Buffer.concat([Buffer.from([0, 0, 2, 0]), Buffer.alloc(512)]);
    expect(messages(long, 'prefixed', [])).toEqual([['too long', 1]]);
  });

  test('what is no request ends a bare file', () => {
    expect(messages(Buffer.from([0x0a, 1, 5, 0x12, 0]), 'bare', [])).toEqual([
      ['0a0105', 1],
      ['damage', 2, true],
    ]);
  });
});

test('no framing depends on where the chunks are cut, whatever the bytes', () => {
  const unit = fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', '\n', ' ', 'a', '1', '\r', 'é');
  const text = fc.string({ unit, maxLength: 120 });
  fc.assert(
    fc.property(text, fc.array(fc.nat(9), { maxLength: 40 }), (content, sizes) => {
      expect(values(content, sizes)).toEqual(values(content));
      const withHeader = `a,b\n1,2\n${content}`;
      expect(table(withHeader, sizes)).toEqual(table(withHeader));
      const lines = (cuts: readonly number[]): Found[] => {
        const found: Found[] = [];
        feed(new LineSplitter(options, sinkTo(found)), Buffer.from(content), cuts);
        return found;
      };
      expect(lines(sizes)).toEqual(lines([]));
    }),
    { numRuns: 300 },
  );
});
