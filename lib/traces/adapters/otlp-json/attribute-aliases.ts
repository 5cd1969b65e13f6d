/**
 * Spellings of one meaning, most specific first. The first that is present is the value, even when
 * it is 0: spellings repeat each other and are never added up.
 *
 * Sources: OpenTelemetry semantic conventions 1.27 to 1.41 and semantic-conventions-genai,
 * OpenInference, OpenLLMetry (Traceloop), OpenLIT, Vercel AI SDK 4 to 7, pydantic-ai, Langfuse SDK;
 * read 2026-11-21.
 */
export const attributeAliases = {
  input: [
    'gen_ai.usage.input_tokens', //              since 1.27
    'gen_ai.usage.prompt_tokens', //             before 1.27, OpenLLMetry
    'llm.token_count.prompt', //                 OpenInference
    'ai.usage.inputTokens', //                   Vercel 5
    'ai.usage.promptTokens', //                  Vercel 4 and 6
    'llm.usage.prompt_tokens',
  ],
  output: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
    'llm.usage.completion_tokens',
  ],
  total: [
    'gen_ai.usage.total_tokens',
    'llm.token_count.total',
    'llm.usage.total_tokens',
    'ai.usage.totalTokens',
  ],
  embedded: ['ai.usage.tokens'],
  cacheRead: [
    'gen_ai.usage.cache_read.input_tokens', //   since 1.40
    'gen_ai.usage.cache_read_input_tokens', //   OpenLLMetry, LiteLLM
    'gen_ai.usage.cache_read_tokens',
    'gen_ai.usage.details.cache_read_tokens', // pydantic-ai
    'gen_ai.usage.details.cache_read_input_tokens',
    'gen_ai.usage.input_cached_tokens', //       Langfuse
    'gen_ai.usage.cached_input_tokens',
    'gen_ai.usage.prompt_tokens_details.cached_tokens',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.inputTokenDetails.cacheReadTokens',
    'ai.usage.cachedInputTokens',
  ],
  cacheWrite: [
    'gen_ai.usage.cache_write.input_tokens', //  renamed in semantic-conventions-genai
    'gen_ai.usage.cache_creation.input_tokens', // 1.40 and 1.41
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.cache_write_tokens',
    'gen_ai.usage.details.cache_write_tokens',
    'gen_ai.usage.details.cache_creation_input_tokens',
    'gen_ai.usage.input_cache_creation',
    'llm.token_count.prompt_details.cache_write',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
  ],
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens', //   since 1.41
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.details.reasoning_tokens',
    'gen_ai.usage.completion_tokens_details.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.outputTokenDetails.reasoningTokens',
    'ai.usage.reasoningTokens',
  ],
  costUsd: ['gen_ai.usage.cost', 'gen_ai.usage.cost.amount', 'llm.cost.total'],
  session: [
    'langfuse.session.id',
    'session.id',
    'gen_ai.conversation.id',
    'langfuse.trace.metadata.langfuse_session_id',
    'langfuse.observation.metadata.langfuse_session_id',
    'ai.telemetry.metadata.sessionId',
    'traceloop.association.properties.session_id',
    'traceloop.association.properties.conversation_id',
    'traceloop.association.properties.thread_id',
  ],
  principal: [
    'agent.principal',
    'langfuse.user.id',
    'user.id',
    'enduser.id',
    'langfuse.trace.metadata.langfuse_user_id',
    'ai.telemetry.metadata.userId',
    'traceloop.association.properties.user_id',
  ],
  provider: [
    'gen_ai.provider.name', //                   since 1.37
    'gen_ai.system',
    'llm.provider',
    'llm.system',
    'ai.model.provider',
  ],
  responseModel: [
    'gen_ai.response.model',
    'ai.response.model',
    'llm.response.model',
    'langfuse.observation.model.name',
  ],
  requestModel: [
    'gen_ai.request.model',
    'ai.model.id',
    'llm.request.model_name',
    'llm.model_name',
    'embedding.model_name',
    'model_name', //                             pydantic-ai
    'model',
  ],
  agentName: [
    'gen_ai.agent.name',
    'agent.name',
    'agent_name', //                             pydantic-ai
    'ai.telemetry.functionId',
  ],
  toolName: [
    'gen_ai.tool.name',
    'tool.name',
    'ai.toolCall.name',
    'tool_call.function.name',
    'traceloop.entity.name',
  ],
  toolInput: [
    'gen_ai.tool.call.arguments',
    'ai.toolCall.args',
    'tool_call.function.arguments',
    'tool_arguments', //                         pydantic-ai
    'traceloop.entity.input',
    'input.value',
  ],
  databaseSystem: ['db.system.name', 'db.system'],
  databaseOperation: ['db.operation.name', 'db.operation'],
  databaseQuery: ['db.query.text', 'db.statement'],
  server: ['mcp.server.name', 'server.address', 'net.peer.name', 'peer.service'],
  timeToFirstTokenSec: ['gen_ai.response.time_to_first_chunk', 'gen_ai.server.time_to_first_token'],
  timeToFirstTokenMs: ['ai.response.msToFirstChunk'],
  providerMetadata: ['ai.response.providerMetadata'],
} as const satisfies Record<string, readonly string[]>;

/** What an attribute can mean to us. */
export type AttributeMeaning = keyof typeof attributeAliases;

/** Attribute keys, or their beginnings, under which inputs are recorded. */
export const inputKeyPrefixes = [
  'gen_ai.input.messages',
  'gen_ai.prompt',
  'gen_ai.tool.call.arguments',
  'ai.prompt',
  'ai.toolCall.args',
  'input.value',
  'llm.input_messages',
  'langfuse.observation.input',
  'traceloop.entity.input',
  'tool_arguments',
  'all_messages_events',
  'db.query.text',
  'db.statement',
] as const;

/** Attribute keys, or their beginnings, under which outputs are recorded. */
export const outputKeyPrefixes = [
  'gen_ai.output.messages',
  'gen_ai.completion',
  'gen_ai.tool.call.result',
  'ai.response.text',
  'ai.response.toolCalls',
  'ai.response.object',
  'ai.toolCall.result',
  'output.value',
  'llm.output_messages',
  'langfuse.observation.output',
  'traceloop.entity.output',
  'tool_response',
  'final_result',
] as const;

/** Beginnings of `gen_ai.usage.` keys that are known to repeat or divide a total. */
export const knownUsageKeys = [
  'gen_ai.usage.details.',
  'gen_ai.usage.text.',
  'gen_ai.usage.image.',
  'gen_ai.usage.audio.',
  'gen_ai.usage.video.',
  'gen_ai.usage.input_audio_tokens',
  'gen_ai.usage.output_audio_tokens',
  'gen_ai.usage.cost',
  'gen_ai.usage.raw',
] as const;
