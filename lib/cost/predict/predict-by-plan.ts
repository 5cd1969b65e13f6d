import { fitWithPriors, type PriorRegression, predictAt } from '../../stats/prior-regression';
import { fitReplayCurves, type LengthCurve, linearCurve } from './length-curves';
import {
  exponentPrior,
  fitLength,
  type LengthFit,
  minLogVariance,
  predictByLength,
} from './predict-by-length';
import type { PredictableSessions } from './predictable-sessions';
import { minSessionsForInterval, type Prediction, spreadLogarithm } from './prediction';

/** The calls of one agent and model within a session. */
export interface GroupPlan {
  readonly group: number; //               index into PredictableSessions.groups
  readonly calls: number; //               at least 1
  readonly firstPromptTokens: number; //   read only by fits that know the first prompt
}

/** What is known of a session before it is run: who calls which model how often. */
export type SessionPlan = readonly GroupPlan[];

/** How totals follow from plans. */
export interface PlanFit {
  readonly knowsFirstPrompt: boolean;
  readonly groups: ReadonlyMap<number, PriorRegression>;
  readonly curves: ReadonlyMap<number, LengthCurve>; // by group; linear where there is none
  readonly length: LengthFit; //           for groups that were never seen
  readonly sessions: number;
  readonly residualVariance: number; //    of log totals
  readonly degreesOfFreedom: number;
}

/** Other calls of the session may lengthen this group's prompts, or not. */
const otherCallsPrior = { mean: 0, deviation: 0.35 } as const;
/** Between no part and all of a prompt is there from the beginning. */
const firstPromptPrior = { mean: 0.5, deviation: 0.35 } as const;

interface RecordedGroup extends GroupPlan {
  readonly costUsd: number;
}

function readGroups(sessions: PredictableSessions, session: number): RecordedGroup[] {
  const groups = new Map<number, { -readonly [key in keyof RecordedGroup]: number }>();
  for (let call = sessions.firstCall[session]; call < sessions.firstCall[session + 1]; call++) {
    const group = sessions.group[call];
    const costUsd = sessions.costUsd[call];
    const of = groups.get(group);
    if (of === undefined) {
      const firstPromptTokens = sessions.promptTokens[call];
      groups.set(group, { group, calls: 1, firstPromptTokens, costUsd });
      continue;
    }
    of.calls++;
    of.costUsd += costUsd;
  }
  return [...groups.values()];
}

/** Reads the plan of a session that was recorded. */
export const readPlan = (sessions: PredictableSessions, session: number): SessionPlan =>
  readGroups(sessions, session);

const countCalls = (plan: SessionPlan) => plan.reduce((sum, { calls }) => sum + calls, 0);

type Known = Pick<PlanFit, 'knowsFirstPrompt' | 'curves'>;

function measureGroup(plan: GroupPlan, allCalls: number, { curves, knowsFirstPrompt }: Known) {
  const curve = curves.get(plan.group) ?? linearCurve;
  const known = [Math.log(curve(plan.calls)), Math.log(allCalls / plan.calls)];
  return knowsFirstPrompt ? [...known, Math.log(plan.firstPromptTokens)] : known;
}

function fitGroups(
  plans: readonly (readonly RecordedGroup[])[],
  known: Known,
): Map<number, PriorRegression> {
  const points = new Map<number, { x: number[][]; y: number[] }>();
  for (const plan of plans) {
    const allCalls = countCalls(plan);
    for (const part of plan) {
      if (!(part.costUsd > 0)) continue;
      const of = points.get(part.group) ?? { x: [], y: [] };
      points.set(part.group, of);
      of.x.push(measureGroup(part, allCalls, known));
      of.y.push(Math.log(part.costUsd));
    }
  }
  const priors = [
    exponentPrior,
    otherCallsPrior,
    ...(known.knowsFirstPrompt ? [firstPromptPrior] : []),
  ];
  return new Map(
    [...points].map(([group, { x, y }]) => [group, fitWithPriors(x, y, priors, minLogVariance)]),
  );
}

/**
 * Fits, for every agent and model apart, what its calls cost in a session.
 *
 * @param fit indexes of the sessions to learn from, at least one
 * @param options whether the first prompt of each group may be known, too, and whether cost is a power
 *   of calls or of the curve of replayed history
 */
export function fitPlans(
  sessions: PredictableSessions,
  fit: readonly number[],
  options: { readonly knowsFirstPrompt: boolean; readonly growth: 'power' | 'replay' },
): PlanFit {
  const { knowsFirstPrompt, growth } = options;
  const curves = growth === 'replay' ? fitReplayCurves(sessions, fit) : new Map();
  const plans = fit.map((session) => readGroups(sessions, session));
  const groups = fitGroups(plans, { knowsFirstPrompt, curves });
  const length = fitLength(sessions, fit);
  const spent = [...groups.values()].map(({ n, degreesOfFreedom }) => n - degreesOfFreedom);
  const meanSpent = spent.reduce((sum, value) => sum + value, 0) / Math.max(1, spent.length);
  const degreesOfFreedom = Math.max(1, fit.length - meanSpent);
  const unspread: PlanFit = {
    ...{ knowsFirstPrompt, groups, curves, length, sessions: fit.length },
    ...{ residualVariance: minLogVariance, degreesOfFreedom },
  };
  const squares = fit.reduce((sum, session, at) => {
    const { costUsd } = addGroups(unspread, plans[at]);
    return sum + Math.log(sessions.totalUsd[session] / costUsd) ** 2;
  }, 0);
  return { ...unspread, residualVariance: Math.max(squares / degreesOfFreedom, minLogVariance) };
}

/** Expected total, and the variance of its logarithm that comes of not knowing the slopes. */
function addGroups(fit: PlanFit, plan: SessionPlan): { costUsd: number; slopeVariance: number } {
  const allCalls = countCalls(plan);
  let costUsd = 0;
  let variance = 0;
  for (const part of plan) {
    const regression = fit.groups.get(part.group);
    if (regression === undefined) {
      costUsd += (predictByLength(fit.length, allCalls).costUsd * part.calls) / allCalls;
      continue;
    }
    const at = predictAt(regression, measureGroup(part, allCalls, fit));
    const cost = Math.exp(at.mean);
    costUsd += cost;
    variance += cost * cost * at.slopeVariance;
  }
  return { costUsd, slopeVariance: variance / (costUsd * costUsd) };
}

/**
 * Total of a session of which the number of calls by agent and model is known.
 *
 * An agent or model that was never seen is taken to cost per call what sessions of that length do.
 *
 * @param plan at least one group
 */
export function predictByPlan(fit: PlanFit, plan: SessionPlan): Prediction {
  const { costUsd, slopeVariance } = addGroups(fit, plan);
  if (fit.sessions < minSessionsForInterval) return { costUsd, interval80: null };
  const logVariance = fit.residualVariance * (1 + 1 / fit.sessions) + slopeVariance;
  return spreadLogarithm(costUsd, logVariance, fit.degreesOfFreedom);
}
