import type { RandomStream } from '@/lib/stats/random-stream';
import { isDrawn, sampleCount, sampleGeometric, sampleQuantileLaw } from './distributions';
import { sampleModels } from './model-profile';
import { PromptHistory } from './prompt-history';
import type { SampleSession } from './sample-session';
import { TraceDraft } from './trace-draft';

const agentName = 'coding-agent';
const model = sampleModels.sonnet;

/** Model calls of a session: p50 44, p90 149, p99 342 (kv-cache-tester, 692 sessions). */
const callsPerSession = { p50: 44, p90: 149, max: 400 };

/** Model calls of one user request: 8.8 on average (TraceLab, arXiv 2606.30560). */
const callsPerTurn = { mean: 8.8, max: 60 };

/**
 * System prompt 2.8 k and tool definitions 12.4 k tokens, medians (kv-cache-tester, 692 sessions).
 */
const prefixTokens = 15_200;

/** With the prefix, the first prompt of a session is 24.3 k tokens at the median (same source). */
const openingTokens = { p50: 9_100, p90: 40_000, max: 90_000 };

/** New input of a call. With the reply this gives the growth per call of p50 685, p90 2,072. */
const toolResultTokens = { p50: 330, p90: 1_300, max: 20_000 };
const userTokens = { p50: 120, p90: 600, max: 8_000 };

/** Output of a step: p50 252, p90 below 1.7 k tokens (TraceLab, arXiv 2606.30560). */
const outputTokens = { p50: 252, p90: 1_250, max: 8_000 };

/** Pause of a person: p50 86 s, p90 1,236 s (5.1); cut so that a session ends within the day. */
const thinkSec = { p50: 86, p90: 1_236, max: 3_600 };

/**
 * Compaction sets in at 80 % of a 200 k window; plateau near 115–150 k (kv-cache-tester, 692
 * sessions).
 */
const compactionFromTokens = 160_000;
const summaryTokens = { p50: 3_000, p90: 5_000, max: 9_000 };

/** Tool calls of a step: 10.8 to 8.8 model calls (TraceLab, arXiv 2606.30560). */
const secondToolShare = 0.23;

/** Share of tool calls that fail; an assumption. Half of them are repeated as they were. */
const failedToolShare = 0.05;

const toolNames = ['read_file', 'edit_file', 'run_command', 'search_code'] as const;

/**
 * Draws a tool latency: 61 % below 1 s, 27 % from 1 to 10 s, the rest a Pareto tail to 600 s in
 * which 4.9 % of all calls exceed a minute (TraceLab, arXiv 2606.30560).
 */
function sampleToolSec(stream: RandomStream): number {
  const share = stream.nextFloat();
  if (share < 0.61) return sampleQuantileLaw({ p50: 0.12, p90: 0.6, max: 1 }, stream);
  if (share < 0.88) return 10 ** stream.nextFloat();
  return Math.min(10 / (1 - stream.nextFloat()) ** 2, 600);
}

/**
 * Generates a coding session: a trace a user request, each a run of model and tool calls on one
 * growing, cached history that is compacted near the context window.
 */
export function* generateCodingSession(session: SampleSession): Generator<string> {
  const { stream } = session;
  const history = new PromptHistory(model, prefixTokens);
  history.append(Math.round(sampleQuantileLaw(openingTokens, stream)));
  let callsLeft = sampleCount(callsPerSession, stream);
  let startMs = session.startMs;
  let messages = 0;
  while (callsLeft > 0) {
    const steps = Math.min(sampleGeometric(callsPerTurn.mean, callsPerTurn.max, stream), callsLeft);
    callsLeft -= steps;
    const trace = new TraceDraft(session, messages);
    const isLast = callsLeft === 0;
    startMs = runRequest(trace, session, history, {
      startMs,
      steps,
      isAborted: isLast && isDrawn(0.06, stream),
    });
    messages = trace.messages;
    yield trace.render(agentName);
    startMs += sampleQuantileLaw(thinkSec, stream) * 1_000;
  }
}

interface RequestPlan {
  readonly startMs: number;
  readonly steps: number;
  /** The user gives up on the last request of the session. */
  readonly isAborted: boolean;
}

/** @returns when the request ended, in Unix milliseconds */
function runRequest(
  trace: TraceDraft,
  session: SampleSession,
  history: PromptHistory,
  plan: RequestPlan,
): number {
  const { stream } = session;
  const agent = trace.openAgent(agentName, '', plan.startMs);
  history.append(Math.round(sampleQuantileLaw(userTokens, stream)));
  let nowMs = plan.startMs + 5;
  let errorType = plan.isAborted ? 'cancelled' : null;
  let isCompacted = false;
  for (let step = 0; step < plan.steps; step++) {
    const isSummary = history.contextTokens > compactionFromTokens;
    const output = sampleCount(isSummary ? summaryTokens : outputTokens, stream);
    const parentSpanId = agent.spanId;
    const { endMs, usage } = trace.callModel({
      parentSpanId,
      agentName,
      model,
      history,
      startMs: nowMs,
      outputTokens: output,
      isCompacted,
    });
    nowMs = endMs;
    isCompacted = isSummary;
    if (usage === null) {
      errorType = 'overloaded_error';
      break;
    }
    if (isSummary) history.compact(output);
    else if (step < plan.steps - 1) nowMs = runTools(trace, session, history, parentSpanId, nowMs);
  }
  nowMs += 3;
  trace.closeAgent(agent, nowMs, errorType);
  return nowMs;
}

/** Runs one or two tools at once and waits for both. */
function runTools(
  trace: TraceDraft,
  session: SampleSession,
  history: PromptHistory,
  parentSpanId: string,
  startMs: number,
): number {
  const { stream } = session;
  let joinMs = startMs;
  const count = isDrawn(secondToolShare, stream) ? 2 : 1;
  for (let i = 0; i < count; i++) {
    const toolName = toolNames[stream.nextInt(toolNames.length)] ?? 'read_file';
    const callArguments = `{"target":"sample ${stream.nextUint32().toString(36)}"}`;
    const isFailed = isDrawn(failedToolShare, stream);
    const attempts = isFailed && isDrawn(0.5, stream) ? 2 : 1;
    let nowMs = startMs + i;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const endMs = nowMs + sampleToolSec(stream) * 1_000;
      trace.addTool({
        parentSpanId,
        agentName,
        toolName,
        startMs: nowMs,
        endMs,
        arguments: callArguments,
        errorType: isFailed && attempt === 0 ? 'tool_error' : null,
      });
      nowMs = endMs;
    }
    history.append(sampleCount(toolResultTokens, stream));
    joinMs = Math.max(joinMs, nowMs);
  }
  return joinMs;
}
