import type { GrowthCurves, MeasuredPoint } from '../growth-model';
import { drawMeasured } from './draw-measured';
import { extendGrowth, type GrowthParameters, type ResampledParameters } from './extend-growth';
import type { FittedGroup } from './fit-group';
import type { GrowthThread } from './list-threads';
import { choosePoints, type GrowthUnit, listUnitEnds } from './list-units';
import type { GroupInputs, MeasuredPlateau } from './measure-plateau';
import type { SessionRatio } from './ratio-batch';

/** Fewer sessions than this say little about a quantile. */
const minPointSessions = 10;

/** Drawn beyond the last call that enough sessions reached, as a multiple of it. */
const reachRatio = 1.5;
const minReach = 10;
const maxReachCalls = 5_000;

/** Sums of a ratio, session by session. */
class RatioCollector {
  readonly parts: Float64Array;
  readonly wholes: Float64Array;

  constructor(sessions: number) {
    this.parts = new Float64Array(sessions);
    this.wholes = new Float64Array(sessions);
  }

  add(session: number, part: number, whole: number): void {
    if (Number.isNaN(part)) return;
    this.parts[session] += part;
    this.wholes[session] += whole;
  }

  addTo({ batch }: GroupInputs): SessionRatio {
    const clusters = Uint32Array.from(this.parts.keys()).filter((s) => this.wholes[s] > 0);
    return batch.add({
      clusters,
      parts: Float64Array.from(clusters, (session) => this.parts[session]),
      wholes: Float64Array.from(clusters, (session) => this.wholes[session]),
    });
  }
}

/** Mean price of an input token, cost of the rest of a call, and calls per turn. */
function measureRatios(threads: readonly GrowthThread[], inputs: GroupInputs) {
  const { set, context } = inputs;
  const input = new RatioCollector(set.sessionIds.length);
  const other = new RatioCollector(set.sessionIds.length);
  const turns = new RatioCollector(set.sessionIds.length);
  for (const thread of threads) {
    for (const row of thread.rows) {
      const inputUsd = set.calls.inputCostPicoUsd[row] / 1e12;
      input.add(thread.session, inputUsd, context.promptTokens[row]);
      other.add(thread.session, set.calls.listCostPicoUsd[row] / 1e12 - inputUsd, 1);
    }
    const ends = listUnitEnds(set, thread, 'turn').length;
    if (ends > 0) turns.add(thread.session, thread.rows.length, ends);
  }
  return {
    inputUsdPerToken: input.addTo(inputs),
    otherUsdPerCall: other.addTo(inputs),
    callsPerTurn: turns.addTo(inputs),
  };
}
type Ratios = ReturnType<typeof measureRatios>;

/** Curves over calls and turns, once the batch has run. */
export interface PendingCurves {
  readonly byCall: () => GrowthCurves | null;
  readonly byTurn: () => GrowthCurves | null;
}

/** Prepares the curves of main threads: what was measured, and the fit beside and beyond it. */
export function prepareCurves(
  threads: readonly GrowthThread[],
  main: FittedGroup,
  inputs: GroupInputs,
): PendingCurves {
  const ratios = measureRatios(threads, inputs);
  const plateau = findUsualPlateau(main);
  const draw = (unit: GrowthUnit): GrowthCurves | null => {
    const measured = drawMeasured(inputs.set, inputs.context, threads, unit);
    if (measured.length === 0) return null;
    const callsPerUnit = unit === 'call' ? 1 : ratios.callsPerTurn.value;
    const { observed, longest, reach } = findReach(measured, callsPerUnit);
    const { points, endsAtWindow } = Number.isNaN(main.slope.value)
      ? { points: [], endsAtWindow: false }
      : extendGrowth(
          choosePoints(reach),
          readParameters(main, ratios, callsPerUnit),
          resampleParameters(main, ratios, unit),
          plateau === null ? main.contextWindowTokens : null,
        );
    return {
      unit,
      measured: measured.filter((point) => point.at <= reach),
      fitted: points,
      observed,
      longest,
      callsPerUnit,
      isCutBack: plateau !== null,
      endsAtWindow,
    };
  };
  return { byCall: () => draw('call'), byTurn: () => draw('turn') };
}

function findReach(measured: readonly MeasuredPoint[], callsPerUnit: number) {
  const observed = measured.findLast((point) => point.sessions >= minPointSessions)?.at ?? 0;
  const longest = measured.at(-1)?.at ?? 0;
  const wanted = Math.max(minReach, Math.ceil((observed || longest) * reachRatio));
  // What was measured is always drawn; only the walk beyond it is bounded.
  const most = Math.max(observed, Math.floor(maxReachCalls / callsPerUnit));
  return { observed, longest, reach: Math.min(wanted, most) };
}

/** Resets belong to the curve only where most sessions that came to the threshold were cut back. */
function findUsualPlateau({ plateau }: FittedGroup): MeasuredPlateau | null {
  if (plateau === null) return null;
  const { resetAtThreshold, sessionsAtThreshold } = plateau.plateau;
  return resetAtThreshold * 2 > sessionsAtThreshold ? plateau : null;
}

function readParameters(main: FittedGroup, ratios: Ratios, callsPerUnit: number): GrowthParameters {
  const plateau = findUsualPlateau(main);
  return {
    firstPromptTokens: main.firstPrompt.value,
    tokensPerCall: main.slope.value,
    thresholdTokens: plateau?.threshold.value ?? null,
    retainedShare: plateau?.retained.value ?? 1,
    inputUsdPerToken: ratios.inputUsdPerToken.value,
    otherUsdPerCall: ratios.otherUsdPerCall.value,
    callsPerUnit,
  };
}

/** The same from every resample; null where too few sessions were drawn from. */
function resampleParameters(
  main: FittedGroup,
  ratios: Ratios,
  unit: GrowthUnit,
): ResampledParameters | null {
  const tokensPerCall = main.slope.resampled();
  const firstPromptTokens = main.firstPrompt.resampled();
  const callsPerTurn = ratios.callsPerTurn.resampled();
  if (tokensPerCall === null || firstPromptTokens === null) return null;
  if (unit === 'turn' && callsPerTurn === null) return null;
  const constant = (value: number) => new Float64Array(tokensPerCall.length).fill(value);
  const plateau = findUsualPlateau(main);
  return {
    firstPromptTokens,
    tokensPerCall,
    // Where too few sessions are cut back, the mean is taken as it is.
    thresholdTokens:
      plateau === null
        ? null
        : (plateau.threshold.resampled() ?? constant(plateau.threshold.value)),
    retainedShare: plateau?.retained.resampled() ?? constant(plateau?.retained.value ?? 1),
    inputUsdPerToken: ratios.inputUsdPerToken.resampled() ?? constant(Number.NaN),
    otherUsdPerCall: ratios.otherUsdPerCall.resampled() ?? constant(Number.NaN),
    callsPerUnit: unit === 'call' || callsPerTurn === null ? constant(1) : callsPerTurn,
  };
}
