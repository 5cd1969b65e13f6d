import { expect, test } from 'vitest';
import {
  chatMessagesAdapter,
  createChatMessagesAdapter,
} from '@/lib/traces/adapters/chat-messages/chat-messages';
import { CallRecord } from '@/lib/traces/call-record';
import { readTraceFile } from '@/lib/traces/import-trace';
import type { TraceAdapter } from '@/lib/traces/trace-adapter';
import { characters } from '../character-counter';
import {
  asFigures,
  expectFigures,
  figuresOf,
  hasSharedData,
  readCalls,
  readExpected,
  sharedPath,
} from '../expected-figures';

const file = sharedPath('traces/tau-bench-gpt-4o-airline/gpt-4o-airline.json');
const expected = () => readExpected('tau-bench-gpt-4o-airline', 'whole');

async function readWith(adapter: TraceAdapter): Promise<CallRecord[]> {
  const calls: CallRecord[] = [];
  const source = { path: file, fileName: 'gpt-4o-airline.json', firstFileIndex: 0 };
  for await (const item of readTraceFile(source, { adapters: [adapter] })) {
    if (item.type === 'call') calls.push(CallRecord.parse(item.call));
  }
  return calls;
}

test.runIf(hasSharedData)(
  'with a counter of characters every figure of the run is met',
  async () => {
    const calls = await readWith(createChatMessagesAdapter(() => characters));
    const { chars, tool_calls: toolCalls, sessions } = expected();
    expectFigures(figuresOf(calls), chars);
    expect(calls.filter((call) => call.kind === 'tool')).toHaveLength(Number(toolCalls));
    expect(new Set(calls.map((call) => call.sessionId)).size).toBe(sessions);
    expect(new Set(calls.map((call) => call.dedupeKey)).size).toBe(calls.length);
  },
);

test.runIf(hasSharedData)(
  'the run is told by its structure, and its tokens are marked as estimated',
  async () => {
    const { calls, issues, adapterIds } = await readCalls([file]);
    expect(adapterIds).toEqual([chatMessagesAdapter.id]);
    const models = calls.filter((call) => call.kind === 'model');
    expect(models.every((call) => call.usageQuality === 'estimated')).toBe(true);
    expect(models.every((call) => call.requestModel === 'gpt-4o')).toBe(true);
    expect(models.every((call) => call.sessionIdSource === 'stated')).toBe(true);
    const estimated = issues.filter((issue) => issue.kind === 'usage_estimated');
    expect(estimated).toMatchObject([{ count: 2454 }]);
    expect(estimated[0]?.message).toContain('o200k_base, within ±4 %');

    // English and JSON take three to five characters a token.
    const inTokens = figuresOf(calls);
    const { chars } = expected();
    for (const name of ['total_input_tokens', 'total_output_tokens']) {
      const ratio = Number(asFigures(chars)[name]) / Number(inTokens[name]);
      expect(ratio).toBeGreaterThan(3);
      expect(ratio).toBeLessThan(5);
    }
  },
);
