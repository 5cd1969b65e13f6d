import { describe, expect, test } from 'vitest';
import { callsOf, decodeText, duplicatesIn, issuesOf } from '../read-items';
import { type Attributes, chat, readOne, request, span, traceId } from './otlp-request';

describe('a chat span', () => {
  test('gives ids in lower case, times with their fraction, session, model and tokens', () => {
    const call = readOne({
      ...chat,
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'asked',
      'gen_ai.response.model': 'answered',
      'gen_ai.conversation.id': 'conv-1',
      'gen_ai.usage.input_tokens': 31,
      'gen_ai.usage.output_tokens': 19,
      'gen_ai.usage.cost': 0.25,
      'gen_ai.response.time_to_first_chunk': 0.4,
    });
    expect(call).toMatchObject({
      kind: 'model',
      callId: '00f067aa0ba902b7',
      traceId: traceId.toLowerCase(),
      parentCallId: null,
      sessionId: 'conv-1',
      startMs: 1748000000000.5,
      endMs: 1748000001500,
      timeToFirstTokenMs: 400,
      providerName: 'openai',
      requestModel: 'asked',
      responseModel: 'answered',
      recordedCostUsd: 0.25,
      usageBasis: 'inclusive',
      errorType: null,
    });
    expect(call.usage).toMatchObject({ inputFresh: 31, output: 19, reasoning: null });
  });

  test('reads integers, ids and times in every shape that exporters write', () => {
    const long = (value: bigint): object => ({
      low: Number(BigInt.asIntN(32, value)),
      high: Number(value >> 32n),
      unsigned: true,
    });
    const attributes = [
      { key: 'gen_ai.usage.input_tokens', value: { intValue: long(4_294_967_297n) } },
      { key: 'gen_ai.usage.output_tokens', value: { intValue: 7 } },
      { key: 'gen_ai.usage.total_tokens', value: { stringValue: '4294967304' } },
    ];
    const items = decodeText([
      request([
        {
          traceId: { type: 'Buffer', data: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 255] },
          spanId: 'AAAAAAAAAP8=',
          startTimeUnixNano: long(1_748_000_000_000_500_000n),
          endTimeUnixNano: 1_748_000_001_500_000_000,
          attributes,
          status: { code: 'STATUS_CODE_ERROR' },
        },
      ]),
    ]);
    expect(callsOf(items)[0]).toMatchObject({
      traceId: '000000000000000000000000000001ff',
      callId: '00000000000000ff',
      startMs: 1748000000000.5,
      endMs: 1748000001500,
      errorType: 'error',
      usage: { inputFresh: 4_294_967_297, output: 7 },
    });
  });

  test('without usage it is a call whose usage is missing', () => {
    const items = decodeText([request([span({ attributes: chat })])]);
    expect(callsOf(items)[0]).toMatchObject({ kind: 'model', usage: null, usageBasis: null });
    expect(issuesOf(items).map((issue) => issue.kind)).toEqual(['usage_missing']);
  });

  test.each([
    ['langfuse.session.id', 'session.id'],
    ['session.id', 'gen_ai.conversation.id'],
    ['gen_ai.conversation.id', 'ai.telemetry.metadata.sessionId'],
  ])('takes its session from %s before %s', (first, second) => {
    expect(readOne({ ...chat, [second]: 'no', [first]: 'yes' }).sessionId).toBe('yes');
  });

  test('takes its principal from the agent before the user', () => {
    expect(readOne({ ...chat, 'user.id': 'u', 'agent.principal': 'svc' }).principal).toBe('svc');
    expect(readOne({ ...chat, 'enduser.id': 'e' }).principal).toBe('e');
  });
});

