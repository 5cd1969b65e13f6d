import { z } from 'zod';
import { UnitPrices } from '../unit-prices';
import { type PackedColumn, packColumn, packings, unpackColumn } from './pack-column';
import type { ReplaySet } from './replay-set';

/** 'PLRS' and the version of the layout. */
const magic = 0x53524c50;
const layoutVersion = 1;
const preludeBytes = 12;
const headerBytesMax = 256 * 1024 * 1024;
const sessionsMax = 1_000_000;
const callsMax = 2_000_000;

/** Element type of each column of a replay set. */
const columnTypes = {
  firstThread: 'uint32',
  firstCall: 'uint32',
  isMainThread: 'uint8',
  agent: 'int32',
  price: 'int32',
  model: 'int32',
  tool: 'int32',
  toolResults: 'int32',
  turn: 'int32',
  gapSec: 'float64',
  newTokens: 'float64',
  resentTokens: 'float64',
  standingPrefixTokens: 'float64',
  isContextReset: 'uint8',
  inputFresh: 'float64',
  cacheRead: 'float64',
  cacheWrite5m: 'float64',
  cacheWrite1h: 'float64',
  cacheWriteUnknownTtl: 'float64',
  output: 'float64',
  reasoning: 'float64',
  listCostPicoUsd: 'float64',
} as const satisfies Record<
  Exclude<keyof ReplaySet, 'sessionIds' | 'names' | 'prices' | 'sessionsInStore'>,
  'uint8' | 'int32' | 'uint32' | 'float64'
>;
type ColumnName = keyof typeof columnTypes;
const columnNames = Object.keys(columnTypes) as ColumnName[];

const Header = z.object({
  sessionIds: z.array(z.string()).max(sessionsMax),
  names: z.array(z.string()),
  prices: z.array(UnitPrices),
  catalogue: z.array(UnitPrices),
  sessionsInStore: z.int().nonnegative(),
  columns: z
    .array(
      z.object({
        packing: z.enum(packings),
        length: z.int().nonnegative().max(callsMax),
        bytes: z.int().nonnegative(),
      }),
    )
    .length(columnNames.length),
});
type Header = z.infer<typeof Header>;

/** A replay set with the prices of the models that policies may name. */
export interface ReplayPayload {
  readonly set: ReplaySet;
  readonly catalogue: readonly UnitPrices[];
}

const aligned = (bytes: number) => Math.ceil(bytes / 8) * 8;

/**
 * Writes a replay set as bytes: a prelude, a header in JSON, then one column after the other, each
 * in the smallest type that holds all of its values exactly.
 *
 * Little-endian; every column begins at a multiple of eight bytes.
 */
