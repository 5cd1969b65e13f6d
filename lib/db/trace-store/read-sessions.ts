import { usdFromPicoUsd } from '../../units';
import { type Params, queryRows } from './connection';
import { numberOf, numberOrNull, textOrNull, textsOf } from './decode-row';

/** One session as a row of a table; sums are over all its calls. */
export interface StoredSession {
  readonly sessionId: string;
  readonly startMs: number | null;
  readonly durationSec: number | null;
  readonly turns: number | null;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly listCostUsd: number | null;
  readonly unpricedCalls: number;
  readonly usageMissingCalls: number;
  readonly errors: number;
  readonly models: string[];
  readonly agents: string[];
}

/** Which sessions, in which order. */
export interface SessionListQuery {
  readonly q: string;
  readonly sort: 'start' | 'cost' | 'calls' | 'tokens' | 'duration';
  readonly order: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

/** Costs of single calls fit 64 bits; their sum may not. */
const costSum = "sumIf(toInt128(list_cost_pico), kind = 'model')";

/** Columns and expressions of a session; a table shows at most twenty names of each kind. */
const sessionColumns = `
  session_id,
  min(start_ms) AS start,
  (max(coalesce(end_ms, start_ms)) - min(start_ms)) / 1000 AS duration,
  max(turn_index) + 1 AS turns,
  countIf(kind = 'model') AS model_calls,
  countIf(kind = 'tool') AS tool_calls,
  ifNull(sumIf(input_fresh + cache_read + cache_write_5m + cache_write_1h
               + cache_write_unknown_ttl, kind = 'model'), 0) AS prompt,
  ifNull(sumIf(output + ifNull(reasoning, 0), kind = 'model'), 0) AS produced,
  toString(${costSum}) AS cost,
  countIf(kind = 'model' AND list_cost_pico IS NULL AND output IS NOT NULL) AS unpriced,
  countIf(kind = 'model' AND output IS NULL) AS usage_missing,
  countIf(error_type IS NOT NULL) AS errors,
  groupUniqArrayIf(20)(coalesce(response_model, request_model, ''), kind = 'model') AS models,
  groupUniqArrayIf(20)(ifNull(agent_name, ''), agent_name IS NOT NULL) AS agents`;

const sortKeys = {
  start: 'start',
  cost: costSum,
  calls: 'model_calls',
  tokens: 'prompt + produced',
  duration: 'duration',
} as const satisfies Record<SessionListQuery['sort'], string>;

/** Sessions of which the id, an agent or a model contains the text, whatever its case. */
const matches = `session_id IN (
  SELECT session_id FROM calls
  WHERE import_id IN {importIds:Array(String)} AND (
    positionCaseInsensitiveUTF8(session_id, {q:String}) > 0
    OR positionCaseInsensitiveUTF8(ifNull(agent_name, ''), {q:String}) > 0
    OR positionCaseInsensitiveUTF8(coalesce(response_model, request_model, ''), {q:String}) > 0))`;

/** Reads one page of sessions and the number of sessions that match. */
export async function readSessionPage(
  importIds: readonly string[],
  query: SessionListQuery,
): Promise<{ total: number; rows: StoredSession[] }> {
  const params: Params = { importIds, limit: query.limit, offset: query.offset };
  if (query.q !== '') params.q = query.q;
  const where = `import_id IN {importIds:Array(String)}${query.q === '' ? '' : ` AND ${matches}`}`;
  const direction = query.order === 'asc' ? 'ASC' : 'DESC';

  const [count = []] = await queryRows(
    `SELECT uniqExact(session_id) FROM calls WHERE ${where}`,
    params,
  );
  const rows = await queryRows(
    `SELECT ${sessionColumns} FROM calls WHERE ${where} GROUP BY session_id
     ORDER BY ${sortKeys[query.sort]} ${direction} NULLS LAST, session_id
     LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
    params,
  );
  return { total: numberOf(count[0]), rows: rows.map(sessionOf) };
}

/** Reads one session, or null where these imports hold none of that id. */
export async function readSession(
  importIds: readonly string[],
  sessionId: string,
): Promise<StoredSession | null> {
  const [row] = await queryRows(
    `SELECT ${sessionColumns} FROM calls
     WHERE import_id IN {importIds:Array(String)} AND session_id = {sessionId:String}
     GROUP BY session_id`,
    { importIds, sessionId },
  );
  return row === undefined ? null : sessionOf(row);
}

/** Reads the sessions before and after one, by start and then by id. */
export async function readNeighbours(
  importIds: readonly string[],
  session: StoredSession,
): Promise<{ previousSessionId: string | null; nextSessionId: string | null }> {
  const [row = []] = await queryRows(
    `WITH ({startMs:Float64}, {sessionId:String}) AS here
     SELECT maxIf((start, session_id), (start, session_id) < here).2,
            minIf((start, session_id), (start, session_id) > here).2
     FROM (
       SELECT session_id, ifNull(min(start_ms), 0) AS start FROM calls
       WHERE import_id IN {importIds:Array(String)} GROUP BY session_id
     )`,
    { importIds, sessionId: session.sessionId, startMs: session.startMs ?? 0 },
  );
  return {
    previousSessionId: textOrNull(row[0]) || null,
    nextSessionId: textOrNull(row[1]) || null,
  };
}

function sessionOf(row: readonly unknown[]): StoredSession {
  const cost = textOrNull(row[8]);
  return {
    sessionId: String(row[0]),
    startMs: numberOrNull(row[1]),
    durationSec: numberOrNull(row[2]),
    turns: numberOrNull(row[3]),
    modelCalls: numberOf(row[4]),
    toolCalls: numberOf(row[5]),
    promptTokens: numberOf(row[6]),
    outputTokens: numberOf(row[7]),
    listCostUsd: cost === null ? null : usdFromPicoUsd(BigInt(cost)),
    unpricedCalls: numberOf(row[9]),
    usageMissingCalls: numberOf(row[10]),
    errors: numberOf(row[11]),
    models: textsOf(row[12])
      .filter((name) => name !== '')
      .sort(),
    agents: textsOf(row[13]).sort(),
  };
}

/** Counts the sessions of imports; one that several imports share counts once. */
export async function countSessions(importIds: readonly string[]): Promise<number> {
  const [row = []] = await queryRows(
    'SELECT uniqExact(session_id) FROM calls WHERE import_id IN {importIds:Array(String)}',
    { importIds },
  );
  return numberOf(row[0]);
}