describe('what a span is', () => {
  test.each<[string, Attributes, string, string]>([
    ['model', { 'gen_ai.operation.name': 'embeddings' }, 'test', 'span'],
    ['model', { 'ai.operationId': 'ai.streamText.doStream' }, 'ai', 'ai.streamText.doStream'],
    [
      'model',
      { 'llm.request.type': 'chat' },
      'opentelemetry.instrumentation.openai',
      'openai.chat',
    ],
    ['model', { 'gen_ai.usage.input_tokens': 1, 'gen_ai.usage.output_tokens': 1 }, 'test', 'span'],
    ['model', { 'langfuse.observation.type': 'generation' }, 'langfuse-sdk', 'span'],
    [
      'agent',
      { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 9 },
      'test',
      'span',
    ],
    ['agent', { 'openinference.span.kind': 'CHAIN', 'llm.token_count.prompt': 9 }, 'test', 'span'],
    ['agent', { 'traceloop.span.kind': 'workflow' }, 'test', 'span'],
    ['agent', { 'ai.operationId': 'ai.generateText', 'ai.usage.promptTokens': 9 }, 'ai', 'span'],
    ['agent', { agent_name: 'a', 'gen_ai.usage.input_tokens': 9 }, 'pydantic-ai', 'agent run'],
    ['agent', {}, 'test', 'GET /'],
    ['tool', { 'gen_ai.operation.name': 'execute_tool' }, 'test', 'execute_tool search'],
    [
      'tool',
      { 'openinference.span.kind': 'TOOL', 'gen_ai.operation.name': 'chat' },
      'test',
      'span',
    ],
    ['tool', { 'ai.operationId': 'ai.toolCall' }, 'ai', 'span'],
    ['tool', { 'mcp.method.name': 'tools/call' }, 'test', 'span'],
    ['database', { 'db.system': 'postgresql', 'db.operation': 'SELECT' }, 'test', 'span'],
    ['database', { 'db.system.name': 'redis' }, 'test', 'span'],
  ])('%s from %o', (kind, attributes, scopeName, name) => {
    expect(readOne(attributes, scopeName, name).kind).toBe(kind);
  });

  test('a database span names its system and digests its statement without keeping it', () => {
    const call = readOne({
      'db.system.name': 'postgresql',
      'db.operation.name': 'SELECT',
      'db.query.text': 'select secret from t',
    });
    expect(call).toMatchObject({ dependencyName: 'postgresql', toolName: 'SELECT', usage: null });
    expect(JSON.stringify(call)).not.toContain('secret');
    expect(call.inputDigest).not.toBeNull();
  });

  test('an enclosing agent keeps its usage on a record that is no call', () => {
    const usage = { 'gen_ai.usage.input_tokens': 14, 'gen_ai.usage.output_tokens': 20 };
    const items = decodeText([
      request([
        span({ id: 'b1', parent: 'a1', attributes: { ...chat, ...usage } }),
        span({ id: 'a1', attributes: { 'gen_ai.operation.name': 'invoke_agent', ...usage } }),
      ]),
    ]);
    expect(callsOf(items, 'model').map((call) => call.usage?.inputFresh)).toEqual([14]);
    expect(callsOf(items, 'agent').map((call) => call.usage?.inputFresh)).toEqual([14]);
  });
});

