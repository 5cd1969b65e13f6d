import type { ModelCallPlan } from './call-plan';
import { isDrawn, sampleGeometric, sampleQuantileLaw } from './distributions';
import { sampleModels } from './model-profile';
import { PromptHistory } from './prompt-history';
import type { SampleSession } from './sample-session';
import { TraceDraft } from './trace-draft';

const agentName = 'support-agent';

/** User turns of a session; an assumption, with many turns on purpose: history is the subject. */
const turns = { mean: 6, max: 30 };

/** Pause of a person between two turns: p50 123 s, p90 480 s (Mooncake traces). */
const thinkSec = { p50: 123, p90: 480, max: 1_800 };

/**
 * System prompt 2.8 k tokens as in coding agents (kv-cache-tester, 692 sessions); five tools of
 * about 350.
 */
const prefixTokens = 4_600;

/** Size of a user message, a knowledge-base passage and an order record; assumptions, in tokens. */
const userTokens = { p50: 70, p90: 220, max: 4_000 };
const passageTokens = { p50: 900, p90: 2_000, max: 6_000 };
const orderTokens = { p50: 220, p90: 420, max: 2_000 };

/** Output of a chat model: p50 129, p95 451 (Azure LLM trace, 2023). */
const replyTokens = { p50: 129, p90: 350, max: 2_000 };
const toolRequestTokens = { p50: 45, p90: 90, max: 300 };

/**
 * Median tool latency 0.285 s (TraceLab, arXiv 2606.30560); a lighter tail than a shell has:
 * assumed.
 */
const searchSec = { p50: 0.285, p90: 2, max: 45 };

/** An application holds a connection for about 5 ms a query (Cockroach Labs blog, 2026-04). */
const querySec = { p50: 0.005, p90: 0.02, max: 2 };

/** Share of sessions on a code path that keeps its transaction open across model calls; assumed. */
const heldSessionShare = 0.35;

/** Share of sessions that a provider outage ends: above 5 % on some services (BurstGPT). */
const outageShare = 0.05;

/**
 * Generates a customer-support session: one trace a turn, each a search of a knowledge base and a
 * reply, around PostgreSQL queries that part of the sessions hold open while the model thinks.
 */
export function* generateSupportSession(session: SampleSession): Generator<string> {
  const { stream, index } = session;
  const model = isDrawn(0.7, stream) ? sampleModels.haiku : sampleModels.mini;
  const history = new PromptHistory(model, prefixTokens);
  const unlistedHistory = new PromptHistory(sampleModels.unlisted, 400);
  const isHeld = isDrawn(heldSessionShare, stream);
  const turnCount = sampleGeometric(turns.mean, turns.max, stream);
  const isCutShort = isDrawn(outageShare, stream);

  let startMs = session.startMs;
  let messages = 0;
  for (let turn = 0; turn < turnCount; turn++) {
    const trace = new TraceDraft(session, messages);
    const isLast = turn === turnCount - 1;
    startMs = runTurn(trace, session, history, {
      model,
      startMs,
      isHeld,
      isOutage: isLast && isCutShort,
      isUsageLost: isLast && index % 31 === 3,
      unlistedHistory: turn === 0 && index % 37 === 5 ? unlistedHistory : null,
    });
    messages = trace.messages;
    yield trace.render(agentName);
    startMs += sampleQuantileLaw(thinkSec, stream) * 1_000;
  }
}

interface TurnPlan {
  readonly model: typeof sampleModels.haiku | typeof sampleModels.mini;
  readonly startMs: number;
  readonly isHeld: boolean;
  readonly isOutage: boolean;
  readonly isUsageLost: boolean;
  /** Set where a deployment outside every price book routes the turn. */
  readonly unlistedHistory: PromptHistory | null;
}

/** A turn on its way: where its spans hang, and what time it is. */
interface TurnClock {
  readonly trace: TraceDraft;
  readonly session: SampleSession;
  readonly history: PromptHistory;
  readonly parentSpanId: string;
  nowMs: number;
}

