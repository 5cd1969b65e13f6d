import type { CostModel } from '@/lib/cost/cost-model';
import type { ReadinessEvidence } from '@/lib/readiness/readiness-evidence';
import { type CallColumns, callKindCode, type SessionSet } from '@/lib/sessions/session';
import { defaultSystemDescription, type SystemDescription } from '@/lib/system/system-description';
import type { Estimate, LoadPoint, SimulationRun } from '@/simulations/simulation-run';

/** One call of a made-up session; times in seconds from the start of its session. */
export interface FixtureCall {
  readonly kind: keyof typeof callKindCode;
  readonly startSec?: number;
  readonly endSec?: number;
  readonly model?: string;
  readonly tool?: string;
  readonly dependency?: string;
  readonly agent?: string | null;
  readonly principal?: string | null;
  readonly prompt?: number;
  readonly costPicoUsd?: number;
  readonly hasError?: boolean;
  readonly hasInput?: boolean;
  readonly digest?: string;
}

/** Columns of made-up sessions, each starting an hour after the one before. */
export function makeSessionSet(sessions: readonly (readonly FixtureCall[])[]): SessionSet {
  const rows = sessions.flatMap((calls, session) => calls.map((call) => ({ call, session })));
  const names: string[] = [];
  const indexOf = (name: string | null | undefined): number => {
    if (name === null || name === undefined) return -1;
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const index = (read: (call: FixtureCall) => string | null | undefined) =>
    Int32Array.from(rows, ({ call }) => indexOf(read(call)));
  const number = (read: (call: FixtureCall, session: number) => number | undefined) =>
    Float64Array.from(rows, ({ call, session }) => read(call, session) ?? Number.NaN);
  const flag = (read: (call: FixtureCall) => boolean) =>
    Uint8Array.from(rows, ({ call }) => (read(call) ? 1 : 0));
  const atMs = (session: number, sec: number | undefined) =>
    sec === undefined ? undefined : firstStartMs + session * 3_600_000 + sec * 1_000;
  const tokens = (value: number) => (call: FixtureCall) =>
    call.kind === 'model' && call.prompt !== undefined ? value : undefined;

  const firstCall = new Uint32Array(sessions.length + 1);
  for (const [s, calls] of sessions.entries())
    firstCall[s + 1] = (firstCall[s] ?? 0) + calls.length;
  const calls: CallColumns = {
    length: rows.length,
    kind: Uint8Array.from(rows, ({ call }) => callKindCode[call.kind]),
    session: Uint32Array.from(rows, ({ session }) => session),
    thread: Uint32Array.from(rows, ({ session }) => session),
    isMainThread: flag(() => true),
    agent: index((call) => (call.agent === undefined ? 'assistant' : call.agent)),
    model: index((call) => (call.kind === 'model' ? (call.model ?? 'model-a') : null)),
    provider: index(() => null),
    serviceTier: index(() => null),
    tenant: index(() => null),
    tool: index((call) => call.tool),
    dependency: index((call) => call.dependency),
    principal: index((call) => (call.principal === undefined ? 'user-1' : call.principal)),
    turn: Int32Array.from(rows, () => 0),
    startMs: number((call, session) => atMs(session, call.startSec)),
    endMs: number((call, session) => atMs(session, call.endSec)),
    inputFresh: number((call) => (call.kind === 'model' ? call.prompt : undefined)),
    cacheRead: number(tokens(0)),
    cacheWrite5m: number(tokens(0)),
    cacheWrite1h: number(tokens(0)),
    cacheWriteUnknownTtl: number(tokens(0)),
    output: number(tokens(10)),
    reasoning: number(() => undefined),
    listCostPicoUsd: number((call) => call.costPicoUsd),
    inputCostPicoUsd: number((call) => call.costPicoUsd),
    recordedCostUsd: number(() => undefined),
    isResponseCacheHit: flag(() => false),
    isAfterCompaction: flag(() => false),
    hasError: flag((call) => call.hasError ?? false),
    hasInput: flag((call) => call.hasInput ?? true),
    hasOutput: flag(() => true),
    inputDigest: index((call) => call.digest),
  };
  return {
    sessionIds: sessions.map((_, s) => `session-${s}`),
    firstCall,
    names,
    calls,
    sessionsInStore: sessions.length,
  };
}

const firstStartMs = Date.UTC(2026, 10, 1);

/** The time at which fixtures are assessed: ten days after their first call. */
export const fixtureNow = new Date(Date.UTC(2026, 10, 11));

/** A session that is complete in every field: think, look something up, answer. */
export const soundSession: readonly FixtureCall[] = [
  { kind: 'model', startSec: 0, endSec: 4, prompt: 1_000, costPicoUsd: 2e9 },
  { kind: 'database', startSec: 4, endSec: 5, tool: 'select', dependency: 'postgres' },
  { kind: 'tool', startSec: 5, endSec: 6, tool: 'search', dependency: 'search', digest: 'a' },
  { kind: 'model', startSec: 6, endSec: 10, prompt: 1_200, costPicoUsd: 2e9 },
];

const failedSession: readonly FixtureCall[] = soundSession.map((call, index) =>
  index === soundSession.length - 1 ? { ...call, hasError: true } : call,
);

/** 200 sound sessions of which two fail, an hour apart. */
export const soundSet = (): SessionSet =>
  makeSessionSet(Array.from({ length: 200 }, (_, s) => (s < 2 ? failedSession : soundSession)));

/** An estimate of 20 replications. */
export const estimateOf = (mean: number, spread = 0): Estimate => ({
  mean,
  interval95: [mean - spread, mean + spread],
  replications: 20,
});

/** A load point of a pool of 100 with `usedP99` slots in use in the 99th percentile. */
export function makeLoadPoint(agents: number, usedP99: number, spread = 1): LoadPoint {
  return {
    agents,
    pool: {
      utilization: estimateOf(usedP99 / 200),
      slotsInUseP99: estimateOf(usedP99, spread),
      waitSecMean: estimateOf(0),
      waitSecP50: estimateOf(0),
      waitSecP95: estimateOf(0),
      waitSecP99: estimateOf(0),
      waitingMean: estimateOf(0),
      throughputPerSec: estimateOf(10),
      timeoutShare: estimateOf(0),
      shareOfTimeAbove95: estimateOf(0),
    },
    turnSecP50: estimateOf(10),
    turnSecP95: estimateOf(12),
    turnSecP99: estimateOf(13),
    isOverloaded: false,
    analytic: { utilization: usedP99 / 200, waitSecMean: 0 },
  };
}

/** Loads whose utilisation grows by 0.001 an agent, its upper end reaching 95 % at `fewestAtFull`. */
export function makeSweep(fewestAtFull: number, searchedUpTo = 1_000): LoadPoint[] {
  return [100, 250, searchedUpTo].map((agents) => {
    const point = makeLoadPoint(agents, 40);
    const mean = 0.9 + (agents - fewestAtFull) / 1_000;
    return { ...point, pool: { ...point.pool, utilization: estimateOf(mean, 0.05) } };
  });
}

/** A description in which everything that a check asks for is declared. */
export const soundSystem: SystemDescription = {
  ...defaultSystemDescription,
  pool: { ...defaultSystemDescription.pool, slots: 100, holdingScope: 'query' },
  plannedPeakAgents: 200,
  costTargetUsdP95: 0.01,
  declaredTimeoutsSec: { 'model-a': 30, postgres: 5, search: 10 },
  maxStepsPerSession: 20,
  contextWindowTokens: { 'model-a': 100_000 },
};

/** A run of the sound system at its planned peak, with room to spare. */
export function makeRun(change: Partial<SimulationRun> = {}): SimulationRun {
  return {
    scenario: {
      load: { kind: 'closed', agents: 200, restSecMean: 0 },
      pool: soundSystem.pool,
      thinkTimeFactor: 1,
      horizonSec: 3_600,
      replications: 20,
      seed: 1,
    },
    engineVersion: '1',
    inputHash: 'hash',
    atLoad: makeLoadPoint(200, 40),
    sweep: makeSweep(600),
    saturation: {
      agents: 412,
      interval95: [398, 425],
      rule: 'P95 wait within target',
      agentsAtUtilization95: 600,
      agentsAnalytic: 610,
      searchedUpTo: 1_000,
    },
    outcomes: { started: 10, completed: 10, failedAcquireTimeout: 0, unfinishedAtHorizon: 0 },
    queueLengthPath: [],
    warmUpSec: 0,
    basis: { sessions: 200, databaseSpans: 200, imputedDurations: 0, heldWhileThinkingShare: 0 },
    ...change,
  };
}

/** A cost model of the sound sessions. */
export function makeCost(change: Partial<CostModel> = {}): CostModel {
  const quantiles = {
    p50: 0.004,
    p90: 0.004,
    p95: 0.004,
    p99: 0.004,
    mean: 0.004,
    p95Interval95: [0.004, 0.005] satisfies [number, number],
    meanInterval95: [0.004, 0.004] satisfies [number, number],
  };
  return {
    coverage: {
      sessions: 200,
      sessionsInStore: 200,
      modelCalls: 400,
      unpricedCalls: 0,
      unpricedTokens: 0,
      usageMissingCalls: 0,
      recordedCostCalls: 0,
      priceBook: { name: 'Price book', version: '1', date: '2026-11-01' },
    },
    listCostUsd: 0.8,
    recordedCostUsd: null,
    costPerSessionUsd: quantiles,
    tokensPerSession: null,
    growth: {
      tokensPerCall: 200,
      interval95: [190, 210],
      tokensPerCallUnsegmented: 200,
      exponent: 1.07,
      exponentInterval95: [1.03, 1.11],
      rSquared: 0.9,
      calls: 400,
      segments: 200,
      contextResets: 0,
      longSessions: 0,
      longSessionsWithReset: 0,
    },
    historyShare: 0.4,
    growthCurve: [],
    byBucket: [],
    byModel: [],
    byAgent: [],
    failedCostShare: 0.01,
    failedCostInterval95: [0, 0.03],
    failedCostRatio: 1,
    topDecileShare: 0.1,
    attributedShare: 1,
    ...change,
  };
}

/** Evidence on which every check that a file can decide passes. */
export function makeEvidence(change: Partial<ReadinessEvidence> = {}): ReadinessEvidence {
  return {
    set: soundSet(),
    cost: makeCost(),
    run: makeRun(),
    isRunStale: false,
    system: soundSystem,
    dataQuality: {
      sessions: 200,
      firstCallAt: '2026-11-01T00:00:00.000Z',
      lastCallAt: '2026-11-09T07:00:10.000Z',
    },
    contextWindowTokens: () => null,
    ...change,
  };
}

/** Evidence of a project into which nothing was imported. */
export function makeNoEvidence(): ReadinessEvidence {
  return makeEvidence({
    set: makeSessionSet([]),
    cost: null,
    run: null,
    dataQuality: { sessions: 0, firstCallAt: null, lastCallAt: null },
  });
}
