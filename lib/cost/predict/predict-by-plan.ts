import { fitWithPriors, type PriorRegression, predictAt } from '../../stats/prior-regression';
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
  readonly length: LengthFit; //           for groups that were never seen
  readonly sessions: number;
  readonly residualVariance: number; //    of log totals
  readonly degreesOfFreedom: number;
}

/** Other calls of the session may lengthen this group's prompts, or not. */
const otherCallsPrior = { mean: 0, deviation: 0.35 } as const;
/** Between no part and all of a prompt is there from the beginning. */
const firstPromptPrior = { mean: 0.5, deviation: 0.35 } as const;

/** Reads the plan of a session that was recorded. */
export function readPlan(sessions: PredictableSessions, session: number): SessionPlan {
  const plans = new Map<number, { group: number; calls: number; firstPromptTokens: number }>();
  for (let call = sessions.firstCall[session]; call < sessions.firstCall[session + 1]; call++) {
    const group = sessions.group[call];
    const plan = plans.get(group);
    if (plan !== undefined) plan.calls++;
    else plans.set(group, { group, calls: 1, firstPromptTokens: sessions.promptTokens[call] });
  }
  return [...plans.values()];
}

function costByGroup(sessions: PredictableSessions, session: number): Map<number, number> {
  const costs = new Map<number, number>();
  for (let call = sessions.firstCall[session]; call < sessions.firstCall[session + 1]; call++) {
    const group = sessions.group[call];
    costs.set(group, (costs.get(group) ?? 0) + sessions.costUsd[call]);
  }
  return costs;
}

const countCalls = (plan: SessionPlan) => plan.reduce((sum, { calls }) => sum + calls, 0);

function measureGroup(plan: GroupPlan, allCalls: number, knowsFirstPrompt: boolean): number[] {
  const known = [Math.log(plan.calls), Math.log(allCalls / plan.calls)];
  return knowsFirstPrompt ? [...known, Math.log(plan.firstPromptTokens)] : known;
}

function fitGroups(
  sessions: PredictableSessions,
  fit: readonly number[],
  knowsFirstPrompt: boolean,
): Map<number, PriorRegression> {
  const points = new Map<number, { x: number[][]; y: number[] }>();
  for (const session of fit) {
    const costs = costByGroup(sessions, session);
    const plan = readPlan(sessions, session);
    for (const part of plan) {
      const cost = costs.get(part.group) ?? 0;
      if (!(cost > 0)) continue;
      const of = points.get(part.group) ?? { x: [], y: [] };
      points.set(part.group, of);
      of.x.push(measureGroup(part, countCalls(plan), knowsFirstPrompt));
      of.y.push(Math.log(cost));
    }
  }
  const priors = [exponentPrior, otherCallsPrior, ...(knowsFirstPrompt ? [firstPromptPrior] : [])];
  return new Map(
    [...points].map(([group, { x, y }]) => [group, fitWithPriors(x, y, priors, minLogVariance)]),
  );
}

/**
 * Fits, for every agent and model apart, what its calls cost in a session.
 *
 * @param fit indexes of the sessions to learn from, at least one
 * @param options whether the first prompt of each group may be known, too
 */
export function fitPlans(
  sessions: PredictableSessions,
  fit: readonly number[],
  options: { readonly knowsFirstPrompt: boolean },
): PlanFit {
  const { knowsFirstPrompt } = options;
  const groups = fitGroups(sessions, fit, knowsFirstPrompt);
  const length = fitLength(sessions, fit);
  const spent = [...groups.values()].map(({ n, degreesOfFreedom }) => n - degreesOfFreedom);
  const meanSpent = spent.reduce((sum, value) => sum + value, 0) / Math.max(1, spent.length);
  const degreesOfFreedom = Math.max(1, fit.length - meanSpent);
  const unspread: PlanFit = {
    ...{ knowsFirstPrompt, groups, length, sessions: fit.length },
    ...{ residualVariance: minLogVariance, degreesOfFreedom },
  };
  const squares = fit.reduce((sum, session) => {
    const { costUsd } = addGroups(unspread, readPlan(sessions, session));
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
    const at = predictAt(regression, measureGroup(part, allCalls, fit.knowsFirstPrompt));
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
