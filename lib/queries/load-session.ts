import type { SessionCall, SessionDetail } from '../contracts/session';
import { listCompletedImports, type StoredImport } from '../db/import-store';
import { getProjectOrThrow } from '../db/project-store';
import { readSessionCalls, type StoredCall } from '../db/trace-store/read-calls';
import { readNeighbours, readSession } from '../db/trace-store/read-sessions';
import { AppError } from '../errors';
import { groupStoredCalls, selectImports } from '../jobs/session-source';
import { measureContext } from '../sessions/context-growth';
import { promptTokens } from '../traces/call-record';
import { usdFromPicoUsd } from '../units';

const callsShownMax = 5_000;
const callsMeasuredMax = 100_000;

/**
 * One session with its calls and, for each, what of its prompt was sent before.
 *
 * @throws AppError not_found
 */
export async function loadSession(projectId: string, sessionId: string): Promise<SessionDetail> {
  await getProjectOrThrow(projectId);
  const { importIds } = await selectImports(projectId);
  const session = await readSession(importIds, sessionId);
  if (session === null) {
    throw new AppError('not_found', 'There is no such session in this project.');
  }
  const [calls, neighbours, imports] = await Promise.all([
    readSessionCalls(importIds, sessionId, callsMeasuredMax),
    readNeighbours(importIds, session),
    listCompletedImports(projectId),
  ]);
  const context = measureContext(groupStoredCalls(calls, 1));
  const shown = calls.slice(0, callsShownMax).map((call, row) =>
    callOf(call, {
      fileName: fileNameOf(imports, call),
      resentTokens: context.resentTokens[row] ?? Number.NaN,
      isContextReset: context.isContextReset[row] === 1,
    }),
  );
  const callsStored = session.modelCalls + session.toolCalls;
  return {
    session,
    calls: shown,
    isTruncated: calls.length > callsShownMax || callsStored > calls.length,
    ...neighbours,
  };
}

function fileNameOf(imports: readonly StoredImport[], call: StoredCall): string {
  const files = imports.find((one) => one.importId === call.importId)?.files ?? [];
  return files.find((file) => file.position === call.fileIndex)?.name ?? 'unknown file';
}

function callOf(
  call: StoredCall,
  measured: { fileName: string; resentTokens: number; isContextReset: boolean },
): SessionCall {
  const { listCostPicoUsd } = call;
  return {
    kind: call.kind,
    callId: call.callId,
    parentCallId: call.parentCallId,
    threadId: call.threadId,
    agentName: call.agentName,
    model: call.responseModel ?? call.requestModel,
    toolName: call.toolName,
    turnIndex: call.turnIndex,
    startMs: call.startMs,
    endMs: call.endMs,
    usage: call.usage,
    promptTokens: call.usage === null ? null : promptTokens(call.usage),
    resentTokens: Number.isNaN(measured.resentTokens) ? null : measured.resentTokens,
    isContextReset: measured.isContextReset,
    listCostUsd: listCostPicoUsd === null ? null : usdFromPicoUsd(listCostPicoUsd),
    recordedCostUsd: call.recordedCostUsd,
    errorType: call.errorType,
    fileName: measured.fileName,
    line: call.line,
  };
}
