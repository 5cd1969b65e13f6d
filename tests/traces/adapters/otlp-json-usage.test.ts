import { describe, expect, test } from 'vitest';
import { callsOf, decodeText, issuesOf } from '../read-items';
import { chat, readOne, request, span } from './otlp-request';

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

  test.each([
    ['input', 'output'],
    ['output', 'input'],
  ])('%s tokens without %s tokens are no usage, not usage with a zero', (has, lacks) => {
    const items = decodeText([
      request([span({ attributes: { ...chat, [`gen_ai.usage.${has}_tokens`]: 100 } })]),
    ]);
    expect(callsOf(items)[0]?.usage).toBeNull();
    const [issue] = issuesOf(items);
    expect(issue?.kind).toBe('usage_missing');
    expect(issue?.message).toContain(`no ${lacks} tokens`);
  });

  test('an embedding has input alone, and that is its whole usage', () => {
    const embedding = { 'gen_ai.operation.name': 'embeddings', 'gen_ai.usage.input_tokens': 100 };
    expect(readOne(embedding).usage).toMatchObject({ inputFresh: 100, output: 0 });
  });
});
