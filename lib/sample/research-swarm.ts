import { isDrawn, sampleCount, sampleGeometric, sampleQuantileLaw } from './distributions';
import { sampleModels } from './model-profile';
import { PromptHistory, type WrittenUsage } from './prompt-history';
import type { SampleSession } from './sample-session';
import { TraceDraft } from './trace-draft';

const leadName = 'research-lead';
const researcherName = 'web-researcher';

/** Share of sessions with a single request: 58.5 % (TraceLab, arXiv 2606.30560). */
const singleRequestShare = 0.585;

/** Prompts and steps of a fan-out; assumptions of the order of published multi-agent designs. */
const leadPrefixTokens = 3_400;
const researcherPrefixTokens = 5_200;
const subAgents = { min: 3, span: 4 };
const stepsPerResearcher = { mean: 5, max: 14 };
const questionTokens = { p50: 180, p90: 500, max: 3_000 };
const pageTokens = { p50: 1_800, p90: 6_000, max: 12_000 };
const findingTokens = { p50: 420, p90: 900, max: 2_500 };
const answerTokens = { p50: 1_300, p90: 2_400, max: 6_000 };
const requestTokens = { p50: 60, p90: 140, max: 500 };

/** Web tools take 24 s on average, with most well below (TraceLab, arXiv 2606.30560). */
const webSec = { p50: 2.2, p90: 18, max: 120 };

/** Pause of a person between two requests (TraceLab, arXiv 2606.30560), cut at half an hour. */
const thinkSec = { p50: 86, p90: 1_236, max: 1_800 };

/** Share of sub-agents that give up; an assumption. */
const failedResearcherShare = 0.04;

/** One session in forty has a sub-agent that repeats one call this often before it is stopped. */
const runawayEvery = 40;
const runawayIndex = 7;
const runawayCalls = 48;

/** Usage of everything below an agent span, which frameworks of this kind repeat on the span. */
interface UsageSum {
  inputTokens: number;
  cacheReadTokens: number;
  cacheCreationTokens: number;
  outputTokens: number;
}

function newSum(): UsageSum {
  return { inputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0, outputTokens: 0 };
}

function addUsage(sum: UsageSum, usage: WrittenUsage): void {
  sum.inputTokens += usage.inputTokens;
  sum.cacheReadTokens += usage.cacheReadTokens;
  sum.cacheCreationTokens += usage.cacheCreationTokens;
  sum.outputTokens += usage.outputTokens;
}

/**
 * Generates a research session: a lead agent that plans, sends out parallel sub-agents with
 * histories of their own, waits for all of them and writes an answer.
 */
export function* generateSwarmSession(session: SampleSession): Generator<string> {
  const { stream } = session;
  const history = new PromptHistory(sampleModels.sonnet, leadPrefixTokens);
  const requests = isDrawn(singleRequestShare, stream) ? 1 : 2 + stream.nextInt(2);
  let startMs = session.startMs;
  let messages = 0;
  for (let request = 0; request < requests; request++) {
    const trace = new TraceDraft(session, messages);
    const hasRunaway = request === 0 && session.index % runawayEvery === runawayIndex;
    startMs = runRequest(trace, session, history, startMs, hasRunaway);
    messages = trace.messages;
    yield trace.render('research-swarm');
    startMs += sampleQuantileLaw(thinkSec, stream) * 1_000;
  }
}

/** @returns when the request ended, in Unix milliseconds */
function runRequest(
  trace: TraceDraft,
  session: SampleSession,
  history: PromptHistory,
  startMs: number,
  hasRunaway: boolean,
): number {
  const { stream } = session;
  const lead = trace.openAgent(leadName, '', startMs);
  const sum = newSum();
  const callLead = (fromMs: number, outputTokens: number) => {
    const { endMs, usage } = trace.callModel({
      parentSpanId: lead.spanId,
      agentName: leadName,
      model: sampleModels.sonnet,
      history,
      startMs: fromMs,
      outputTokens,
    });
    if (usage !== null) addUsage(sum, usage);
    return { endMs, isAnswered: usage !== null };
  };

  history.append(sampleCount(questionTokens, stream));
  let { endMs: nowMs, isAnswered } = callLead(startMs + 4, sampleCount(findingTokens, stream));
  const researchers = isAnswered ? subAgents.min + stream.nextInt(subAgents.span) : 0;
  let joinMs = nowMs;
  for (let i = 0; i < researchers; i++) {
    const endMs = delegate(trace, session, sum, {
      leadSpanId: lead.spanId,
      startMs: nowMs + 3 * i,
      isRunaway: hasRunaway && i === 0,
    });
    history.append(sampleCount(findingTokens, stream));
    joinMs = Math.max(joinMs, endMs);
  }
  nowMs = joinMs;
  if (isAnswered) {
    ({ endMs: nowMs, isAnswered } = callLead(nowMs, sampleCount(answerTokens, stream)));
  }
  nowMs += 2;
  trace.closeAgent(lead, nowMs, isAnswered ? null : 'overloaded_error', sum);
  return nowMs;
}

