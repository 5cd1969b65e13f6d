import type { CallKind } from '../../call-record';
import { findName } from './find-attribute';
import type { Attributes } from './otlp-value';

/** What a span is, and whether an agent with a history of its own begins in it. */
interface SpanClass {
  readonly kind: CallKind;
  readonly isAgentRun: boolean;
}

const model: SpanClass = { kind: 'model', isAgentRun: false };
const tool: SpanClass = { kind: 'tool', isAgentRun: false };
const database: SpanClass = { kind: 'database', isAgentRun: false };
const structure: SpanClass = { kind: 'agent', isAgentRun: false };
const agentRun: SpanClass = { kind: 'agent', isAgentRun: true };

/** Span kinds by what the writer calls them; anything else under these keys is structure. */
const openInferenceKinds = new Map<string, SpanClass>([
  ['LLM', model],
  ['EMBEDDING', model],
  ['TOOL', tool],
  ['RETRIEVER', tool],
  ['RERANKER', tool],
  ['AGENT', agentRun],
]);
const traceloopKinds = new Map<string, SpanClass>([
  ['tool', tool],
  ['agent', agentRun],
]);
const langfuseTypes = new Map<string, SpanClass>([
  ['generation', model],
  ['embedding', model],
  ['tool', tool],
  ['retriever', tool],
  ['agent', agentRun],
  ['chain', structure],
  ['evaluator', structure],
  ['guardrail', structure],
]);
const operations = new Map<string, SpanClass>([
  ['chat', model],
  ['completion', model],
  ['text_completion', model],
  ['generate_content', model],
  ['embeddings', model],
  ['execute_tool', tool],
  ['retrieval', tool],
  ['rerank', tool],
  ['invoke_agent', agentRun],
  ['create_agent', structure],
  ['invoke_workflow', structure],
  ['plan', structure],
  ['agent_step', structure],
]);

/**
 * Tells what a span is from its attributes, most explicit first.
 *
 * A span that carries tokens and is not declared to be anything is a model call; one without is
 * structure that encloses others.
 */
export function classifySpan(
  attributes: Attributes,
  { scopeName, spanName, hasUsage }: { scopeName: string; spanName: string; hasUsage: boolean },
): SpanClass {
  const openInference = stringOf(attributes, 'openinference.span.kind')?.toUpperCase();
  if (openInference !== undefined) {
    const known = openInferenceKinds.get(openInference) ?? structure;
    return known === tool && isDatabase(attributes) ? database : known;
  }
  const operation = stringOf(attributes, 'gen_ai.operation.name');
  const byOperation = operation === undefined ? undefined : operations.get(operation);
  if (byOperation !== undefined && byOperation !== tool) return byOperation;
  if (isDatabase(attributes)) return database;
  if (byOperation !== undefined) return byOperation;
  const declared = declaredClass(attributes) ?? vercelClass(attributes, scopeName, spanName);
  if (declared !== null) return declared;
  if (scopeName === 'pydantic-ai' && findName(attributes, 'agentName') !== null) return agentRun;
  if (stringOf(attributes, 'mcp.method.name') === 'tools/call') return tool;
  if (hasUsage || stringOf(attributes, 'llm.request.type') !== undefined) return model;
  return attributes.has('gen_ai.tool.name') ? tool : structure;
}

const embeddingKeys = [
  'gen_ai.operation.name',
  'openinference.span.kind',
  'langfuse.observation.type',
  'llm.request.type',
];

/** Whether a model span is an embedding, which has input and by its nature no output. */
export function isEmbeddingSpan(attributes: Attributes): boolean {
  if (attributes.has('ai.usage.tokens')) return true;
  return embeddingKeys.some((key) => /^embedding/i.test(stringOf(attributes, key) ?? ''));
}

function declaredClass(attributes: Attributes): SpanClass | null {
  const traceloop = stringOf(attributes, 'traceloop.span.kind');
  if (traceloop !== undefined) return traceloopKinds.get(traceloop) ?? structure;
  const langfuse = stringOf(attributes, 'langfuse.observation.type');
  return langfuse === undefined ? null : (langfuseTypes.get(langfuse.toLowerCase()) ?? null);
}

/** Vercel AI SDK: `ai.<operation>.do<Something>` is one call, `ai.<operation>` encloses them. */
function vercelClass(
  attributes: Attributes,
  scopeName: string,
  spanName: string,
): SpanClass | null {
  const id =
    stringOf(attributes, 'ai.operationId') ?? stringOf(attributes, 'operation.name') ?? spanName;
  const [operation = ''] = id.split(' ');
  if (!operation.startsWith('ai.') || (scopeName !== 'ai' && !attributes.has('ai.operationId'))) {
    return null;
  }
  if (operation === 'ai.toolCall') return tool;
  if (/^ai\.\w+\.do[A-Z]/.test(operation)) return model;
  return /^ai\.(generate|stream)(Text|Object)$/.test(operation) ? agentRun : structure;
}

function isDatabase(attributes: Attributes): boolean {
  return findName(attributes, 'databaseSystem') !== null;
}

function stringOf(attributes: Attributes, key: string): string | undefined {
  const value = attributes.get(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
