import type { CallKind } from '../traces/call-record';
import { type CallColumns, callKindCode, type SessionSet } from './session';

/** One call with its list cost, as the trace store holds it. */
export interface PricedCallRow {
  readonly sessionId: string;
  readonly threadId: string; //               'main', or a sub-agent's own history
  readonly kind: CallKind;
  readonly agentName: string | null;
  readonly model: string | null; //           response model, else request model
  readonly providerName?: string | null;
  readonly serviceTier?: string | null;
  readonly tenantName?: string | null;
  readonly toolName: string | null;
  readonly dependencyName: string | null;
  readonly principal: string | null;
  readonly turnIndex: number | null;
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly inputFresh: number | null; //      tokens; null in all buckets: usage missing
  readonly cacheRead: number | null;
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
  readonly cacheWriteUnknownTtl: number | null;
  readonly output: number | null;
  readonly reasoning: number | null; //       null: not parted from output
  readonly listCostPicoUsd: number | null; // null: unpriced
  readonly inputCostPicoUsd: number | null;
  readonly recordedCostUsd: number | null;
  readonly isResponseCacheHit?: boolean;
  readonly isAfterCompaction?: boolean;
  readonly hasError: boolean;
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  readonly inputDigest: string | null;
}

type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;
type Columns = Omit<CallColumns, 'length'>;

const numberColumns = [
  'startMs',
  'endMs',
  'inputFresh',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknownTtl',
  'output',
  'reasoning',
  'listCostPicoUsd',
  'inputCostPicoUsd',
  'recordedCostUsd',
] as const satisfies readonly (keyof PricedCallRow & keyof CallColumns)[];

type MakeColumn = <C extends Column>(name: keyof Columns, allocate: (size: number) => C) => C;

/** Makes every column through one function, which is given the allocator of its element type. */
function mapColumns(make: MakeColumn): Columns {
  const bytes = (name: keyof Columns) => make(name, (size) => new Uint8Array(size));
  const counts = (name: keyof Columns) => make(name, (size) => new Uint32Array(size));
  const indexes = (name: keyof Columns) => make(name, (size) => new Int32Array(size));
  const numbers = (name: keyof Columns) => make(name, (size) => new Float64Array(size));
  return {
    kind: bytes('kind'),
    session: counts('session'),
    thread: counts('thread'),
    isMainThread: bytes('isMainThread'),
    agent: indexes('agent'),
    model: indexes('model'),
    provider: indexes('provider'),
    serviceTier: indexes('serviceTier'),
    tenant: indexes('tenant'),
    tool: indexes('tool'),
    dependency: indexes('dependency'),
    principal: indexes('principal'),
    turn: indexes('turn'),
    startMs: numbers('startMs'),
    endMs: numbers('endMs'),
    inputFresh: numbers('inputFresh'),
    cacheRead: numbers('cacheRead'),
    cacheWrite5m: numbers('cacheWrite5m'),
    cacheWrite1h: numbers('cacheWrite1h'),
    cacheWriteUnknownTtl: numbers('cacheWriteUnknownTtl'),
    output: numbers('output'),
    reasoning: numbers('reasoning'),
    listCostPicoUsd: numbers('listCostPicoUsd'),
    inputCostPicoUsd: numbers('inputCostPicoUsd'),
    recordedCostUsd: numbers('recordedCostUsd'),
    isResponseCacheHit: bytes('isResponseCacheHit'),
    isAfterCompaction: bytes('isAfterCompaction'),
    hasError: bytes('hasError'),
    hasInput: bytes('hasInput'),
    hasOutput: bytes('hasOutput'),
    inputDigest: indexes('inputDigest'),
  };
}

/** Copies every column to another capacity; cuts off what does not fit. */
function resizeColumns(columns: Columns, capacity: number): Columns {
  return mapColumns((name, allocate) => {
    const resized = allocate(capacity);
    resized.set(columns[name].subarray(0, capacity));
    return resized;
  });
}

/** Numbers texts in the order in which they first appear. */
class Dictionary {
  readonly texts: string[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(text: string | null): number {
    if (text === null) return -1;
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.texts.push(text) - 1;
    this.#indexes.set(text, index);
    return index;
  }
}

function writeRow(columns: Columns, at: number, row: PricedCallRow, names: Dictionary): void {
  columns.kind[at] = callKindCode[row.kind];
  columns.isMainThread[at] = row.threadId === 'main' ? 1 : 0;
  columns.agent[at] = names.indexOf(row.agentName);
  columns.model[at] = names.indexOf(row.model);
  columns.provider[at] = names.indexOf(row.providerName ?? null);
  columns.serviceTier[at] = names.indexOf(row.serviceTier ?? null);
  columns.tenant[at] = names.indexOf(row.tenantName ?? null);
  columns.tool[at] = names.indexOf(row.toolName);
  columns.dependency[at] = names.indexOf(row.dependencyName);
  columns.principal[at] = names.indexOf(row.principal);
  columns.turn[at] = row.turnIndex ?? -1;
  for (const name of numberColumns) columns[name][at] = row[name] ?? Number.NaN;
  columns.isResponseCacheHit[at] = row.isResponseCacheHit === true ? 1 : 0;
  columns.isAfterCompaction[at] = row.isAfterCompaction === true ? 1 : 0;
  columns.hasError[at] = row.hasError ? 1 : 0;
  columns.hasInput[at] = row.hasInput ? 1 : 0;
  columns.hasOutput[at] = row.hasOutput ? 1 : 0;
  columns.inputDigest[at] = names.indexOf(row.inputDigest);
}

/**
 * Groups calls into sessions, as columns.
 *
 * @param rows ordered by session, then start, file and line
 * @param sessionsInStore sessions there are; more than the rows hold when they are a sample
 * @throws RangeError when the rows of a session do not lie together
 */
export function groupCalls(rows: Iterable<PricedCallRow>, sessionsInStore: number): SessionSet {
  const names = new Dictionary();
  const sessions = new Dictionary();
  const firstCall: number[] = [];
  let columns = mapColumns((_name, allocate) => allocate(1024));
  let threads = new Map<string, number>();
  let threadCount = 0;
  let length = 0;
  let openSession = -1;

  for (const row of rows) {
    if (length === columns.kind.length) columns = resizeColumns(columns, length * 2);
    const session = sessions.indexOf(row.sessionId);
    if (session !== openSession) {
      if (session !== openSession + 1) {
        throw new RangeError('Got rows of one session in two places when expected them together.');
      }
      openSession = session;
      firstCall.push(length);
      threads = new Map();
    }
    let thread = threads.get(row.threadId);
    if (thread === undefined) {
      thread = threadCount++;
      threads.set(row.threadId, thread);
    }
    columns.session[length] = session;
    columns.thread[length] = thread;
    writeRow(columns, length, row, names);
    length++;
  }
  firstCall.push(length);
  return {
    sessionIds: sessions.texts,
    firstCall: Uint32Array.from(firstCall),
    names: names.texts,
    calls: { length, ...resizeColumns(columns, length) },
    sessionsInStore,
  };
}