export function encodeReplaySet({ set, catalogue }: ReplayPayload): Uint8Array {
  const columns = columnNames.map((name) => packColumn(set[name]));
  const header: Header = {
    sessionIds: [...set.sessionIds],
    names: [...set.names],
    prices: [...set.prices],
    catalogue: [...catalogue],
    sessionsInStore: set.sessionsInStore,
    columns: columns.map(({ packing, length, bytes }) => ({
      packing,
      length,
      bytes: bytes.byteLength,
    })),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const begin = aligned(preludeBytes + json.byteLength);
  const size = columns.reduce((sum, { bytes }) => sum + aligned(bytes.byteLength), begin);
  const encoded = new Uint8Array(size);
  const view = new DataView(encoded.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, layoutVersion, true);
  view.setUint32(8, json.byteLength, true);
  encoded.set(json, preludeBytes);
  let at = begin;
  for (const { bytes } of columns) {
    encoded.set(bytes, at);
    at += aligned(bytes.byteLength);
  }
  return encoded;
}

function readHeader(encoded: Uint8Array): { header: Header; begin: number } {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const isOurs =
    encoded.byteLength >= preludeBytes &&
    view.getUint32(0, true) === magic &&
    view.getUint32(4, true) === layoutVersion;
  if (!isOurs) throw new RangeError('These bytes are no replay set of this version.');
  const jsonBytes = view.getUint32(8, true);
  if (jsonBytes > headerBytesMax || preludeBytes + jsonBytes > encoded.byteLength) {
    throw new RangeError('The header of this replay set is longer than its bytes.');
  }
  const json = new TextDecoder().decode(encoded.subarray(preludeBytes, preludeBytes + jsonBytes));
  return { header: Header.parse(JSON.parse(json)), begin: aligned(preludeBytes + jsonBytes) };
}

/** Cuts the columns out of the bytes and unpacks them. */
function readColumns(encoded: Uint8Array, { columns }: Header, begin: number) {
  let at = begin;
  const slices: PackedColumn[] = columns.map(({ packing, length, bytes }) => {
    if (at + bytes > encoded.byteLength) {
      throw new RangeError('A column of this replay set is longer than its bytes.');
    }
    const slice = { packing, length, bytes: encoded.slice(at, at + bytes) };
    at += aligned(bytes);
    return slice;
  });
  const column = (name: ColumnName) => slices[columnNames.indexOf(name)];
  const bytes = (name: ColumnName) => unpackColumn(column(name), (n) => new Uint8Array(n));
  const counts = (name: ColumnName) => unpackColumn(column(name), (n) => new Uint32Array(n));
  const indexes = (name: ColumnName) => unpackColumn(column(name), (n) => new Int32Array(n));
  const numbers = (name: ColumnName) => unpackColumn(column(name), (n) => new Float64Array(n));
  return {
    firstThread: counts('firstThread'),
    firstCall: counts('firstCall'),
    isMainThread: bytes('isMainThread'),
    agent: indexes('agent'),
    price: indexes('price'),
    model: indexes('model'),
    tool: indexes('tool'),
    toolResults: indexes('toolResults'),
    turn: indexes('turn'),
    gapSec: numbers('gapSec'),
    newTokens: numbers('newTokens'),
    resentTokens: numbers('resentTokens'),
    standingPrefixTokens: numbers('standingPrefixTokens'),
    isContextReset: bytes('isContextReset'),
    inputFresh: numbers('inputFresh'),
    cacheRead: numbers('cacheRead'),
    cacheWrite5m: numbers('cacheWrite5m'),
    cacheWrite1h: numbers('cacheWrite1h'),
    cacheWriteUnknownTtl: numbers('cacheWriteUnknownTtl'),
    output: numbers('output'),
    reasoning: numbers('reasoning'),
    listCostPicoUsd: numbers('listCostPicoUsd'),
  };
}

const isAscendingTo = (offsets: Uint32Array, parts: number, end: number) =>
  offsets.length === parts + 1 &&
  offsets[0] === 0 &&
  offsets[parts] === end &&
  offsets.every((offset, i) => i === 0 || offsets[i - 1] <= offset);

const isIndexInto = (indexes: Int32Array, size: number) =>
  indexes.every((index) => index >= -1 && index < size);

/** Offsets and indexes are walked without a look: they have to fit before. */
function checkSet(set: ReplaySet): void {
  const threads = set.isMainThread.length;
  const calls = set.price.length;
  const ofThreads: ColumnName[] = ['isMainThread', 'agent'];
  const isWhole = columnNames.every((name) => {
    if (name === 'firstThread' || name === 'firstCall') return true;
    return set[name].length === (ofThreads.includes(name) ? threads : calls);
  });
  const fits =
    isWhole &&
    isAscendingTo(set.firstThread, set.sessionIds.length, threads) &&
    isAscendingTo(set.firstCall, threads, calls) &&
    isIndexInto(set.price, set.prices.length) &&
    [set.agent, set.model, set.tool].every((column) => isIndexInto(column, set.names.length));
  if (!fits) throw new RangeError('The columns of this replay set do not belong together.');
}

/**
 * Reads what {@link encodeReplaySet} has written.
 *
 * @throws RangeError when the bytes are no replay set, or lengths, offsets or indexes do not fit;
 * ZodError when the header does not hold what it should
 */
export function decodeReplaySet(encoded: Uint8Array): ReplayPayload {
  const { header, begin } = readHeader(encoded);
  const { sessionIds, names, prices, catalogue, sessionsInStore } = header;
  const set: ReplaySet = {
    sessionIds,
    names,
    prices,
    sessionsInStore,
    ...readColumns(encoded, header, begin),
  };
  checkSet(set);
  return { set, catalogue };
}