describe('a trace', () => {
  test('a model span around another counts as what encloses it, not as a second call', () => {
    const usage = { ...chat, 'gen_ai.usage.input_tokens': 9, 'gen_ai.usage.output_tokens': 1 };
    const framework = span({ id: '00000000000000A1', attributes: usage });
    const client = span({ id: '00000000000000A2', parent: '00000000000000A1', attributes: usage });
    const calls = callsOf(decodeText([request([framework, client])]));
    expect(calls.map(({ callId, kind }) => [callId, kind])).toEqual([
      ['00000000000000a1', 'agent'],
      ['00000000000000a2', 'model'],
    ]);
  });

  const run = (id: string, parent: string, agent: string): object =>
    span({
      id,
      parent,
      attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': agent },
    });
  const call = (id: string, parent: string): object => span({ id, parent, attributes: chat });

  test('spread over lines shares its session, and a sub-agent has a thread of its own', () => {
    const lead = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'lead' };
    const items = decodeText([
      request([call('c1', 'a2')]),
      request([run('a2', 'a1', 'helper'), call('c2', 'a1')]),
      request([span({ id: 'a1', attributes: { ...lead, 'session.id': 's-9' } })]),
    ]);
    const calls = callsOf(items, 'model');
    expect(
      calls.map((model) => [model.callId, model.agentName, model.threadId, model.sessionId]),
    ).toEqual([
      ['c1', 'helper', 'a2', 's-9'],
      ['c2', 'lead', 'main', 's-9'],
    ]);
  });

  test('with agents side by side keeps their histories apart', () => {
    const items = decodeText([
      request([run('a1', 'w', 'one'), call('c1', 'a1'), run('a2', 'w', 'two'), call('c2', 'a2')]),
    ]);
    expect(callsOf(items, 'model').map((model) => model.threadId)).toEqual(['main', 'two']);
  });

  test('whose parents form a circle is read', () => {
    const items = decodeText([request([run('a1', 'a2', 'x'), run('a2', 'a1', 'y')])]);
    expect(callsOf(items)).toHaveLength(2);
  });

  test('drops a span exported twice and counts it', () => {
    const items = decodeText([request([call('c1', '')]), request([call('c1', '')])]);
    expect(callsOf(items)).toHaveLength(1);
    expect(duplicatesIn(items)).toBe(1);
  });
});

describe('containers of spans', () => {
  test('a printed document, an array of requests and a ReadableSpan dump are read', () => {
    const plain = request([span({ attributes: chat })]);
    const dump = {
      name: 'ai.generateText.doGenerate',
      spanContext: { traceId, spanId: 'ab' },
      startTime: [1_748_000_000, 500_000],
      endTime: [1_748_000_001, 0],
      attributes: {
        'ai.operationId': 'ai.generateText.doGenerate',
        'gen_ai.usage.input_tokens': 4,
      },
    };
    for (const text of [
      JSON.stringify(plain, null, 2),
      JSON.stringify([plain, plain]),
      JSON.stringify([dump], null, 2),
    ]) {
      expect(callsOf(decodeText(text), 'model')).toHaveLength(1);
    }
    expect(callsOf(decodeText(JSON.stringify([dump])))[0]?.startMs).toBe(1748000000000.5);
  });

  test('logs and metrics are refused with advice', () => {
    const items = decodeText([{ resourceLogs: [] }, { resourceMetrics: [] }]);
    expect(issuesOf(items).map((issue) => [issue.kind, issue.line])).toEqual([
      ['unexpected_shape', 1],
      ['unexpected_shape', 2],
    ]);
  });

  test('hostile keys, values and shapes pollute nothing and stop nothing', () => {
    const hostile = {
      resourceSpans: [
        null,
        { scopeSpans: [null, { spans: [null, 5, { spanId: {} }, { spanId: '00' }] }] },
        {
          scopeSpans: [
            {
              scope: { name: { __proto__: null } },
              spans: [
                span({
                  id: 'aa',
                  attributes: {
                    '__proto__.polluted': 'x',
                    'constructor.prototype.polluted': 'x',
                    'llm.input_messages.99999999.message.role': 'user',
                  },
                }),
                {
                  ...span({ id: 'bb' }),
                  attributes: JSON.parse('{"__proto__":{"polluted":true}}'),
                },
                { ...span({ id: 'cc' }), attributes: 'none', events: 'none', status: 7 },
              ],
            },
          ],
        },
      ],
    };
    const items = decodeText([hostile, request([span({ attributes: chat })])]);
    expect(
      callsOf(items)
        .map((call) => call.callId)
        .sort(),
    ).toEqual(['00f067aa0ba902b7', 'aa', 'bb', 'cc']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(issuesOf(items).filter((issue) => issue.kind === 'unexpected_shape').length).toBe(5);
  });
});
