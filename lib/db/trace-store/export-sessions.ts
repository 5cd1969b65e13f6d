import { formulaStart, plainNumber } from '../../csv-text';
import { queryBytes } from './connection';
import { filterSessions, measures, type SessionFilter } from './session-filter';
import { sessionsOf } from './session-table';

/** In which form sessions are exported. */
export type SessionExportFormat = 'csv' | 'json' | 'parquet';

const clickhouseFormats = {
  csv: 'CSVWithNames',
  json: 'JSONEachRow',
  parquet: 'Parquet',
} as const satisfies Record<SessionExportFormat, string>;

const sessionsPerChunk = 20_000;

const columnsOf = (format: SessionExportFormat) => `${textOf('session_id', format)} AS session_id,
  if(start_ms IS NULL, NULL, fromUnixTimestamp64Milli(toInt64(start_ms), 'UTC')) AS start_utc,
  ${measures.duration} AS duration_sec, turns, model_calls, tool_calls, database_calls, queue_calls,
  input_fresh AS input_fresh_tokens, cache_read AS cache_read_tokens,
  cache_write_5m AS cache_write_5m_tokens, cache_write_1h AS cache_write_1h_tokens,
  cache_write_unknown_ttl AS cache_write_unknown_ttl_tokens,
  output AS output_tokens, reasoning AS reasoning_tokens,
  ${measures.cost} AS list_cost_usd, toFloat64(recorded_cost_pico) / 1e12 AS recorded_cost_usd,
  unpriced_calls, usage_missing_calls, estimated_calls, errors, is_inferred, is_by_rule,
  ${['models', 'agents', 'tools', 'error_types', 'tenants']
    .map((column) => `${textOf(`arrayStringConcat(${column}, ', ')`, format)} AS ${column}`)
    .join(', ')}`;

/** A text as it is; in CSV as `writeCsv` writes it, so that no spreadsheet runs it as a formula. */
const textOf = (text: string, format: SessionExportFormat) =>
  format === 'csv'
    ? `if(match(${text}, ${quote(formulaStart.source)})
      AND NOT match(${text}, ${quote(`(?i)${plainNumber.source}`)}), concat('''', ${text}), ${text})`
    : text;

/** A text of ours as a literal of SQL. */
const quote = (text: string) => `'${text.replaceAll('\\', '\\\\')}'`;

/**
 * Exports the sessions of a filter, ordered by id: CSV with a header, JSON of one object per line, or
 * Parquet. What is not known is empty in CSV and null elsewhere. A text that a spreadsheet would run
 * as a formula is led by an apostrophe in CSV, and is as it was elsewhere.
 *
 * Rows of text come in chunks of some thousands; a Parquet file comes as one.
 */
export async function* exportSessions(
  importIds: readonly string[],
  filter: SessionFilter,
  format: SessionExportFormat,
): AsyncGenerator<Uint8Array> {
  const { where, params } = filterSessions(filter);
  // Filtered before the columns get their names: lists become text under the names of lists.
  const matching = `(SELECT *, session_id AS ordered_by FROM ${sessionsOf(importIds)} WHERE ${where})`;
  const select = `SELECT ${columnsOf(format)} FROM ${matching}`;
  const formatName = clickhouseFormats[format];
  if (format === 'parquet') {
    yield await queryBytes(`${select} ORDER BY ordered_by FORMAT ${formatName}`, {
      importIds,
      ...params,
    });
    return;
  }
  for (let offset = 0; ; offset += sessionsPerChunk) {
    const isFirst = offset === 0;
    const chunkFormat = format === 'csv' && !isFirst ? 'CSV' : formatName;
    const bytes = await queryBytes(
      `${select} ORDER BY ordered_by
       LIMIT {limit:UInt32} OFFSET {offset:UInt64}
       SETTINGS format_csv_null_representation = '' FORMAT ${chunkFormat}`,
      { importIds, ...params, limit: sessionsPerChunk, offset },
    );
    if (bytes.length > 0) yield bytes;
    if (bytes.filter((byte) => byte === 0x0a).length < sessionsPerChunk) return;
  }
}
