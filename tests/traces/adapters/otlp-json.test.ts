import { describe, expect, test } from 'vitest';
import { callsOf, decodeText, duplicatesIn, issuesOf } from '../read-items';

type Attributes = Readonly<Record<string, string | number | boolean>>;

interface SpanFields {
  id?: string;
  parent?: string;
  name?: string;
  attributes?: Attributes;
  [field: string]: unknown;
}

const traceId = '4BF92F3577B34DA6A3CE929D0E0E4736';

function attributeList(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => {
    if (typeof value === 'string') return { key, value: { stringValue: value } };
    if (typeof value === 'boolean') return { key, value: { boolValue: value } };
    const isInteger = Number.isInteger(value);
    return { key, value: isInteger ? { intValue: String(value) } : { doubleValue: value } };
  });
}

function span({
  id = '00F067AA0BA902B7',
  parent = '',
  name = 'span',
  attributes = {},
  ...more
}: SpanFields): object {
  return {
    traceId,
    spanId: id,
    parentSpanId: parent,
    name,
    startTimeUnixNano: '1748000000000500000',
    endTimeUnixNano: '1748000001500000000',
    attributes: attributeList(attributes),
    ...more,
  };
}

function request(spans: readonly object[], scopeName = 'test', resource: Attributes = {}): object {
  const scopeSpans = [{ scope: { name: scopeName }, spans }];
  return { resourceSpans: [{ resource: { attributes: attributeList(resource) }, scopeSpans }] };
}

function readOne(
  attributes: Attributes,
  scopeName = 'test',
  name = 'span',
): ReturnType<typeof callsOf>[number] {
  const [call] = callsOf(decodeText([request([span({ attributes, name })], scopeName)]));
  if (call === undefined) throw new Error('Expected one call.');
  return call;
}

const chat = { 'gen_ai.operation.name': 'chat' };

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

describe('what "input" contains', () => {
  const cached = {
    ...chat,
    'gen_ai.usage.output_tokens': 40,
    'gen_ai.usage.cache_read.input_tokens': 20,
    'gen_ai.usage.cache_creation.input_tokens': 10,
  };
  test.each([
    { total: 140, input: 100, basis: 'inclusive', fresh: 70 },
    { total: 170, input: 100, basis: 'exclusive', fresh: 100 },
    { total: undefined, input: 100, basis: 'assumed_inclusive', fresh: 70 },
    { total: undefined, input: 29, basis: 'exclusive', fresh: 29 },
    { total: undefined, input: 30, basis: 'assumed_inclusive', fresh: 0 },
  ])('input $input with total $total is $basis', ({ total, input, basis, fresh }) => {
    const call = readOne({
      ...cached,
      'gen_ai.usage.input_tokens': input,
      ...(total === undefined ? {} : { 'gen_ai.usage.total_tokens': total }),
    });
    expect([call.usageBasis, call.usage?.inputFresh]).toEqual([basis, fresh]);
    expect(call.usage).toMatchObject({ cacheRead: 20, cacheWriteUnknownTtl: 10, output: 40 });
  });

  test('OpenInference contains the cached tokens', () => {
    const call = readOne({
      'openinference.span.kind': 'LLM',
      'llm.token_count.prompt': 50_000,
      'llm.token_count.completion': 200,
      'llm.token_count.prompt_details.cache_read': 40_000,
      'llm.token_count.prompt_details.cache_write': 5_000,
    });
    expect(call.usageBasis).toBe('inclusive');
    expect(call.usage).toMatchObject({ inputFresh: 5_000, cacheRead: 40_000, output: 200 });
  });

  test.each([
    [7 + 20 + 30, 'inclusive'],
    [7, 'exclusive'],
  ])(
    "the provider's own answer decides input %i as %s, and gives the time to live",
    (input, basis) => {
      const anthropic = {
        usage: {
          input_tokens: 7,
          cache_read_input_tokens: 20,
          cache_creation_input_tokens: 30,
          cache_creation: { ephemeral_5m_input_tokens: 12, ephemeral_1h_input_tokens: 18 },
        },
      };
      const call = readOne({
        'ai.operationId': 'ai.generateText.doGenerate',
        'gen_ai.usage.input_tokens': input,
        'gen_ai.usage.output_tokens': 5,
        'ai.response.providerMetadata': JSON.stringify({ anthropic }),
      });
      expect(call.usageBasis).toBe(basis);
      expect(call.usage).toMatchObject({
        inputFresh: 7,
        cacheRead: 20,
        cacheWrite5m: 12,
        cacheWrite1h: 18,
        cacheWriteUnknownTtl: 0,
      });
    },
  );

  test('two spellings are one count, and a stated 0 stands before the older spelling', () => {
    const usage = { ...chat, 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 1 };
    const flat = { 'gen_ai.usage.cache_read_input_tokens': 20 };
    const both = { ...usage, ...flat, 'gen_ai.usage.cache_read.input_tokens': 20 };
    expect(readOne(both).usage).toMatchObject({ inputFresh: 80, cacheRead: 20 });
    const zero = { ...usage, ...flat, 'gen_ai.usage.cache_read.input_tokens': 0 };
    expect(readOne(zero).usage).toMatchObject({ inputFresh: 100, cacheRead: 0 });
  });

  test('the renamed cache write counts as its older name does', () => {
    const usage = { ...chat, 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 1 };
    expect(
      readOne({ ...usage, 'gen_ai.usage.cache_write.input_tokens': 10 }).usage
        ?.cacheWriteUnknownTtl,
    ).toBe(10);
  });

  test('reasoning is taken out of output, and never below zero', () => {
    const usage = { ...chat, 'gen_ai.usage.input_tokens': 1, 'gen_ai.usage.output_tokens': 50 };
    const key = 'gen_ai.usage.reasoning.output_tokens';
    expect(readOne({ ...usage, [key]: 30 }).usage).toMatchObject({ output: 20, reasoning: 30 });
    expect(readOne({ ...usage, [key]: 60 }).usage).toMatchObject({ output: 50, reasoning: 60 });
  });

  test('a usage attribute that is not known is reported once', () => {
    const attributes = { ...chat, 'gen_ai.usage.input_tokens': 1, 'gen_ai.usage.novel_tokens': 9 };
    const usage = { ...attributes, 'gen_ai.usage.output_tokens': 1 };
    const items = decodeText([
      request([span({ attributes: usage }), span({ id: 'ab', attributes: usage })]),
    ]);
    expect(issuesOf(items).map((issue) => issue.message)).toEqual([
      'The usage attribute "gen_ai.usage.novel_tokens" is not known and was not counted.',
    ]);
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
