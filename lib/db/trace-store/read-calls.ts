import type {
  CallKind,
  SessionIdSource,
  TokenUsage,
  UsageBasis,
  UsageQuality,
} from '../../traces/call-record';
import { type Params, queryRows, queryTexts } from './connection';
import { numberOf, numberOrNull, textOrNull } from './decode-row';

/** One stored call with everything that pages and models read of it. */
export interface StoredCall {
  readonly importId: string;
  readonly seq: number;
  readonly kind: CallKind;
  readonly callId: string;
  readonly traceId: string | null;
  readonly parentCallId: string | null;
  readonly sessionId: string;
  readonly threadId: string;
  readonly agentName: string | null;
  readonly turnIndex: number | null;
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly providerName: string | null;
  readonly requestModel: string | null;
  readonly responseModel: string | null;
  readonly usage: TokenUsage | null;
  readonly listCostPicoUsd: number | null;
  readonly inputCostPicoUsd: number | null;
  readonly recordedCostUsd: number | null;
  readonly errorType: string | null;
  readonly toolName: string | null;
  readonly dependencyName: string | null;
  readonly inputDigest: string | null;
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  readonly principal: string | null;
  readonly fileIndex: number;
  readonly line: number;
  readonly sessionIdSource: SessionIdSource | null; // null: stored before it was recorded
  readonly timeToFirstTokenMs: number | null;
  readonly usageQuality: UsageQuality | null;
  readonly usageBasis: UsageBasis | null;
  readonly serviceTier: string | null;
  readonly isResponseCacheHit: boolean;
  readonly isAfterCompaction: boolean;
  readonly tenantName: string | null;
  readonly idempotencyKey: string | null;
  readonly approval: string | null;
  readonly skuPriceId: string | null;
  readonly isUnattributed: boolean;
}

const columns = `import_id, seq, kind, call_id, trace_id, parent_call_id, session_id, thread_id,
  agent_name, turn_index, start_ms, end_ms, provider_name, request_model, response_model,
  input_fresh, cache_read, cache_write_5m, cache_write_1h, cache_write_unknown_ttl, output,
  reasoning, list_cost_pico, input_cost_pico, recorded_cost_usd, error_type, tool_name,
  dependency_name, input_digest, has_input, has_output, principal, file_index, line,
  session_id_source, time_to_first_token_ms, usage_quality, usage_basis, service_tier,
  is_response_cache_hit, is_after_compaction, tenant_name, idempotency_key, approval, sku_price_id,
  is_unattributed`;

const inOrder = 'start_ms ASC NULLS LAST, import_id, file_index, line, seq';

/** Reads the first calls of one session, by start and then by place in the file. */
export async function readSessionCalls(
  importIds: readonly string[],
  sessionId: string,
  limit: number,
): Promise<StoredCall[]> {
  const rows = await queryRows(
    `SELECT ${columns} FROM calls
     WHERE import_id IN {importIds:Array(String)} AND session_id = {sessionId:String}
     ORDER BY ${inOrder} LIMIT {limit:UInt32}`,
    { importIds, sessionId, limit },
  );
  return rows.map(callOf);
}

/** Limits of what models are computed from; beyond them sessions are sampled. */
export interface SampleLimits {
  readonly sessions: number;
  readonly calls: number;
}

/** What models are computed from. Less than a whole call: there may be millions of them. */
export type SampledCall = Pick<
  StoredCall,
  | 'sessionId'
  | 'threadId'
  | 'kind'
  | 'agentName'
  | 'providerName'
  | 'requestModel'
  | 'responseModel'
  | 'serviceTier'
  | 'tenantName'
  | 'toolName'
  | 'dependencyName'
  | 'principal'
  | 'turnIndex'
  | 'startMs'
  | 'endMs'
  | 'usage'
  | 'listCostPicoUsd'
  | 'inputCostPicoUsd'
  | 'recordedCostUsd'
  | 'errorType'
  | 'isResponseCacheHit'
  | 'isAfterCompaction'
  | 'hasInput'
  | 'hasOutput'
  | 'inputDigest'
>;

