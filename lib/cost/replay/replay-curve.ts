import { quantileSorted } from '../../stats/quantile';
import { usdFromPicoUsd } from '../../units';
import type { ReplayCosts } from './replay-costs';
import type { ReplayPoint } from './replay-outcome';
import type { ReplaySet } from './replay-set';

const pointsMax = 120;
const firstCallsDrawn = 40;

/** Main threads of the sessions that have one, the longest first, and the calls that are drawn. */
interface CurveFrame {
  readonly first: Uint32Array; //     first call of each main thread in the set
  readonly calls: Uint32Array; //     its number of calls, descending
  readonly drawn: readonly number[];
}

interface Side {
  readonly usd: ReplayPoint['todayUsd'];
  readonly promptTokensMean: number;
}

const frames = new WeakMap<ReplaySet, CurveFrame>();
const todaySides = new WeakMap<ReplaySet, readonly Side[]>();

/** All calls of short sessions; of long ones the first, then ever fewer, the last among them. */
function chooseCalls(longest: number): number[] {
  if (longest <= pointsMax) return Array.from({ length: longest }, (_, i) => i + 1);
  const rest = pointsMax - firstCallsDrawn;
  const factor = (longest / firstCallsDrawn) ** (1 / rest);
  const chosen = new Set(Array.from({ length: firstCallsDrawn }, (_, i) => i + 1));
  for (let i = 1; i <= rest; i++) chosen.add(Math.round(firstCallsDrawn * factor ** i));
  return [...chosen, longest].filter((call, i, all) => all.indexOf(call) === i);
}

/** Main threads of the sessions that have a cost. */
function listThreads(set: ReplaySet, { todayPicoUsd }: ReplayCosts): number[] {
  const threads: number[] = [];
  for (let session = 0; session < set.sessionIds.length; session++) {
    if (Number.isNaN(todayPicoUsd[session])) continue;
    for (let thread = set.firstThread[session]; thread < set.firstThread[session + 1]; thread++) {
      if (set.isMainThread[thread] === 1) threads.push(thread);
    }
  }
  return threads;
}

function frameOf(set: ReplaySet, costs: ReplayCosts): CurveFrame {
  const known = frames.get(set);
  if (known !== undefined) return known;
  const threads = listThreads(set, costs);
  const callsOf = (thread: number) => set.firstCall[thread + 1] - set.firstCall[thread];
  threads.sort((a, b) => callsOf(b) - callsOf(a));
  const frame: CurveFrame = {
    first: Uint32Array.from(threads, (thread) => set.firstCall[thread]),
    calls: Uint32Array.from(threads, callsOf),
    drawn: chooseCalls(threads.length === 0 ? 0 : callsOf(threads[0])),
  };
  frames.set(set, frame);
  return frame;
}

/** Quantiles of cumulative cost at each drawn call, over the sessions that reach it. */
function drawSide(
  { first, calls, drawn }: CurveFrame,
  picoUsd: Float64Array,
  promptTokens: Float64Array,
): Side[] {
  const spent = new Float64Array(first.length);
  const sorted = new Float64Array(first.length);
  let reaching = first.length;
  let done = 0;
  return drawn.map((call) => {
    while (reaching > 0 && calls[reaching - 1] < call) reaching--;
    let prompts = 0;
    let sent = 0;
    for (let s = 0; s < reaching; s++) {
      for (let k = done; k < call; k++) {
        const cost = picoUsd[first[s] + k];
        if (!Number.isNaN(cost)) spent[s] += cost;
      }
      const prompt = promptTokens[first[s] + call - 1];
      if (Number.isNaN(prompt)) continue;
      prompts += prompt;
      sent++;
    }
    done = call;
    sorted.set(spent.subarray(0, reaching));
    const ascending = sorted.subarray(0, reaching).sort();
    const usdAt = (probability: number) => usdFromPicoUsd(quantileSorted(ascending, probability));
    return {
      usd: { p10: usdAt(0.1), p50: usdAt(0.5), p90: usdAt(0.9) },
      promptTokensMean: sent > 0 ? prompts / sent : 0,
    };
  });
}

/**
 * Cumulative cost after the n-th call of the main thread, before and after, over the sessions that
 * reach it; calls without a price add nothing on either side.
 *
 * The side of today is drawn once per set. Mean prompts are over the calls that are sent.
 */
export function drawReplayCurve(set: ReplaySet, costs: ReplayCosts): ReplayPoint[] {
  const frame = frameOf(set, costs);
  const before =
    todaySides.get(set) ?? drawSide(frame, costs.callTodayPicoUsd, costs.callTodayPromptTokens);
  todaySides.set(set, before);
  const after = drawSide(frame, costs.callChangedPicoUsd, costs.callChangedPromptTokens);
  let reaching = frame.calls.length;
  return frame.drawn.map((call, i) => {
    while (reaching > 0 && frame.calls[reaching - 1] < call) reaching--;
    return {
      call,
      sessions: reaching,
      todayUsd: before[i].usd,
      changedUsd: after[i].usd,
      todayPromptTokensMean: before[i].promptTokensMean,
      changedPromptTokensMean: after[i].promptTokensMean,
    };
  });
}
