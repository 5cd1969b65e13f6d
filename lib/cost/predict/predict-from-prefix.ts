import { contextResetShare } from '../../sessions/context-growth';
import { fitWithPriors, type PriorRegression, predictAt } from '../../stats/prior-regression';
import { exponentPrior, minLogVariance } from './predict-by-length';
import { callsOf, type PredictableSessions } from './predictable-sessions';
import { minSessionsForInterval, type Prediction, spreadLogarithm } from './prediction';

/** How what is left of a session follows from its beginning; null where no session was learnt from. */
export interface PrefixFit {
  readonly regression: PriorRegression | null;
}

/** Weight of the session's own path, of its level so far, and of how much is left. */
const priors = [
  { mean: 1, deviation: 0.5 },
  { mean: 0, deviation: 0.5 },
  { mean: 0, deviation: exponentPrior.deviation },
] as const;

/** Number of calls after which a third of a session has been seen. */
export const thirdOf = (calls: number): number => Math.ceil(calls / 3);

interface GroupPath {
  calls: number;
  readonly prompts: number[];
  readonly costs: number[];
}

function readPaths(sessions: PredictableSessions, first: number, seen: number): GroupPath[] {
  const paths = new Map<number, GroupPath>();
  for (let call = first; call < first + seen; call++) {
    const group = sessions.group[call];
    const path = paths.get(group) ?? { calls: 0, prompts: [], costs: [] };
    paths.set(group, path);
    path.calls++;
    path.prompts.push(sessions.promptTokens[call]);
    path.costs.push(sessions.costUsd[call]);
  }
  return [...paths.values()];
}

/** Mean tokens by which prompts of one path grow from call to call, resets left out. */
function meanStep(prompts: readonly number[]): number {
  let sum = 0;
  let steps = 0;
  for (let k = 1; k < prompts.length; k++) {
    if (prompts[k] < contextResetShare * prompts[k - 1]) continue;
    sum += prompts[k] - prompts[k - 1];
    steps++;
  }
  return steps === 0 ? 0 : sum / steps;
}

/**
 * Mean cost of the calls still to come, from the session's own path alone: its agents go on in the
 * shares in which they called, their prompts in the steps in which they grew, at the dollars per
 * prompt token of their later half.
 */
function continuePath(
  sessions: PredictableSessions,
  first: number,
  seen: number,
  calls: number,
): number {
  let costUsd = 0;
  for (const { calls: own, prompts, costs } of readPaths(sessions, first, seen)) {
    const left = ((calls - seen) * own) / seen;
    const from = Math.floor(own / 2);
    const sum = (values: readonly number[]) => values.slice(from).reduce((a, b) => a + b, 0);
    const usdPerToken = sum(costs) / sum(prompts);
    const meanPrompt = prompts[own - 1] + (meanStep(prompts) * (left + 1)) / 2;
    costUsd += usdPerToken * left * Math.max(meanPrompt, prompts[0] * contextResetShare);
  }
  return costUsd / (calls - seen);
}

/** Cost of the first calls of a session. */
function sumFirst(sessions: PredictableSessions, session: number, seen: number): number {
  const first = sessions.firstCall[session];
  let sum = 0;
  for (let call = first; call < first + seen; call++) sum += sessions.costUsd[call];
  return sum;
}

/** What is read of a beginning; null where it holds no cost to go by. */
function readBeginning(
  sessions: PredictableSessions,
  session: number,
  seen: number,
  calls: number,
): number[] | null {
  const level = sumFirst(sessions, session, seen) / seen;
  const path = continuePath(sessions, sessions.firstCall[session], seen, calls);
  if (!(level > 0 && path > 0)) return null;
  return [Math.log(path), Math.log(level / path), Math.log(calls - seen)];
}

/**
 * Learns from sessions cut after a third of their calls how what came then differed from what their
 * own path gave to expect.
 *
 * @param fit indexes of the sessions to learn from; may be none
 */
export function fitPrefix(sessions: PredictableSessions, fit: readonly number[]): PrefixFit {
  const x: number[][] = [];
  const y: number[] = [];
  for (const session of fit) {
    const calls = callsOf(sessions, session);
    const seen = thirdOf(calls);
    if (seen >= calls) continue;
    const row = readBeginning(sessions, session, seen, calls);
    const rest = (sessions.totalUsd[session] - sumFirst(sessions, session, seen)) / (calls - seen);
    if (row === null || !(rest > 0)) continue;
    x.push(row);
    y.push(Math.log(rest));
  }
  return { regression: y.length === 0 ? null : fitWithPriors(x, y, priors, minLogVariance) };
}

/**
 * Total of a session whose first calls are known and of whose others only the number is.
 *
 * @param seen calls that are known, at least 1
 * @param calls of the whole session, at least `seen`
 */
export function predictFromPrefix(
  { regression }: PrefixFit,
  sessions: PredictableSessions,
  session: number,
  { seen, calls }: { readonly seen: number; readonly calls: number },
): Prediction {
  const spent = sumFirst(sessions, session, seen);
  if (seen >= calls) return { costUsd: spent, interval80: [spent, spent] };
  const row = readBeginning(sessions, session, seen, calls);
  if (row === null) return { costUsd: spent, interval80: null };
  if (regression === null) {
    return { costUsd: spent + (calls - seen) * Math.exp(row[0]), interval80: null };
  }
  const { mean, slopeVariance } = predictAt(regression, row);
  const { n, residualVariance, degreesOfFreedom } = regression;
  const left = (calls - seen) * Math.exp(mean);
  if (n < minSessionsForInterval) return { costUsd: spent + left, interval80: null };
  const logVariance = residualVariance * (1 + 1 / n) + slopeVariance;
  const rest = spreadLogarithm(left, logVariance, degreesOfFreedom);
  const [low, high] = rest.interval80 ?? [left, left];
  return { costUsd: spent + left, interval80: [spent + low, spent + high] };
}
