import type { SessionSet } from '../../sessions/session';
import type { GrowthExponent, GrowthGroup, GrowthSlope, HeaviestSession } from '../growth-model';
import type { PriceBook } from '../price-book';
import type { ThreadGroup } from './list-threads';
import {
  type GroupInputs,
  type MeasuredPlateau,
  measurePlateau,
  measureSpread,
} from './measure-plateau';
import { intervalOf, type SessionRatio } from './ratio-batch';
import { fitSums, type SessionSums, slopeRatio, sumExponents, sumPrompts } from './session-sums';

/** Looks up context windows by row, each model of a provider once. */
export function createWindowLookup(set: SessionSet, book: PriceBook) {
  const known = new Map<string, number | null>();
  return (row: number): number | null => {
    const { model, provider } = set.calls;
    if (model[row] < 0) return null;
    const key = `${model[row]}/${provider[row]}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const providerName = provider[row] < 0 ? null : set.names[provider[row]];
    const windowTokens = book.contextWindowTokens(set.names[model[row]], providerName);
    known.set(key, windowTokens);
    return windowTokens;
  };
}

/** A group whose sums are known and whose intervals follow once the batch has run. */
export interface FittedGroup {
  readonly slope: SessionRatio;
  readonly firstPrompt: SessionRatio; //   mean over threads
  readonly plateau: MeasuredPlateau | null;
  readonly contextWindowTokens: number | null;
  readonly finish: () => GrowthGroup;
}

/** Fits one group of threads. */
export function fitGroup(group: ThreadGroup, inputs: GroupInputs): FittedGroup {
  const { set, context, batch } = inputs;
  const { threads } = group;
  const slope = fitSlope(group, inputs);
  const exponent = fitExponent(group, inputs);
  const sessions = threads.map(({ session }) => session);
  const firstPrompts = threads.map(({ rows }) => context.promptTokens[rows[0]]);
  const firstPrompt = batch.add({
    clusters: Uint32Array.from(sessions),
    parts: Float64Array.from(firstPrompts),
    wholes: new Float64Array(threads.length).fill(1),
  });
  const plateau = measurePlateau(group, inputs);
  const window = findWindow(group, inputs);
  return {
    slope: slope.ratio,
    firstPrompt,
    plateau,
    contextWindowTokens: window.contextWindowTokens,
    finish: () => ({
      by: group.by,
      name: group.name,
      isMainThread: group.isMainThread,
      sessions: new Set(sessions).size,
      threads: threads.length,
      calls: threads.reduce((sum, { rows }) => sum + rows.length, 0),
      slope: slope.finish(),
      exponent: exponent(),
      firstPromptTokens: measureSpread(firstPrompts, sessions, set.sessionIds.length),
      standingPrefixTokens: firstPrompts.reduce((least, tokens) => Math.min(least, tokens)),
      outputTokensMean: meanOutput(group, set),
      plateau: plateau?.plateau ?? null,
      ...window,
      ...reachWindow(window.contextWindowTokens, firstPrompt, slope.ratio),
    }),
  };
}

function fitSlope({ threads }: ThreadGroup, { set, context, batch }: GroupInputs) {
  const sums = sumPrompts(threads, context, true);
  const fit = fitSums(sums);
  const unsegmented = fitSums(sumPrompts(threads, context, false));
  const ratio = batch.add(slopeRatio(sums));
  const finish = (): GrowthSlope | null =>
    fit === null
      ? null
      : {
          tokensPerCall: fit.slope,
          interval95: intervalOf(ratio.resampled()),
          tokensPerCallUnsegmented: unsegmented?.slope ?? fit.slope,
          rSquared: fit.rSquared,
          calls: sums.calls,
          segments: sums.runs,
          sessions: sums.sessions.length,
          heaviest: findHeaviest(sums, set),
        };
  return { ratio, finish };
}

function fitExponent(group: ThreadGroup, inputs: GroupInputs): () => GrowthExponent | null {
  const { sums, of } = sumExponents(group.threads, inputs.set, inputs.context);
  const fit = fitSums(sums);
  const ratio = inputs.batch.add(slopeRatio(sums));
  return () =>
    fit === null ? null : { exponent: fit.slope, interval95: intervalOf(ratio.resampled()), of };
}

/** The session with most weight in a slope, and the slope that is left without it. */
function findHeaviest({ sessions, sumXX, sumXY }: SessionSums, set: SessionSet): HeaviestSession {
  let heaviest = 0;
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < sessions.length; i++) {
    xx += sumXX[i];
    xy += sumXY[i];
    if (sumXX[i] > sumXX[heaviest]) heaviest = i;
  }
  return {
    sessionId: set.sessionIds[sessions[heaviest]],
    share: sumXX[heaviest] / xx,
    tokensPerCallWithout:
      sessions.length === 1 ? null : (xy - sumXY[heaviest]) / (xx - sumXX[heaviest]),
  };
}

function meanOutput({ threads }: ThreadGroup, { calls }: SessionSet): number | null {
  let tokens = 0;
  let known = 0;
  for (const { rows } of threads) {
    for (const row of rows) {
      if (Number.isNaN(calls.output[row])) continue;
      tokens += calls.output[row];
      known++;
    }
  }
  return known === 0 ? null : tokens / known;
}

/** Context window of the model that a group calls most. */
function findWindow(
  { threads }: ThreadGroup,
  { set, windowOfRow }: GroupInputs,
): Pick<GrowthGroup, 'contextWindowTokens' | 'windowModel'> {
  const calls = new Map<number, { readonly row: number; count: number }>();
  for (const { rows } of threads) {
    for (const row of rows) {
      const model = set.calls.model[row];
      const seen = calls.get(model);
      if (seen === undefined) calls.set(model, { row, count: 1 });
      else seen.count++;
    }
  }
  const [most] = [...calls.values()].sort((a, b) => b.count - a.count);
  const model = set.calls.model[most.row];
  return {
    contextWindowTokens: windowOfRow(most.row),
    windowModel: model < 0 ? null : set.names[model],
  };
}

/** Call at which S + g·(n − 1) comes to the context window. */
function reachWindow(
  windowTokens: number | null,
  firstPrompt: SessionRatio,
  slope: SessionRatio,
): Pick<GrowthGroup, 'windowReachedAtCall' | 'windowReachedInterval95'> {
  if (windowTokens === null || !(slope.value > 0) || firstPrompt.value > windowTokens) {
    return { windowReachedAtCall: null, windowReachedInterval95: null };
  }
  const starts = firstPrompt.resampled();
  const calls =
    starts === null
      ? null
      : slope.resampled()?.map((g, i) => (g > 0 ? 1 + (windowTokens - starts[i]) / g : Number.NaN));
  return {
    windowReachedAtCall: 1 + (windowTokens - firstPrompt.value) / slope.value,
    windowReachedInterval95: intervalOf(calls ?? null),
  };
}
