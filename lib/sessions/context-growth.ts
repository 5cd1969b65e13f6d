import { callKindCode, type SessionSet } from './session';

/** A prompt below this share of the one before it means that context was dropped. */
export const contextResetShare = 0.7;

/**
 * How the prompt of every model call came about, one entry per row of the set's columns.
 *
 * Rows that are no model call, or whose prompt is not known, hold NaN or −1 and are not numbered.
 */
export interface ContextMeasures {
  readonly promptTokens: Float64Array; //         P
  readonly newTokens: Float64Array; //            X = P − P before − visible output before, in [0, P]
  readonly resentTokens: Float64Array; //         H = P − X: an earlier call of the thread sent it
  readonly standingPrefixTokens: Float64Array; // S: smallest first prompt of that agent and model
  readonly callInThread: Int32Array; //           1-based among the thread's calls with a known prompt
  readonly isContextReset: Uint8Array;
  readonly segment: Int32Array; //                dense over the set; a reset begins a new one
  readonly segments: number;
}

/** Prompt size of every row; NaN where it is no model call or its usage is missing or empty. */
function measurePrompts(set: SessionSet): Float64Array {
  const { calls } = set;
  const promptTokens = new Float64Array(calls.length).fill(Number.NaN);
  for (let row = 0; row < calls.length; row++) {
    if (calls.kind[row] !== callKindCode.model) continue;
    const prompt =
      calls.inputFresh[row] +
      calls.cacheRead[row] +
      calls.cacheWrite5m[row] +
      calls.cacheWrite1h[row] +
      calls.cacheWriteUnknownTtl[row];
    if (prompt > 0) promptTokens[row] = prompt;
  }
  return promptTokens;
}

function countThreads(set: SessionSet): number {
  let threads = 0;
  for (const thread of set.calls.thread) threads = Math.max(threads, thread + 1);
  return threads;
}

/** Standing prefix by thread: the smallest first prompt over threads of the same agent and model. */
function findStandingPrefixes(
  set: SessionSet,
  promptTokens: Float64Array,
  threads: number,
): Float64Array {
  const { calls } = set;
  const groupOfThread = new Int32Array(threads).fill(-1);
  const groups = new Map<string, number>();
  const smallest: number[] = [];
  for (let row = 0; row < calls.length; row++) {
    const prompt = promptTokens[row];
    const thread = calls.thread[row];
    if (Number.isNaN(prompt) || groupOfThread[thread] !== -1) continue;
    const key = `${calls.agent[row]}/${calls.model[row]}`;
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    groupOfThread[thread] = group;
    smallest[group] = Math.min(smallest[group] ?? prompt, prompt);
  }
  return Float64Array.from(groupOfThread, (group) => smallest[group] ?? Number.NaN);
}

/**
 * Measures what each model call sends anew and what it sends again, thread by thread.
 *
 * A call whose usage is missing or whose prompt is empty (an aborted call) is passed over: the next
 * one is compared with the last whose prompt is known. A prompt below 70 % of the one before it is
 * a context reset (compaction, clearing or rewind); what it holds beyond the standing prefix counts
 * as new, because nothing in the usage says how much of it was kept.
 */
export function measureContext(set: SessionSet): ContextMeasures {
  const { calls } = set;
  const promptTokens = measurePrompts(set);
  const threads = countThreads(set);
  const standingByThread = findStandingPrefixes(set, promptTokens, threads);
  const newTokens = new Float64Array(calls.length).fill(Number.NaN);
  const resentTokens = new Float64Array(calls.length).fill(Number.NaN);
  const standingPrefixTokens = new Float64Array(calls.length).fill(Number.NaN);
  const callInThread = new Int32Array(calls.length).fill(-1);
  const isContextReset = new Uint8Array(calls.length);
  const segment = new Int32Array(calls.length).fill(-1);
  const lastPrompt = new Float64Array(threads);
  const lastOutput = new Float64Array(threads);
  const callsSeen = new Int32Array(threads);
  const openSegment = new Int32Array(threads);
  let segments = 0;

  for (let row = 0; row < calls.length; row++) {
    const prompt = promptTokens[row];
    if (Number.isNaN(prompt)) continue;
    const thread = calls.thread[row];
    const seen = callsSeen[thread];
    const before = lastPrompt[thread];
    const standing = standingByThread[thread];
    const isReset = seen > 0 && prompt < contextResetShare * before;
    let resent = 0;
    if (isReset) resent = Math.min(prompt, standing);
    else if (seen > 0) resent = Math.min(prompt, before + lastOutput[thread]);

    if (seen === 0 || isReset) openSegment[thread] = segments++;
    callInThread[row] = seen + 1;
    isContextReset[row] = isReset ? 1 : 0;
    segment[row] = openSegment[thread];
    resentTokens[row] = resent;
    newTokens[row] = prompt - resent;
    standingPrefixTokens[row] = standing;
    callsSeen[thread] = seen + 1;
    lastPrompt[thread] = prompt;
    lastOutput[thread] = calls.output[row] || 0;
  }
  return {
    promptTokens,
    newTokens,
    resentTokens,
    standingPrefixTokens,
    callInThread,
    isContextReset,
    segment,
    segments,
  };
}
