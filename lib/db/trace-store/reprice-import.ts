import { callColumnNames } from './call-table';
import { insertRows, queryBytes, queryRows, runStatement } from './connection';
import { numberOf } from './decode-row';
import { summarizeSessions } from './session-table';
import { dropFinishing } from './write-import';

/** Place of a call in the order in which an import's calls lie. */
export interface CallPlace {
  readonly sessionId: string;
  readonly fileIndex: number;
  readonly line: number;
  readonly seq: number;
}

/** A part of the model calls of one import. */
export interface PartQuery {
  readonly importId: string;
  /** The last call of the part before; null for the first. */
  readonly after: CallPlace | null;
  readonly callsMax: number;
}

/** Columns with which a call is priced and told apart, in the order in which they are read. */
export const pricedColumns = [
  'session_id',
  'file_index',
  'line',
  'seq',
  'start_ms',
  'provider_name',
  'request_model',
  'response_model',
  'input_fresh',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cache_write_unknown_ttl',
  'output',
  'reasoning',
  'list_cost_pico',
  'input_cost_pico',
  'list_cost_pico_max',
  'sku_price_id',
  'usage_basis',
  'service_tier',
  'is_response_cache_hit',
] as const satisfies readonly string[];

/**
 * Reads a part of an import's model calls as TabSeparated rows, in the order of their sessions.
 *
 * Text takes every number there and back unchanged, so that rows whose costs are replaced can be
 * inserted as they were read.
 *
 * @param columns in which order; whole calls, or what is needed to price them
 */
export function readModelCallPart(
  { importId, after, callsMax }: PartQuery,
  columns: readonly string[],
): Promise<Uint8Array> {
  const place = '(session_id, file_index, line, seq)';
  const behind = `AND session_id >= {sessionId:String}
    AND ${place} > ({sessionId:String}, {fileIndex:UInt32}, {line:UInt32}, {seq:UInt32})`;
  return queryBytes(
    `SELECT ${columns.join(', ')} FROM calls
     WHERE import_id = {importId:String} AND kind = 'model' ${after === null ? '' : behind}
     ORDER BY session_id, file_index, line, seq LIMIT {callsMax:UInt32} FORMAT TabSeparated`,
    { importId, callsMax, ...after },
  );
}

/** Counts the model calls of imports. */
export async function countModelCalls(importIds: readonly string[]): Promise<number> {
  const [row = []] = await queryRows(
    'SELECT sum(model_calls) FROM sessions WHERE import_id IN {importIds:Array(String)}',
    { importIds },
  );
  return numberOf(row[0]);
}

/** Begins to put an import together again aside: everything but its model calls, as it is. */
export async function beginRepricing(importId: string): Promise<void> {
  await dropFinishing(importId);
  const columns = callColumnNames.join(', ');
  await runStatement(
    `INSERT INTO finishing_calls (${columns}) SELECT ${columns} FROM calls
     WHERE import_id = {importId:String} AND kind != 'model' SETTINGS max_block_size = 16384`,
    { importId },
  );
}

/** Adds a part of the model calls, priced again, to what is put together aside. */
export async function addRepriced(rows: Uint8Array): Promise<void> {
  if (rows.length === 0) return;
  await insertRows({ table: 'finishing_calls', columns: callColumnNames, rows, token: '' });
}

/**
 * Ends what {@link beginRepricing} began: sums up the sessions of the calls that were put aside.
 *
 * @throws Error when they are not as many as those they would replace
 */
export async function completeRepricing(importId: string): Promise<void> {
  const [[before, after] = []] = await queryRows(
    `SELECT (SELECT count() FROM calls WHERE import_id = {importId:String}),
            (SELECT count() FROM finishing_calls WHERE import_id = {importId:String})`,
    { importId },
  );
  if (numberOf(before) !== numberOf(after)) {
    throw new Error(`Got ${after} calls priced again when expected ${before}.`);
  }
  await runStatement(summarizeSessions('finishing_sessions', 'finishing_calls'), { importId });
}

/**
 * Lets what was put together aside take the place of the calls and sessions that are read.
 *
 * It stays aside until {@link dropFinishing}, so that this can be done once more where a stop came
 * between the two tables.
 *
 * @returns whether there was anything to put in place
 */
export async function replaceRepriced(importId: string): Promise<boolean> {
  const [[calls, sessions] = []] = await queryRows(
    `SELECT (SELECT count() FROM finishing_calls WHERE import_id = {importId:String}),
            (SELECT count() FROM finishing_sessions WHERE import_id = {importId:String})`,
    { importId },
  );
  if (numberOf(calls) === 0 || numberOf(sessions) === 0) return false;
  for (const table of ['sessions', 'calls'] as const) {
    await runStatement(
      `ALTER TABLE ${table} REPLACE PARTITION {importId:String} FROM finishing_${table}`,
      { importId },
    );
  }
  return true;
}
