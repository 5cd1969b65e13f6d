import { createHash } from 'node:crypto';
import { calcPrice } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GenerateOptions, generateTrace } from '@/lib/sample/generate-trace';
import { groupBy, type ReadSpan, readLine } from './read-trace';

const startMs = Date.UTC(2026, 10, 2);
const options = { scenario: 'mixed', sessions: 240, seed: 7, startMs } as const;

function digest(generateOptions: GenerateOptions): string {
  const hash = createHash('sha256');
  for (const line of generateTrace(generateOptions)) hash.update(line).update('\n');
  return hash.digest('hex');
}

function text(span: ReadSpan, key: string): string | undefined {
  const value = span.attributes.get(key);
  return value === undefined ? undefined : String(value);
}

function count(span: ReadSpan, key: string): number {
  return Number(span.attributes.get(`gen_ai.usage.${key}`) ?? 0);
}

const traces = [...generateTrace(options)].map(readLine);
const spans = traces.flat();
const chats = spans.filter((s) => s.attributes.get('gen_ai.operation.name') === 'chat');
const bySession = groupBy(chats, (s) => text(s, 'gen_ai.conversation.id'));

describe('determinism', () => {
  test('equal options give equal bytes, another seed other bytes', () => {
    const small = { ...options, sessions: 20 };
    expect(digest(small)).toBe(digest(small));
    expect(digest({ ...small, seed: 8 })).not.toBe(digest(small));
  });
});