const sampledColumns = `session_id, thread_id, kind, agent_name, request_model, response_model,
  tool_name, dependency_name, principal, turn_index, start_ms, end_ms,
  input_fresh, cache_read, cache_write_5m, cache_write_1h, cache_write_unknown_ttl, output, reasoning,
  list_cost_pico, input_cost_pico, recorded_cost_usd, error_type, has_input, has_output, input_digest,
  provider_name, service_tier, tenant_name, is_response_cache_hit, is_after_compaction`;

/** Calls of whole sessions, ordered by session, start, file and line. */
export interface StoredSessionSet {
  readonly calls: Iterable<SampledCall>;
  readonly sessionsInStore: number;
}

/**
 * Reads the sessions that models are computed from.
 *
 * Beyond the limits it takes the sessions with the smallest hash of their id, as many as fit: the
 * same sessions every time, whatever the order of imports. Rows are decoded as they are iterated.
 */
export async function readSessionCallSet(
  importIds: readonly string[],
  limits: SampleLimits,
): Promise<StoredSessionSet> {
  const params: Params = {
    importIds,
    sessionLimit: limits.sessions,
    callLimit: limits.calls,
  };
  const [count = []] = await queryRows(
    `SELECT uniqExact(session_id), sum(calls) FROM sessions
     WHERE import_id IN {importIds:Array(String)}`,
    { importIds },
  );
  const sessionsInStore = numberOf(count[0]);
  const isWhole = sessionsInStore <= limits.sessions && numberOf(count[1]) <= limits.calls;
  const sampled = `AND session_id IN (
      SELECT session_id FROM (
        SELECT session_id, position, sum(calls) OVER (ORDER BY position) AS calls_so_far
        FROM (
          SELECT session_id, sum(calls) AS calls,
                 row_number() OVER (ORDER BY cityHash64(session_id), session_id) AS position
          FROM sessions WHERE import_id IN {importIds:Array(String)} GROUP BY session_id
        )
      ) WHERE position = 1
           OR (position <= {sessionLimit:UInt32} AND calls_so_far <= {callLimit:UInt32}))`;
  const texts = await queryTexts(
    `SELECT ${sampledColumns} FROM calls
     WHERE import_id IN {importIds:Array(String)} ${isWhole ? '' : sampled}
     ORDER BY session_id, ${inOrder}`,
    isWhole ? { importIds } : params,
  );
  return { calls: { [Symbol.iterator]: () => decodeSampled(texts) }, sessionsInStore };
}

/** About as many calls are held in memory at a time, unless one trace has more. */
const callsPerPart = 100_000;

/**
 * Reads every call of the traces in which an agent span of an import has usage, while the import is
 * being finished; part by part, each with whole traces in the order of their ids.
 *
 * @param knownImportIds imports of the same project that may hold other calls of these traces
 */
export async function* readRollupTraces(
  importId: string,
  knownImportIds: readonly string[],
): AsyncGenerator<Iterable<StoredCall>> {
  const known = knownImportIds.length > 0;
  const params: Params = known ? { importId, knownImportIds } : { importId };
  const traces = `SELECT trace_id FROM finishing_calls
    WHERE import_id = {importId:String} AND kind = 'agent' AND output IS NOT NULL
      AND trace_id IS NOT NULL`;
  const own = `FROM finishing_calls
    WHERE import_id = {importId:String} AND trace_id IN (${traces})`;
  const before = `FROM calls
    WHERE import_id IN {knownImportIds:Array(String)} AND trace_id IN (${traces})`;
  const [count = []] = await queryRows(`SELECT count() ${own}`, params);
  const parts = Math.ceil(numberOf(count[0]) / callsPerPart);
  for (let part = 0; part < parts; part++) {
    const ofPart = 'AND cityHash64(trace_id) % {parts:UInt32} = {part:UInt32}';
    const selects = [own, ...(known ? [before] : [])].map(
      (source) => `SELECT ${columns} ${source} ${ofPart}`,
    );
    const texts = await queryTexts(
      `SELECT * FROM (${selects.join(' UNION ALL ')}) ORDER BY trace_id, import_id, seq`,
      { ...params, parts, part },
    );
    yield { [Symbol.iterator]: () => decode(texts) };
  }
}

