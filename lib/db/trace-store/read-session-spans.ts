import { queryRows } from './connection';
import { numberOrNull } from './decode-row';
import { sessionsOf } from './session-table';

/** When sessions started and ended, in the order of their starts. */
export interface SessionSpans {
  readonly startMs: Float64Array; // NaN where no call of a session has a time
  readonly endMs: Float64Array;
}

/** Sessions beyond this are left out, the earliest first: a sample of arrivals is another process. */
const maxSpans = 200_000;

/** Reads the first and last time of the sessions of imports, the latest 200,000 with a time. */
export async function readSessionSpans(importIds: readonly string[]): Promise<SessionSpans> {
  const rows = await queryRows(
    `SELECT start_ms, end_ms FROM ${sessionsOf(importIds)}
     ORDER BY start_ms DESC NULLS LAST LIMIT ${maxSpans}`,
    { importIds },
  );
  const column = (at: number) =>
    Float64Array.from(rows, (row) => numberOrNull(row[at]) ?? Number.NaN).reverse();
  return { startMs: column(0), endMs: column(1) };
}
