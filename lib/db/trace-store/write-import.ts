import { callColumnNames } from './call-table';
import { insertRows, queryRows, runStatement } from './connection';
import { encodeCalls, type PricedCall } from './encode-call';
import { summarizeSessions } from './session-table';

/**
 * Adds one parsed batch of an import; a repeat of the same batch is dropped.
 *
 * @param batch 0-based number of the batch; the same number must always hold the same rows
 * @param rows TabSeparated rows as {@link encodeCalls} writes them
 * @param attempt tells apart readings of an import that has grown: batches of one do not repeat those
 *   of another
 */
export async function stageBatch(
  importId: string,
  batch: number,
  rows: Uint8Array,
  attempt = '',
): Promise<void> {
  if (rows.length === 0) return;
  const token = `${importId}:${attempt}:${batch}`;
  await insertRows({ table: 'staged_calls', columns: callColumnNames, rows, token });
}

/** What happens between the calls of an import being put together and their being shown. */
interface FinishOptions {
  /** Adds calls that only the others show, with {@link insertUnattributed}. */
  readonly complete?: () => Promise<unknown>;
}

/**
 * Puts the staged calls of an import where they are read, in one consistent state.
 *
 * Repeats of an invocation across files are dropped, the row with the most tokens being kept. A
 * call without a session takes that of another record of its trace, else the trace's id, else its
 * file. Where a source numbers no turns, a trace that begins with an agent span is one: its root
 * stands for one user input and everything until the reply.
 *
 * A call that one of `knownImportIds` holds is dropped too, even where the new row has more tokens:
 * the first reading of a call stands until its import is deleted, and goes with it. To have it back
 * after that, the later files are imported again.
 *
 * Everything is put together aside and then takes the place of what was read before, if anything:
 * readers see the one or the other. The staged calls stay, so that this can run again once more of
 * them have come. Memory does not grow with their number.
 *
 * @param knownImportIds completed imports of the same project; none where repeats are to count
 * @returns calls dropped as repeats
 */
export async function finishStaging(
  importId: string,
  knownImportIds: readonly string[],
  options: FinishOptions = {},
): Promise<number> {
  await dropFinishing(importId);
  const isKnown = knownImportIds.length > 0;
  const repeats = `${repeatedWithin} ${isKnown ? repeatedBefore : ''}`;
  const params = isKnown ? { importId, knownImportIds } : { importId };
  await runStatement(`${insertResolved(repeats)} SETTINGS ${frugalSettings}`, params);
  const staged = await countRows('staged_calls', importId);
  const kept = await countRows('finishing_calls', importId);
  if (kept === 0) {
    await dropCalls(importId);
    return staged;
  }
  await options.complete?.();
  await runStatement(summarizeSessions('finishing_sessions', 'finishing_calls'), { importId });
  for (const table of ['sessions', 'calls'] as const) {
    await runStatement(
      `ALTER TABLE ${table} REPLACE PARTITION {importId:String} FROM finishing_${table}`,
      { importId },
    );
  }
  await dropFinishing(importId);
  return staged - kept;
}

/** Calls of an import that another one holds, as {@link countHeld} counts them. */
interface HeldCount {
  readonly importId: string;
  readonly calls: number;
  readonly otherCalls: number;
}

/**
 * Counts the different calls of a staged import that each of `knownImportIds` holds.
 *
 * @param knownImportIds the earliest first: a call that several hold is counted with the first of them
 */
export async function countHeld(
  importId: string,
  knownImportIds: readonly string[],
): Promise<HeldCount[]> {
  if (knownImportIds.length === 0) return [];
  const rows = await queryRows(
    `SELECT {knownImportIds:Array(String)}[place] AS holder, countIf(is_model), countIf(NOT is_model)
     FROM (
       SELECT min(indexOf({knownImportIds:Array(String)}, import_id)) AS place,
              kind = 'model' AS is_model
       FROM calls
       WHERE import_id IN {knownImportIds:Array(String)} AND sipHash128(dedupe_key) IN (
         SELECT sipHash128(dedupe_key) FROM staged_calls WHERE import_id = {importId:String})
       GROUP BY sipHash128(dedupe_key), is_model
     ) GROUP BY place ORDER BY place
     SETTINGS max_block_size = 16384, max_bytes_before_external_group_by = 150000000`,
    { importId, knownImportIds },
  );
  return rows.map(([holder, calls, otherCalls]) => ({
    importId: String(holder),
    calls: Number(calls),
    otherCalls: Number(otherCalls),
  }));
}

async function countRows(table: Table, importId: string): Promise<number> {
  const [row = []] = await queryRows(
    `SELECT count() FROM ${table} WHERE import_id = {importId:String}`,
    { importId },
  );
  return Number(row[0] ?? 0);
}

/** Small blocks: a row is wide, and the server has other work besides. */
const frugalSettings = `max_block_size = 16384, min_insert_block_size_rows = 65536,
  min_insert_block_size_bytes = 33554432, max_insert_threads = 1,
  max_bytes_before_external_group_by = 150000000, max_bytes_before_external_sort = 150000000`;

