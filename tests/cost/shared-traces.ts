import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PricedCallRow } from '@/lib/sessions/group-calls';
import { pricedRow } from './priced-row';

/** Where real traces lie beside the project, on machines that have them. */
const sharedData = resolve(process.cwd(), '../shared/data');

/** Whether they are there; prints why the tests that need them are skipped. */
export function hasSharedData(): boolean {
  const isThere = existsSync(join(sharedData, 'traces/expected.json'));
  if (!isThere) process.stdout.write('Skipped: no ../shared/data beside the project.\n');
  return isThere;
}

/** Foreign JSON, read by tests that know its shape. */
type Json = ReturnType<typeof JSON.parse>;

/** Parses a JSON file of the shared data. */
export const readJson = (path: string): Json =>
  JSON.parse(readFileSync(join(sharedData, path), 'utf8'));

/** Files of a folder of the shared data with an extension. */
export const listFiles = (folder: string, extension: string): string[] =>
  readdirSync(join(sharedData, folder)).filter((name) => name.endsWith(extension));

/** Parses a file of one JSON value per line; two of the files hold one line that was cut off. */
const readLines = (path: string): Json[] =>
  readFileSync(join(sharedData, path), 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });

/** Calls of a pi session that used tokens. */
export function readPiCalls(path: string): PricedCallRow[] {
  return readLines(path)
    .filter(({ message }) => message?.role === 'assistant' && message.usage !== undefined)
    .filter(({ message: { usage } }) => usage.input + usage.cacheRead + usage.cacheWrite > 0)
    .map(({ message }) =>
      pricedRow({
        model: message.model,
        startMs: message.timestamp,
        inputFresh: message.usage.input,
        cacheRead: message.usage.cacheRead,
        cacheWrite5m: message.usage.cacheWrite,
        output: message.usage.output,
        recordedCostUsd: message.usage.cost.total,
      }),
    );
}

/** Calls of a Claude Code transcript: one per message id, with the largest output seen for it. */
export function readClaudeCodeCalls(path: string, sessionId: string): PricedCallRow[] {
  const byId = new Map<string, Json>();
  for (const entry of readLines(path)) {
    const { message } = entry;
    if (entry.type !== 'assistant' || message?.usage === undefined) continue;
    if (message.model === '<synthetic>') continue;
    const known = byId.get(message.id);
    if (known === undefined) byId.set(message.id, structuredClone(entry));
    else {
      const usage = known.message.usage;
      usage.output_tokens = Math.max(usage.output_tokens, message.usage.output_tokens);
    }
  }
  return [...byId.values()]
    .toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp))
    .map(({ message, isSidechain, timestamp }) => {
      const { usage } = message;
      const written = usage.cache_creation_input_tokens ?? 0;
      const oneHour = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
      return pricedRow({
        sessionId,
        threadId: isSidechain === true ? 'sub' : 'main',
        model: message.model,
        startMs: Date.parse(timestamp),
        inputFresh: usage.input_tokens,
        cacheRead: usage.cache_read_input_tokens ?? 0,
        cacheWrite5m: written - oneHour,
        cacheWrite1h: oneHour,
        output: usage.output_tokens,
      });
    });
}

/** Agent calls of a tau2-bench result file, one session per simulation. */
export function readTau2Calls(path: string): PricedCallRow[] {
  const file = readJson(path);
  return file.simulations.flatMap((simulation: Json, index: number) =>
    simulation.messages
      .filter((message: Json) => message.role === 'assistant' && message.usage !== null)
      .map((message: Json) =>
        pricedRow({
          sessionId: `${index}`,
          model: message.raw_data?.model ?? null,
          startMs: Date.parse(`${message.timestamp}Z`),
          inputFresh: message.usage.prompt_tokens,
          output: message.usage.completion_tokens,
          recordedCostUsd: message.cost,
        }),
      ),
  );
}

/** Calls of the ljoukov runs of one model, one session per file. */
export function readLjoukovCalls(model: string): PricedCallRow[] {
  const folder = 'traces/ljoukov-llm-agent-runs';
  return listFiles(folder, '.json').flatMap((name) => {
    const file = readJson(join(folder, name));
    if (file.model !== model) return [];
    return (file.result?.steps ?? []).map((step: Json) =>
      pricedRow({
        sessionId: name,
        model,
        inputFresh: step.usage.promptTokens - (step.usage.cachedTokens ?? 0),
        cacheRead: step.usage.cachedTokens ?? 0,
        output: step.usage.responseTokens ?? 0,
        reasoning: step.usage.thinkingTokens ?? 0,
        recordedCostUsd: step.costUsd,
      }),
    );
  });
}