describe('structure', () => {
  test('holds exactly the asked number of sessions in every scenario', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('support', 'coding', 'swarm', 'mixed'),
        fc.integer({ min: 0, max: 12 }),
        fc.nat(),
        (scenario, sessions, seed) => {
          const lines = [...generateTrace({ scenario, sessions, seed, startMs })];
          const ids = lines.flatMap(readLine).map((s) => text(s, 'gen_ai.conversation.id'));
          expect(new Set(ids.filter((id) => id !== undefined)).size).toBe(sessions);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('each line is one trace with one root and unique span ids', () => {
    const broken = traces.filter(
      (trace) =>
        new Set(trace.map((s) => s.traceId)).size !== 1 ||
        trace.filter((s) => s.parentSpanId === '').length !== 1 ||
        !trace.every((s) => /^[0-9a-f]{16}$/.test(s.spanId) && /^[0-9a-f]{32}$/.test(s.traceId)),
    );
    expect(broken).toEqual([]);
    expect(new Set(spans.map((s) => s.spanId)).size).toBe(spans.length);
    expect(new Set(traces.map((trace) => trace[0]?.traceId)).size).toBe(traces.length);
  });

  test('a child lies inside its parent in time', () => {
    let children = 0;
    const outside: ReadSpan[] = [];
    for (const trace of traces) {
      const byId = new Map(trace.map((s) => [s.spanId, s]));
      for (const span of trace) {
        if (span.endNs < span.startNs) outside.push(span);
        if (span.parentSpanId === '') continue;
        children++;
        const parent = byId.get(span.parentSpanId);
        const isInside =
          parent !== undefined && span.startNs >= parent.startNs && span.endNs <= parent.endNs;
        if (!isInside) outside.push(span);
      }
    }
    expect(children).toBeGreaterThan(10_000);
    expect(outside).toEqual([]);
  });
});

describe('usage', () => {
  test('cached input is part of the input', () => {
    const broken = chats.filter(
      (chat) =>
        count(chat, 'cache_read.input_tokens') + count(chat, 'cache_creation.input_tokens') >
        count(chat, 'input_tokens'),
    );
    expect(broken).toEqual([]);
  });

  test('usage on an agent span is the sum of the model calls below it', () => {
    let checked = 0;
    for (const trace of traces) {
      const byId = new Map(trace.map((s) => [s.spanId, s]));
      const isBelow = (span: ReadSpan, id: string): boolean => {
        for (let at: ReadSpan | undefined = span; at; at = byId.get(at.parentSpanId)) {
          if (at.parentSpanId === id) return true;
        }
        return false;
      };
      for (const agent of trace) {
        if (text(agent, 'gen_ai.operation.name') !== 'invoke_agent') continue;
        if (!agent.attributes.has('gen_ai.usage.input_tokens')) continue;
        const below = trace.filter(
          (s) => text(s, 'gen_ai.operation.name') === 'chat' && isBelow(s, agent.spanId),
        );
        for (const key of ['input_tokens', 'cache_read.input_tokens', 'output_tokens']) {
          expect(count(agent, key)).toBe(below.reduce((sum, s) => sum + count(s, key), 0));
        }
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(50);
  });

  test('every model but the unlisted one is priced by genai-prices', () => {
    const models = new Set(
      chats.map((s) => `${text(s, 'gen_ai.provider.name')} ${text(s, 'gen_ai.response.model')}`),
    );
    const unpriced: string[] = [];
    for (const entry of models) {
      const [providerId = '', model = ''] = entry.split(' ');
      const timestamp = new Date(startMs);
      const price = calcPrice({ input_tokens: 1 }, model, { providerId, timestamp });
      if (price === null) unpriced.push(model);
    }
    expect(models.size).toBe(4);
    expect(unpriced).toEqual(['support-router-preview']);
  });
});

describe('the mixed sample shows what the pages are for', () => {
  test('200 sessions and more over at least 24 hours', () => {
    const starts = spans.map((s) => Number(s.startNs / 1_000_000n));
    const spanHours = (starts.reduce((a, b) => Math.max(a, b)) - startMs) / 3_600_000;
    expect(bySession.size).toBe(240);
    expect(spanHours).toBeGreaterThan(26);
  });

  test('a handful of calls are unpriced and a few have no usage', () => {
    const unlisted = chats.filter((s) => text(s, 'gen_ai.provider.name') === 'in_house');
    const lost = chats.filter((s) => !s.isError && !s.attributes.has('gen_ai.usage.input_tokens'));
    expect(unlisted.length).toBeGreaterThanOrEqual(2);
    expect(unlisted.length).toBeLessThan(chats.length * 0.01);
    expect(lost.length).toBeGreaterThanOrEqual(2);
    expect(lost.length).toBeLessThan(chats.length * 0.01);
  });

  test('some model calls run inside a PostgreSQL transaction', () => {
    const databaseIds = new Set(
      spans.filter((s) => s.attributes.has('db.system.name')).map((s) => s.spanId),
    );
    const held = chats.filter((s) => databaseIds.has(s.parentSpanId));
    expect(held.length).toBeGreaterThan(50);
    expect(held.length).toBeLessThan(chats.length / 2);
  });

  test('one sub-agent repeats one call at least forty times', () => {
    const calls = groupBy(
      spans.filter((s) => s.attributes.has('gen_ai.tool.call.arguments')),
      (s) =>
        `${s.parentSpanId} ${text(s, 'gen_ai.tool.name')} ${text(s, 'gen_ai.tool.call.arguments')}`,
    );
    const longest = [...calls.values()].map((c) => c.length).sort((a, b) => b - a);
    expect(longest[0]).toBeGreaterThanOrEqual(40);
    expect(longest[1]).toBeLessThanOrEqual(2);
  });

  test('contexts of coding sessions grow and are reset near the window', () => {
    const coding = [...bySession].filter(([id]) => id?.startsWith('coding'));
    const resets = coding.filter(([, calls]) =>
      calls.some((call, i) => {
        const previous = calls[i - 1];
        return (
          previous !== undefined &&
          count(previous, 'input_tokens') > 0 &&
          count(call, 'input_tokens') > 0 &&
          count(call, 'input_tokens') < 0.7 * count(previous, 'input_tokens')
        );
      }),
    );
    expect(resets.length).toBeGreaterThan(0);
    expect(Math.max(...chats.map((s) => count(s, 'input_tokens')))).toBeLessThan(200_000);
  });

  test('coding sessions re-read most of their input from the cache, as real ones do', () => {
    const calls = chats.filter((s) => s.service === 'coding-agent');
    const total = (key: string) => calls.reduce((sum, s) => sum + count(s, key), 0);
    const share = total('cache_read.input_tokens') / total('input_tokens');
    // Priors from real sessions: p10 0.83, p50 0.955, p99 0.99.
    expect(share).toBeGreaterThan(0.83);
    expect(share).toBeLessThan(0.99);
  });
});
