import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallRecord, ImportIssue } from '@/lib/traces/call-record';
import { decodeChunks } from './read-items';

const claudeRow =
  '{"type":"assistant","sessionId":"s","uuid":"u","timestamp":"2026-01-01T00:00:00Z","message":' +
  '{"id":"m","role":"assistant","model":"é✓","content":[],"usage":{"input_tokens":1,"output_tokens":2}}}';
const piRow =
  '{"type":"message","timestamp":"2026-01-01T00:00:00Z","message":{"role":"assistant","model":"m",' +
  '"usage":{"input":1,"output":2},"content":[]}}';
const otlpRow =
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"ab","spanId":"cd","startTimeUnixNano":"1",' +
  '"attributes":[{"key":"gen_ai.usage.input_tokens","value":{"intValue":"5"}}]}]}]}]}';

/** Lines of a format mixed with damaged ones. */
const traceText = fc
  .tuple(
    fc.constantFrom(claudeRow, piRow, otlpRow),
    fc.array(
      fc.oneof(
        fc.constantFrom(
          claudeRow,
          piRow,
          otlpRow,
          claudeRow + claudeRow,
          '',
          '  ',
          '{',
          ']',
          'null',
        ),
        fc.json({ maxDepth: 3 }),
        fc.string(),
        fc.nat(claudeRow.length).map((cut) => claudeRow.slice(0, cut)),
      ),
      { maxLength: 12 },
    ),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([first, rest, ending, isEnded]) => [first, ...rest].join(ending) + (isEnded ? ending : ''));

test('what comes out does not depend on where the chunks are cut', () => {
  fc.assert(
    fc.property(traceText, fc.array(fc.nat(400), { maxLength: 30 }), (text, sizes) => {
      const bytes = Buffer.from(text);
      const chunks: Uint8Array[] = [];
      let start = 0;
      for (const size of sizes) {
        chunks.push(bytes.subarray(start, start + size));
        start += size;
      }
      chunks.push(bytes.subarray(start));
      expect(decodeChunks(chunks, 2048)).toEqual(decodeChunks([bytes], 2048));
    }),
    { numRuns: 300 },
  );
});

test('no bytes make it throw, and every item fits the schema', () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    traceText.map((text) => Buffer.from(text)),
    fc.tuple(traceText, fc.nat(3000), fc.nat(255)).map(([text, at, byte]) => {
      const bytes = Buffer.from(text);
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
  );
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      for (const item of decodeChunks([bytes])) {
        if (item.type === 'call') CallRecord.parse(item.call);
        if (item.type === 'issue') ImportIssue.parse(item.issue);
      }
    }),
    { numRuns: 500 },
  );
});

test('a structure of any values under the keys that are read does not make it throw', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const claude = fc
    .record({
      type: fc.constantFrom('assistant', 'user', 'progress', 'system'),
      sessionId: fc.oneof(fc.constant('s'), value),
      timestamp: value,
      isSidechain: value,
      agentId: value,
      costUSD: value,
      data: value,
      message: fc.oneof(
        value,
        fc.record({ id: value, model: value, content: value, usage: value }),
      ),
    })
    .map((row) => `${claudeRow}\n${JSON.stringify(row)}`);
  const pi = fc
    .record({
      role: fc.constantFrom('assistant', 'user', 'toolResult'),
      usage: value,
      content: value,
    })
    .map((message) => `${piRow}\n${JSON.stringify({ type: 'message', message, timestamp: 1 })}`);
  const otlp = fc
    .record({ spanId: value, attributes: value, events: value, status: value, startTime: value })
    .map((span) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span, null] }] }] }));
  fc.assert(
    fc.property(fc.oneof(claude, pi, otlp), (text) => {
      for (const item of decodeChunks([Buffer.from(text)])) {
        if (item.type === 'call') CallRecord.parse(item.call);
      }
    }),
    { numRuns: 500 },
  );
});
