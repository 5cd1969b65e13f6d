import { queryRows } from './connection';
import { numberOrNull } from './decode-row';

/** When sessions started and ended, in the order of their starts. */
export interface SessionSpans {
  readonly startMs: Float64Array; // NaN where no call of a session has a time
  readonly endMs: Float64Array;
}

/** Sessions beyond this are left out, the earliest first: a sample of arrivals is another process. */
const maxSpans = 50_000;

/** Reads the first and last time of the sessions of imports, the latest 50,000. */
export async function readSessionSpans(importIds: readonly string[]): Promise<SessionSpans> {
  const rows = await queryRows(
    `SELECT min(start_ms) AS first_ms, max(end_ms) FROM sessions
     WHERE import_id IN {importIds:Array(String)} GROUP BY session_id
     ORDER BY first_ms DESC NULLS LAST LIMIT ${maxSpans}`,
    { importIds },
  );
  const column = (at: number) =>
    Float64Array.from(rows, (row) => numberOrNull(row[at]) ?? Number.NaN).reverse();
  return { startMs: column(0), endMs: column(1) };
}
