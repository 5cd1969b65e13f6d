import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCsv } from '@/lib/csv-text';

/** Reads one CSV text back by the grammar of RFC 4180, cell by cell. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at++;
      while (text[at] !== '"' || text[at + 1] === '"') {
        if (text[at] === '"') at++;
        cell += text[at++];
      }
      at++;
    } else while (text[at] !== ',' && text[at] !== '\r') cell += text[at++];
    row.push(cell);
    if (text[at] === ',') {
      at++;
      continue;
    }
    expect(text.slice(at, at + 2)).toBe('\r\n');
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('writeCsv', () => {
  test('any cells read back as they were, but for the apostrophe before a formula', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('=1', 'a,b', '"', 'x\r\ny'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 })), (rows) => {
        const read = readCsv(writeCsv(rows));
        expect(read).toHaveLength(rows.length);
        rows.forEach((row, i) => {
          row.forEach((text, j) => {
            expect([text, `'${text}`]).toContain(read[i]?.[j]);
          });
        });
      }),
    );
  });

  test.each([
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+1+2', "'+1+2"],
    ['-2+cmd', "'-2+cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
  ])('%j would run as a formula, and is led by an apostrophe', (text, written) => {
    expect(writeCsv([[text]])).toBe(`${written}\r\n`);
  });

  test('numbers keep their digits and sign; what is not known is empty, never zero', () => {
    expect(writeCsv([[-1.5, 1e-7, null, Number.NaN, '-12.5', 0]])).toBe('-1.5,1e-7,,,-12.5,0\r\n');
  });
});