interface Delegation {
  readonly leadSpanId: string;
  readonly startMs: number;
  readonly isRunaway: boolean;
}

/** Runs one sub-agent inside the tool call that started it. */
function delegate(
  trace: TraceDraft,
  session: SampleSession,
  leadSum: UsageSum,
  { leadSpanId, startMs, isRunaway }: Delegation,
): number {
  const { stream } = session;
  const toolSpanId = trace.newSpanId();
  const researcher = trace.openAgent(researcherName, toolSpanId, startMs + 1);
  const sum = newSum();
  const isFailed = isRunaway || isDrawn(failedResearcherShare, stream);
  const steps = isRunaway
    ? runawayCalls
    : sampleGeometric(stepsPerResearcher.mean, stepsPerResearcher.max, stream);
  let nowMs = runSteps(trace, session, sum, {
    parentSpanId: researcher.spanId,
    startMs: startMs + 5,
    steps,
    repeatedArguments: isRunaway ? '{"query":"sample repeated"}' : null,
  });
  const noteEndMs = nowMs + sampleQuantileLaw({ p50: 5, p90: 20, max: 2_000 }, stream);
  trace.addQuery({
    parentSpanId: researcher.spanId,
    operationName: 'insert',
    tableName: 'findings',
    startMs: nowMs,
    endMs: noteEndMs,
  });
  nowMs = noteEndMs + 1;
  const errorType = isFailed ? (isRunaway ? 'cancelled' : 'timeout') : null;
  trace.closeAgent(researcher, nowMs, errorType, sum);
  addUsage(leadSum, sum);
  trace.addTool({
    spanId: toolSpanId,
    parentSpanId: leadSpanId,
    agentName: leadName,
    toolName: 'delegate_research',
    startMs,
    endMs: nowMs + 1,
    arguments: `{"question":"sample ${stream.nextUint32().toString(36)}"}`,
    errorType,
  });
  return nowMs + 1;
}

interface StepPlan {
  readonly parentSpanId: string;
  readonly startMs: number;
  readonly steps: number;
  /** Arguments that every tool call repeats; null: each call has its own. */
  readonly repeatedArguments: string | null;
}

function runSteps(
  trace: TraceDraft,
  session: SampleSession,
  sum: UsageSum,
  plan: StepPlan,
): number {
  const { stream } = session;
  const history = new PromptHistory(sampleModels.haiku, researcherPrefixTokens);
  history.append(sampleCount(questionTokens, stream));
  let nowMs = plan.startMs;
  for (let step = 0; step < plan.steps; step++) {
    const isLast = step === plan.steps - 1;
    const { endMs, usage } = trace.callModel({
      parentSpanId: plan.parentSpanId,
      agentName: researcherName,
      model: sampleModels.haiku,
      history,
      startMs: nowMs,
      outputTokens: sampleCount(isLast ? findingTokens : requestTokens, stream),
    });
    nowMs = endMs;
    if (usage === null) return nowMs;
    addUsage(sum, usage);
    if (isLast && plan.repeatedArguments === null) return nowMs;

    const toolEndMs = nowMs + sampleQuantileLaw(webSec, stream) * 1_000;
    const isSearch = plan.repeatedArguments !== null || isDrawn(0.5, stream);
    trace.addTool({
      parentSpanId: plan.parentSpanId,
      agentName: researcherName,
      toolName: isSearch ? 'search_web' : 'fetch_page',
      startMs: nowMs,
      endMs: toolEndMs,
      arguments: plan.repeatedArguments ?? `{"query":"sample ${stream.nextUint32().toString(36)}"}`,
    });
    nowMs = toolEndMs;
    history.append(sampleCount(pageTokens, stream));
  }
  return nowMs;
}