/** @returns when the turn ended, in Unix milliseconds */
function runTurn(
  trace: TraceDraft,
  session: SampleSession,
  history: PromptHistory,
  plan: TurnPlan,
): number {
  const agent = trace.openAgent(agentName, '', plan.startMs);
  const startMs = plan.startMs + 2;
  const transactionSpanId = plan.isHeld ? trace.newSpanId() : null;
  const parentSpanId = transactionSpanId ?? agent.spanId;
  const turn: TurnClock = { trace, session, history, parentSpanId, nowMs: startMs };

  runQuery(turn, 'select', 'tickets');
  history.append(Math.round(sampleQuantileLaw(userTokens, session.stream)));
  const isAnswered = answerUser(turn, plan);
  runQuery(turn, 'update', 'tickets');

  if (transactionSpanId !== null) {
    trace.addQuery({
      spanId: transactionSpanId,
      parentSpanId: agent.spanId,
      operationName: 'transaction',
      tableName: 'tickets',
      startMs,
      endMs: turn.nowMs,
    });
  }
  trace.closeAgent(agent, turn.nowMs + 1, isAnswered ? null : 'overloaded_error');
  return turn.nowMs + 1;
}

function runQuery(turn: TurnClock, operationName: 'select' | 'update', tableName: string): void {
  const { trace, session, parentSpanId, nowMs: startMs } = turn;
  turn.nowMs += sampleQuantileLaw(querySec, session.stream) * 1_000;
  trace.addQuery({ parentSpanId, operationName, tableName, startMs, endMs: turn.nowMs });
}

/** @returns whether the provider answered */
function callModel(
  turn: TurnClock,
  call: Pick<ModelCallPlan, 'model' | 'outputTokens' | 'isOutage' | 'isUsageLost'>,
  history = turn.history,
): boolean {
  const { trace, parentSpanId, nowMs: startMs } = turn;
  const { endMs, usage } = trace.callModel({ ...call, parentSpanId, agentName, history, startMs });
  turn.nowMs = endMs;
  return usage !== null;
}

/** Asks for a tool, runs it and replies. */
function answerUser(turn: TurnClock, plan: TurnPlan): boolean {
  const { stream } = turn.session;
  const { model, isOutage, isUsageLost, unlistedHistory } = plan;
  if (unlistedHistory !== null) {
    callModel(turn, { model: sampleModels.unlisted, outputTokens: 12 }, unlistedHistory);
  }
  const outputTokens = Math.round(sampleQuantileLaw(toolRequestTokens, stream));
  if (!callModel(turn, { model, outputTokens })) return false;
  if (isDrawn(0.75, stream)) searchKnowledgeBase(turn);
  else lookUpOrder(turn);
  const replied = Math.round(sampleQuantileLaw(replyTokens, stream));
  return callModel(turn, { model, outputTokens: replied, isOutage, isUsageLost });
}

function searchKnowledgeBase(turn: TurnClock): void {
  const { trace, session, history, parentSpanId, nowMs: startMs } = turn;
  const { stream } = session;
  turn.nowMs += sampleQuantileLaw(searchSec, stream) * 1_000;
  const isFailed = isDrawn(0.015, stream);
  trace.addTool({
    parentSpanId,
    agentName,
    toolName: 'search_knowledge_base',
    startMs,
    endMs: turn.nowMs,
    arguments: `{"query":"sample ${stream.nextUint32().toString(36)}"}`,
    errorType: isFailed ? 'timeout' : null,
  });
  history.append(isFailed ? 30 : Math.round(sampleQuantileLaw(passageTokens, stream)));
}

function lookUpOrder(turn: TurnClock): void {
  const { trace, session, history, parentSpanId, nowMs: startMs } = turn;
  const { stream } = session;
  const spanId = trace.newSpanId();
  const queryEndMs = startMs + 1 + sampleQuantileLaw(querySec, stream) * 1_000;
  turn.nowMs = queryEndMs + 1;
  trace.addQuery({
    parentSpanId: spanId,
    operationName: 'select',
    tableName: 'orders',
    startMs: startMs + 1,
    endMs: queryEndMs,
  });
  trace.addTool({
    spanId,
    parentSpanId,
    agentName,
    toolName: 'look_up_order',
    startMs,
    endMs: turn.nowMs,
    arguments: `{"order":"sample ${stream.nextUint32().toString(36)}"}`,
  });
  history.append(Math.round(sampleQuantileLaw(orderTokens, stream)));
}