/** Rows of a call that another row of the import states with more tokens, or as many and earlier. */
const repeatedWithin = `AND seq NOT IN (
  SELECT arrayJoin(arrayFilter(one -> one != best, rows)) FROM (
    SELECT groupArray(seq) AS rows, argMax(seq, (rank, -toInt64(seq))) AS best
    FROM staged_calls WHERE import_id = {importId:String} AND dedupe_key IN (
      SELECT dedupe_key FROM staged_calls WHERE import_id = {importId:String}
      GROUP BY dedupe_key HAVING count() > 1
      SETTINGS optimize_aggregation_in_order = 1)
    GROUP BY dedupe_key))`;

/** Keys are compared by their hash, of which a large project's fit into memory. */
const repeatedBefore = `AND sipHash128(dedupe_key) NOT IN (
  SELECT sipHash128(dedupe_key) FROM calls
  WHERE import_id IN {knownImportIds:Array(String)} AND sipHash128(dedupe_key) IN (
    SELECT sipHash128(dedupe_key) FROM staged_calls WHERE import_id = {importId:String}))`;

function insertResolved(repeats: string): string {
  const resolved = ['session_id', 'session_id_source', 'turn_index'];
  const columns = callColumnNames.filter((name) => !resolved.includes(name));
  const kept = columns.map((name) => `s.${name}`).join(', ');
  return `INSERT INTO finishing_calls (${columns.join(', ')}, turn_index, session_id_source, session_id)
     SELECT ${kept},
            coalesce(s.turn_index, t.trace_turn) AS turn_index,
            multiIf(s.session_id IS NOT NULL, s.session_id_source,
                    nullIf(t.trace_session, '') IS NOT NULL, t.trace_session_source,
                    'rule') AS session_id_source,
            coalesce(s.session_id, nullIf(t.trace_session, ''), s.trace_id,
                     concat(s.import_id, ':file-', toString(s.file_index + 1))) AS session_id
     FROM (SELECT * FROM staged_calls WHERE import_id = {importId:String} ${repeats}) AS s
     LEFT ANY JOIN (
       SELECT trace_id, trace_session, trace_session_source, if(is_turn, toNullable(toUInt32(row_number() OVER (
                PARTITION BY coalesce(trace_session, trace_id), is_turn
                ORDER BY trace_start NULLS LAST, trace_id) - 1)), NULL) AS trace_turn
       FROM (
         SELECT trace_id, min(start_ms) AS trace_start,
                argMinIf(session_id, seq, session_id IS NOT NULL) AS trace_session,
                argMinIf(session_id_source, seq, session_id IS NOT NULL) AS trace_session_source,
                countIf(turn_index IS NOT NULL) = 0
                  AND argMin(kind, (ifNull(start_ms, inf), seq)) = 'agent' AS is_turn
         FROM staged_calls WHERE import_id = {importId:String} AND trace_id IS NOT NULL
         GROUP BY trace_id
       )
     ) AS t ON s.trace_id = t.trace_id`;
}

/**
 * Adds usage that agent spans report beyond the calls below them, as unattributed model calls, to an
 * import that is being finished.
 */
export async function insertUnattributed(
  sessionIds: readonly string[],
  calls: readonly PricedCall[],
): Promise<void> {
  if (calls.length === 0) return;
  const rows = encodeCalls(
    calls.map((priced, index) => ({
      ...priced,
      call: { ...priced.call, sessionId: sessionIds[index] ?? null },
    })),
  );
  await insertRows({ table: 'finishing_calls', columns: callColumnNames, rows, token: '' });
}

/** Removes the staged calls of an import. */
export function dropStaged(importId: string): Promise<void> {
  return dropPartition('staged_calls', importId);
}

/** Removes the finished calls of an import. */
export async function dropCalls(importId: string): Promise<void> {
  await dropPartition('calls', importId);
  await dropPartition('sessions', importId);
  await dropFinishing(importId);
}

/** Removes what an attempt to finish left; mostly there is nothing, and looking is cheaper. */
export async function dropFinishing(importId: string): Promise<void> {
  for (const table of ['finishing_calls', 'finishing_sessions'] as const) {
    if ((await countRows(table, importId)) > 0) await dropPartition(table, importId);
  }
}

type Table = 'calls' | 'sessions' | 'staged_calls' | 'finishing_calls' | 'finishing_sessions';

async function dropPartition(table: Table, importId: string): Promise<void> {
  await runStatement(`ALTER TABLE ${table} DROP PARTITION {importId:String}`, { importId });
}

/**
 * Removes calls that no import stands behind any more, as a crash can leave them.
 *
 * @param importIds imports whose finished calls stay
 * @param activeIds imports whose staged calls stay
 */
export async function sweepCalls(
  importIds: ReadonlySet<string>,
  activeIds: ReadonlySet<string>,
): Promise<void> {
  const none: ReadonlySet<string> = new Set();
  await sweepTable('calls', importIds);
  await sweepTable('sessions', importIds);
  await sweepTable('staged_calls', activeIds);
  await sweepTable('finishing_calls', none);
  await sweepTable('finishing_sessions', none);
}

async function sweepTable(table: Table, keptIds: ReadonlySet<string>): Promise<void> {
  const stored = await queryRows(`SELECT DISTINCT import_id FROM ${table}`);
  for (const [id] of stored) if (!keptIds.has(String(id))) await dropPartition(table, String(id));
}
