import type { RandomStream } from '@/lib/stats/random-stream';
import type { ModelCallPlan, ToolCallPlan } from './call-plan';
import { isDrawn, sampleHex, sampleQuantileLaw } from './distributions';
import {
  type AttributeJson,
  doubleAttribute,
  integerAttribute,
  type OtlpSpan,
  renderExportRequest,
  textAttribute,
} from './otlp-span';
import type { WrittenUsage } from './prompt-history';
import type { SampleSession } from './sample-session';

/** A span of an agent, named before its children and closed after them. */
export interface AgentSpan {
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly agentName: string;
  readonly startMs: number;
}

/**
 * Share of model calls that a provider refuses: API availability of 99.52 % in 2024, counting
 * partial incidents (llm-service-analysis, ICPE 2025).
 */
const refusedShare = 0.0048;

/** Vendor SDKs make three attempts with min(0.5 · 2^n, 8) s and jitter of −25 to 0 % (5.4). */
const maxAttempts = 3;

function backoffMs(attempt: number, stream: RandomStream): number {
  return Math.min(500 * 2 ** attempt, 8_000) * (1 - 0.25 * stream.nextFloat());
}

function placeholderMessage(role: string, number: number): string {
  return `[{"role":"${role}","parts":[{"type":"text","content":"sample message ${number}"}]}]`;
}

/** Collects the spans of one trace and writes them as one line. */
export class TraceDraft {
  readonly traceId: string;
  readonly #session: SampleSession;
  readonly #spans: OtlpSpan[] = [];
  #messages = 0;

  /** @param firstMessage number of the first message, so that no two in a session are the same */
  constructor(session: SampleSession, firstMessage: number) {
    this.#session = session;
    this.traceId = sampleHex(4, session.stream);
    this.#messages = firstMessage;
  }

  /** Messages numbered so far; the next trace of the session goes on from here. */
  get messages(): number {
    return this.#messages;
  }

  /** Draws the id of a span that is still open. */
  newSpanId(): string {
    return sampleHex(2, this.#session.stream);
  }

  openAgent(agentName: string, parentSpanId: string, startMs: number): AgentSpan {
    return { spanId: this.newSpanId(), parentSpanId, agentName, startMs };
  }

  closeAgent(
    agent: AgentSpan,
    endMs: number,
    errorType: string | null,
    rollUp: WrittenUsage | null = null,
  ): void {
    const attributes = this.#genAiAttributes('invoke_agent', agent.agentName);
    attributes.push(textAttribute('gen_ai.agent.id', `${agent.agentName}-${agent.spanId}`));
    if (rollUp !== null) attributes.push(...usageAttributes(rollUp));
    if (this.#session.hasContent) this.#pushMessages(attributes, errorType === null);
    this.#spans.push({
      traceId: this.traceId,
      spanId: agent.spanId,
      parentSpanId: agent.parentSpanId,
      name: `invoke_agent ${agent.agentName}`,
      kind: 'internal',
      startMs: agent.startMs,
      endMs,
      attributes,
      errorType,
    });
  }

