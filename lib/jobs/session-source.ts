import { createHash } from 'node:crypto';
import { listCompletedImports } from '../db/import-store';
import {
  readSessionCallSet,
  type SampledCall,
  type SampleLimits,
} from '../db/trace-store/read-calls';
import { groupCalls, type PricedCallRow } from '../sessions/group-calls';
import type { SessionSet } from '../sessions/session';

/** The completed imports of a project and hashes that change when they do. */
export interface ImportSelection {
  readonly importIds: readonly string[];
  readonly hash: string;
  /** Of the prices with which their calls are stored; costs hang on it, workloads do not. */
  readonly pricesHash: string;
}

/** Selects what the models of a project are computed from. */
export async function selectImports(projectId: string): Promise<ImportSelection> {
  const imports = await listCompletedImports(projectId);
  return {
    importIds: imports.map((one) => one.importId),
    hash: hashOf(imports.map((one) => [one.importId, one.contentHash])),
    pricesHash: hashOf(imports.map((one) => one.pricedWith)),
  };
}

/** SHA-256 of a JSON value, in hexadecimal. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

interface KeptSet {
  readonly hash: string;
  readonly set: Promise<SessionSet>;
}

/** Beyond these, models take a sample of the sessions; totals stay exact. */
const modelLimits: SampleLimits = { sessions: 20_000, calls: 500_000 };

/** The last session sets, so that the pages of one project read the store once. */
const keptMax = 2;
const holder = globalThis as typeof globalThis & { plimsollSessionSets?: Map<string, KeptSet> };

/** Reads the sessions of a project for its models; null where no import is completed. */
export async function loadSessionSet(
  projectId: string,
  selection: ImportSelection,
  limits: SampleLimits = modelLimits,
): Promise<SessionSet | null> {
  if (selection.importIds.length === 0) return null;
  holder.plimsollSessionSets ??= new Map();
  const kept = holder.plimsollSessionSets;
  const name = `${projectId}:${limits.sessions}:${limits.calls}`;
  const hash = hashOf([selection.hash, selection.pricesHash]);
  const found = kept.get(name);
  if (found?.hash === hash) return found.set;

  const set = readSet(selection.importIds, limits);
  kept.delete(name);
  kept.set(name, { hash, set });
  for (const key of kept.keys()) if (kept.size > keptMax) kept.delete(key);
  set.catch(() => kept.delete(name));
  return set;
}

async function readSet(importIds: readonly string[], limits: SampleLimits): Promise<SessionSet> {
  const { calls, sessionsInStore } = await readSessionCallSet(importIds, limits);
  return groupCalls(rowsOf(calls), sessionsInStore);
}

/** A session set of stored calls that are ordered by session, start, file and line. */
export function groupStoredCalls(
  calls: Iterable<SampledCall>,
  sessionsInStore: number,
): SessionSet {
  return groupCalls(rowsOf(calls), sessionsInStore);
}

function* rowsOf(calls: Iterable<SampledCall>): Generator<PricedCallRow> {
  for (const call of calls) yield sessionRow(call);
}

/** A stored call as sessions are grouped from it. */
export function sessionRow(call: SampledCall): PricedCallRow {
  // What an agent span reports beyond its children is a call of its own by now.
  const usage = call.kind === 'agent' ? null : call.usage;
  return {
    sessionId: call.sessionId,
    threadId: call.threadId,
    kind: call.kind,
    agentName: call.agentName,
    model: call.responseModel ?? call.requestModel,
    providerName: call.providerName,
    serviceTier: call.serviceTier,
    tenantName: call.tenantName,
    toolName: call.toolName,
    dependencyName: call.dependencyName,
    principal: call.principal,
    turnIndex: call.turnIndex,
    startMs: call.startMs,
    endMs: call.endMs,
    inputFresh: usage?.inputFresh ?? null,
    cacheRead: usage?.cacheRead ?? null,
    cacheWrite5m: usage?.cacheWrite5m ?? null,
    cacheWrite1h: usage?.cacheWrite1h ?? null,
    cacheWriteUnknownTtl: usage?.cacheWriteUnknownTtl ?? null,
    output: usage?.output ?? null,
    reasoning: usage?.reasoning ?? null,
    listCostPicoUsd: call.listCostPicoUsd,
    inputCostPicoUsd: call.inputCostPicoUsd,
    recordedCostUsd: call.recordedCostUsd,
    isResponseCacheHit: call.isResponseCacheHit,
    isAfterCompaction: call.isAfterCompaction,
    hasError: call.errorType !== null,
    hasInput: call.hasInput,
    hasOutput: call.hasOutput,
    inputDigest: call.inputDigest,
  };
}
