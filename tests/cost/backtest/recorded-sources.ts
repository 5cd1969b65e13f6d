import { readdirSync } from 'node:fs';
import {
  type PredictableSessions,
  selectPredictable,
} from '@/lib/cost/predict/predictable-sessions';
import { priceCall } from '@/lib/cost/price-call';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { type CallRecord, promptTokens } from '@/lib/traces/call-record';
import { callRow, usageMissing } from '../../sessions/rows';
import { readCalls, sharedPath } from '../../traces/expected-figures';
import { listFiles, readJson, readLjoukovCalls } from '../shared-traces';

/** Sessions of one system: what a user would import as one project. */
export interface RecordedSource {
  readonly name: string;
  readonly rows: readonly PricedCallRow[]; // by session, then by time
  readonly sessions: PredictableSessions;
}

/** Dollars per million tokens are so many million pico-dollars per token. */
const priorPicoUsd = { output: 25e6, cacheRead: 0.5e6, written: 6.25e6 } as const;

export function rowOf(call: CallRecord, listCostPicoUsd: number | null): PricedCallRow {
  return callRow({
    sessionId: call.sessionId ?? call.dedupeKey,
    threadId: call.threadId,
    agentName: call.agentName,
    model: call.responseModel ?? call.requestModel,
    startMs: call.startMs,
    ...(call.usage ?? usageMissing),
    listCostPicoUsd,
  });
}

export function listCost(call: CallRecord): number | null {
  const cost = priceCall(call);
  return cost.kind === 'priced' ? cost.listCostPicoUsd : null;
}

/** Tokens without dollars, at the prices of the priors: what was not read was written. */
function priorCost({ usage }: CallRecord): number | null {
  if (usage === null) return null;
  const written = promptTokens(usage) - usage.cacheRead;
  const { output, cacheRead, written: write } = priorPicoUsd;
  return usage.cacheRead * cacheRead + written * write + usage.output * output;
}

function sourceOf(name: string, rows: readonly PricedCallRow[]): RecordedSource {
  const bySession = new Map<string, PricedCallRow[]>();
  for (const row of rows) {
    const of = bySession.get(row.sessionId) ?? [];
    bySession.set(row.sessionId, of);
    of.push(row);
  }
  const ordered = [...bySession.values()].flatMap((of) =>
    of.every((row) => row.startMs !== null)
      ? of.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0))
      : of,
  );
  return { name, rows: ordered, sessions: selectPredictable(groupCalls(ordered, bySession.size)) };
}

async function readSource(
  name: string,
  files: readonly string[],
  price: (call: CallRecord) => number | null,
): Promise<RecordedSource> {
  const { calls } = await readCalls(files);
  const models = calls.filter((call) => call.kind === 'model');
  return sourceOf(
    name,
    models.map((call) => rowOf(call, price(call))),
  );
}

const filesOf = (folder: string, extension: string) =>
  readdirSync(sharedPath('traces', folder))
    .filter((name) => name.endsWith(extension) && name !== 'SOURCE.json')
    .sort()
    .map((name) => sharedPath('traces', folder, name));

function readLjoukovSource(model: string): RecordedSource {
  const rows = readLjoukovCalls(model).map((row) => ({
    ...row,
    listCostPicoUsd: Math.round((row.recordedCostUsd ?? Number.NaN) * 1e12),
  }));
  return sourceOf(`ljoukov ${model}`, rows);
}

/**
 * Reads every source, each as one system: every tau2-bench file, every model of ljoukov's runs, the
 * pi session, the Claude Code sessions, and the sessions of kv-cache-tester.
 */
export async function readRecordedSources(): Promise<RecordedSource[]> {
  const sources: RecordedSource[] = [];
  for (const file of filesOf('tau2-bench', '.json')) {
    const name = `tau2 ${file.split('/').at(-1)?.slice(0, -5)}`;
    sources.push(await readSource(name, [file], listCost));
  }
  const folder = 'traces/ljoukov-llm-agent-runs';
  const models = listFiles(folder, '.json').map((name) => readJson(`${folder}/${name}`).model);
  for (const model of new Set<string>(models.filter((model) => typeof model === 'string').sort())) {
    sources.push(readLjoukovSource(model));
  }
  sources.push(
    await readSource('pi-coding-agent', filesOf('pi-coding-agent', '.jsonl'), listCost),
    await readSource('entire-claude-code', filesOf('entire-claude-code', '.jsonl'), listCost),
    await readSource('kv-cache-tester', filesOf('kv-cache-tester/traces', '.json'), priorCost),
  );
  return sources;
}