function* decode(texts: readonly string[]): Generator<StoredCall> {
  for (const text of texts) yield callOf(JSON.parse(text) as unknown[]);
}

function* decodeSampled(texts: readonly string[]): Generator<SampledCall> {
  for (const text of texts) yield sampledCallOf(JSON.parse(text) as unknown[]);
}

function sampledCallOf(row: readonly unknown[]): SampledCall {
  return {
    sessionId: String(row[0]),
    threadId: String(row[1]),
    kind: row[2] as CallKind,
    agentName: textOrNull(row[3]),
    requestModel: textOrNull(row[4]),
    responseModel: textOrNull(row[5]),
    toolName: textOrNull(row[6]),
    dependencyName: textOrNull(row[7]),
    principal: textOrNull(row[8]),
    turnIndex: numberOrNull(row[9]),
    startMs: numberOrNull(row[10]),
    endMs: numberOrNull(row[11]),
    usage: usageOf(row.slice(12, 19)),
    listCostPicoUsd: numberOrNull(row[19]),
    inputCostPicoUsd: numberOrNull(row[20]),
    recordedCostUsd: numberOrNull(row[21]),
    errorType: textOrNull(row[22]),
    hasInput: row[23] === 1,
    hasOutput: row[24] === 1,
    inputDigest: textOrNull(row[25]),
    providerName: textOrNull(row[26]),
    serviceTier: textOrNull(row[27]),
    tenantName: textOrNull(row[28]),
    isResponseCacheHit: row[29] === 1,
    isAfterCompaction: row[30] === 1,
  };
}

function callOf(row: readonly unknown[]): StoredCall {
  return {
    importId: String(row[0]),
    seq: numberOf(row[1]),
    kind: row[2] as CallKind,
    callId: String(row[3]),
    traceId: textOrNull(row[4]),
    parentCallId: textOrNull(row[5]),
    sessionId: String(row[6]),
    threadId: String(row[7]),
    agentName: textOrNull(row[8]),
    turnIndex: numberOrNull(row[9]),
    startMs: numberOrNull(row[10]),
    endMs: numberOrNull(row[11]),
    providerName: textOrNull(row[12]),
    requestModel: textOrNull(row[13]),
    responseModel: textOrNull(row[14]),
    usage: usageOf(row.slice(15, 22)),
    listCostPicoUsd: numberOrNull(row[22]),
    inputCostPicoUsd: numberOrNull(row[23]),
    recordedCostUsd: numberOrNull(row[24]),
    errorType: textOrNull(row[25]),
    toolName: textOrNull(row[26]),
    dependencyName: textOrNull(row[27]),
    inputDigest: textOrNull(row[28]),
    hasInput: row[29] === 1,
    hasOutput: row[30] === 1,
    principal: textOrNull(row[31]),
    fileIndex: numberOf(row[32]),
    line: numberOf(row[33]),
    sessionIdSource: row[34] as SessionIdSource | null,
    timeToFirstTokenMs: numberOrNull(row[35]),
    usageQuality: row[36] as UsageQuality | null,
    usageBasis: row[37] as UsageBasis | null,
    serviceTier: textOrNull(row[38]),
    isResponseCacheHit: row[39] === 1,
    isAfterCompaction: row[40] === 1,
    tenantName: textOrNull(row[41]),
    idempotencyKey: textOrNull(row[42]),
    approval: textOrNull(row[43]),
    skuPriceId: textOrNull(row[44]),
    isUnattributed: row[45] === 1,
  };
}

function usageOf(buckets: readonly unknown[]): TokenUsage | null {
  const [inputFresh, cacheRead, write5m, write1h, writeUnknown, output, reasoning] = buckets;
  if (output === null) return null;
  return {
    inputFresh: numberOf(inputFresh),
    cacheRead: numberOf(cacheRead),
    cacheWrite5m: numberOf(write5m),
    cacheWrite1h: numberOf(write1h),
    cacheWriteUnknownTtl: numberOf(writeUnknown),
    output: numberOf(output),
    reasoning: numberOrNull(reasoning),
  };
}
