import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { decodeReplaySet, encodeReplaySet } from '@/lib/cost/replay/replay-codec';
import { groupCalls } from '@/lib/sessions/group-calls';
import { pricedRow } from '../priced-row';
import { randomSessions } from './random-sessions';

const haiku = standardPriceBook.findUnitPrices({
  providerName: null,
  model: 'claude-haiku-4-5',
  atMs: null,
});
const catalogue = haiku === null ? [] : [haiku];

const encodeRows = () =>
  encodeReplaySet({
    set: buildReplaySet(
      groupCalls(
        Array.from({ length: 40 }, (_, i) =>
          pricedRow({ sessionId: `s${Math.floor(i / 4)}`, inputFresh: 1_000 * (i + 1), output: i }),
        ),
        10,
      ),
      standardPriceBook,
    ),
    catalogue,
  });

/** The header of an encoded set, changed. */
function withHeader(encoded: Uint8Array, change: (json: string) => string): Uint8Array {
  const bytes = new DataView(encoded.buffer).getUint32(8, true);
  const json = change(new TextDecoder().decode(encoded.subarray(12, 12 + bytes)));
  const header = new TextEncoder().encode(json);
  const columns = encoded.subarray(Math.ceil((12 + bytes) / 8) * 8);
  const begin = Math.ceil((12 + header.length) / 8) * 8;
  const changed = new Uint8Array(begin + columns.length);
  changed.set(encoded.subarray(0, 12));
  new DataView(changed.buffer).setUint32(8, header.length, true);
  changed.set(header, 12);
  changed.set(columns, begin);
  return changed;
}

describe('replay codec', () => {
  test('any set comes back as it was', () => {
    fc.assert(
      fc.property(randomSessions, (sessions) => {
        const set = buildReplaySet(sessions, standardPriceBook);
        expect(decodeReplaySet(encodeReplaySet({ set, catalogue }))).toEqual({ set, catalogue });
      }),
    );
  });

  test('values at the edges of the small types come back exactly', () => {
    const edges = [0, 255, 256, 65_535, 65_536, 0xffffffff, 0x100000000];
    for (const edge of edges) {
      const rows = [pricedRow({ inputFresh: edge + 1 }), pricedRow({ inputFresh: 1 })];
      const set = buildReplaySet(groupCalls(rows, 1), standardPriceBook);
      expect(decodeReplaySet(encodeReplaySet({ set, catalogue: [] })).set).toEqual(set);
    }
  });

  test('it is read wherever it lies in its buffer', () => {
    const encoded = encodeRows();
    const shifted = new Uint8Array(encoded.length + 3);
    shifted.set(encoded, 3);
    expect(decodeReplaySet(shifted.subarray(3))).toEqual(decodeReplaySet(encoded));
  });

  test('bytes that were cut off anywhere are refused', () => {
    const encoded = encodeRows();
    fc.assert(
      fc.property(fc.nat(encoded.length - 9), (length) => {
        expect(() => decodeReplaySet(encoded.subarray(0, length))).toThrow();
      }),
    );
  });

  test.each([
    [
      'a length that its bytes do not hold',
      (json: string) => json.replace('"length":40', '"length":41'),
    ],
    ['a length beyond all sets', (json: string) => json.replace('"length":40', '"length":9e9')],
    ['more bytes than there are', (json: string) => json.replace(/"bytes":80/, '"bytes":8000000')],
    ['a negative length', (json: string) => json.replace('"length":40', '"length":-1')],
    ['fewer sessions than offsets', (json: string) => json.replace('"s0",', '')],
    [
      'a name that an index needs',
      (json: string) => json.replace('"names":["claude-opus-4-5"]', '"names":[]'),
    ],
    ['no header at all', () => '[]'],
  ])('%s is refused', (_, change) => {
    const encoded = encodeRows();
    expect(decodeReplaySet(withHeader(encoded, (json) => json)).set.sessionIds).toHaveLength(10);
    expect(withHeader(encoded, change)).not.toEqual(encoded);
    expect(() => decodeReplaySet(withHeader(encoded, change))).toThrow();
  });

  test('offsets that go back or past the end are refused', () => {
    const set = decodeReplaySet(encodeRows()).set;
    const broken = [
      { ...set, firstThread: set.firstThread.toReversed() },
      { ...set, firstCall: set.firstCall.map((at, i) => (i === 3 ? 39 : at)) },
      { ...set, price: set.price.map(() => 7) },
      { ...set, model: set.model.map(() => -2) },
    ];
    for (const one of broken) {
      expect(() => decodeReplaySet(encodeReplaySet({ set: one, catalogue: [] }))).toThrow(
        'do not belong together',
      );
    }
  });
});