  /**
   * Makes a model call, with the retries of an SDK where the provider refuses it.
   *
   * @returns when the last attempt ended, and its usage; null when every attempt was refused
   */
  callModel(plan: ModelCallPlan): { endMs: number; usage: WrittenUsage | null } {
    const { stream } = this.#session;
    let startMs = plan.startMs;
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      if (plan.isOutage !== true && !isDrawn(refusedShare, stream))
        return this.#answer(plan, startMs);
      const endMs = startMs + sampleQuantileLaw({ p50: 300, p90: 900, max: 5_000 }, stream);
      const attributes = this.#callAttributes(plan);
      this.#pushCall(plan, startMs, endMs, attributes, 'overloaded_error');
      startMs = endMs;
      if (attempt < maxAttempts - 1) startMs += backoffMs(attempt, stream);
    }
    return { endMs: startMs, usage: null };
  }

  #answer(plan: ModelCallPlan, startMs: number): { endMs: number; usage: WrittenUsage } {
    const { stream } = this.#session;
    const { model } = plan;
    const p50 = model.timeToFirstTokenSecP50;
    const firstTokenSec = sampleQuantileLaw({ p50, p90: 2 * p50, max: 25 }, stream);
    const endMs = startMs + (firstTokenSec + plan.outputTokens / model.outputTokensPerSec) * 1_000;
    const usage = plan.history.call(plan.outputTokens, startMs);
    const attributes = this.#callAttributes(plan);
    attributes.push(doubleAttribute('gen_ai.response.time_to_first_chunk', firstTokenSec));
    if (plan.isUsageLost !== true) attributes.push(...usageAttributes(usage));
    if (this.#session.hasContent) this.#pushMessages(attributes, true);
    this.#pushCall(plan, startMs, endMs, attributes, null);
    return { endMs, usage };
  }

  #callAttributes(plan: ModelCallPlan): AttributeJson[] {
    const attributes = this.#genAiAttributes('chat', plan.agentName);
    attributes.push(
      textAttribute('gen_ai.provider.name', plan.model.providerName),
      textAttribute('gen_ai.request.model', plan.model.requestModel),
      textAttribute('gen_ai.response.model', plan.model.responseModel),
    );
    if (plan.isCompacted === true) {
      attributes.push('{"key":"gen_ai.conversation.compacted","value":{"boolValue":true}}');
    }
    return attributes;
  }

  #pushCall(
    plan: ModelCallPlan,
    startMs: number,
    endMs: number,
    attributes: AttributeJson[],
    errorType: string | null,
  ): void {
    this.#spans.push({
      traceId: this.traceId,
      spanId: this.newSpanId(),
      parentSpanId: plan.parentSpanId,
      name: `chat ${plan.model.requestModel}`,
      kind: 'client',
      startMs,
      endMs,
      attributes,
      errorType,
    });
  }

  addTool(plan: ToolCallPlan): void {
    const attributes = this.#genAiAttributes('execute_tool', plan.agentName);
    attributes.push(
      textAttribute('gen_ai.tool.name', plan.toolName),
      textAttribute('gen_ai.tool.type', 'function'),
    );
    if (this.#session.hasContent) {
      attributes.push(textAttribute('gen_ai.tool.call.arguments', plan.arguments));
      if ((plan.errorType ?? null) === null) {
        attributes.push(textAttribute('gen_ai.tool.call.result', '"sample result"'));
      }
    }
    this.#spans.push({
      traceId: this.traceId,
      spanId: plan.spanId ?? this.newSpanId(),
      parentSpanId: plan.parentSpanId,
      name: `execute_tool ${plan.toolName}`,
      kind: 'internal',
      startMs: plan.startMs,
      endMs: plan.endMs,
      attributes,
      errorType: plan.errorType ?? null,
    });
  }

  /** Adds a PostgreSQL span; with a span id given it is a transaction that has children. */
  addQuery(query: {
    readonly parentSpanId: string;
    readonly operationName: 'select' | 'insert' | 'update' | 'transaction';
    readonly tableName: string;
    readonly startMs: number;
    readonly endMs: number;
    readonly spanId?: string;
  }): void {
    const operationName = query.operationName.toUpperCase();
    this.#spans.push({
      traceId: this.traceId,
      spanId: query.spanId ?? this.newSpanId(),
      parentSpanId: query.parentSpanId,
      name: `${operationName} ${query.tableName}`,
      kind: 'client',
      startMs: query.startMs,
      endMs: query.endMs,
      attributes: [
        textAttribute('db.system.name', 'postgresql'),
        textAttribute('db.operation.name', operationName),
        textAttribute('db.collection.name', query.tableName),
        textAttribute('server.address', 'agents-db'),
        integerAttribute('server.port', 5_432),
      ],
      errorType: null,
    });
  }

  /** Writes the trace as one line of OTLP/JSON. */
  render(serviceName: string): string {
    return renderExportRequest(serviceName, this.#spans);
  }

  #genAiAttributes(operationName: string, agentName: string): AttributeJson[] {
    const attributes = [
      textAttribute('gen_ai.operation.name', operationName),
      textAttribute('gen_ai.conversation.id', this.#session.conversationId),
      textAttribute('gen_ai.agent.name', agentName),
    ];
    if (this.#session.userId !== null) {
      attributes.push(textAttribute('user.id', this.#session.userId));
    }
    return attributes;
  }

  #pushMessages(attributes: AttributeJson[], hasOutput: boolean): void {
    this.#messages += 1;
    const input = placeholderMessage('user', this.#messages);
    attributes.push(textAttribute('gen_ai.input.messages', input));
    if (!hasOutput) return;
    const output = placeholderMessage('assistant', this.#messages);
    attributes.push(textAttribute('gen_ai.output.messages', output));
  }
}

function usageAttributes(usage: WrittenUsage): AttributeJson[] {
  const attributes = [
    integerAttribute('gen_ai.usage.input_tokens', usage.inputTokens),
    integerAttribute('gen_ai.usage.output_tokens', usage.outputTokens),
  ];
  if (usage.cacheReadTokens > 0) {
    attributes.push(
      integerAttribute('gen_ai.usage.cache_read.input_tokens', usage.cacheReadTokens),
    );
  }
  if (usage.cacheCreationTokens > 0) {
    attributes.push(
      integerAttribute('gen_ai.usage.cache_creation.input_tokens', usage.cacheCreationTokens),
    );
  }
  return attributes;
}
