import { fitCostAnatomy } from '@/lib/cost/anatomy/fit-cost-anatomy';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { fitCostModel } from '@/lib/cost/fit-cost-model';
import { priceCall } from '@/lib/cost/price-call';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { createRandomStream } from '@/lib/stats/random-stream';
import type { BenchResult } from './bench-result';

const sessions = 2_000;
const callsPerSession = 50;
const resamples = 1_000;

/** The reference refits from every call: few resamples are enough to time it, and it is scaled. */
const naiveResamples = 10;

const noText = {
  agentName: 'agent',
  toolName: null,
  dependencyName: null,
  principal: 'user',
  inputDigest: null,
  recordedCostUsd: null,
  hasError: false,
  hasInput: false,
  hasOutput: false,
} as const;

/** One cached call, priced at the time of the call. */
function makeRow(session: number, call: number, prompt: number, added: number): PricedCallRow {
  const startMs = Date.UTC(2026, 5, 1) + session * 60_000 + call * 5_000;
  const usage = {
    inputFresh: 10,
    cacheRead: Math.max(0, prompt - added - 10),
    cacheWrite5m: added,
    cacheWrite1h: 0,
    cacheWriteUnknownTtl: 0,
    output: 200,
    reasoning: null,
  };
  const model = 'claude-opus-4-5';
  const cost = priceCall({
    usage,
    providerName: 'anthropic',
    requestModel: null,
    responseModel: model,
    startMs,
  });
  return {
    ...noText,
    ...usage,
    sessionId: `session-${session}`,
    threadId: 'main',
    kind: 'model',
    model,
    turnIndex: Math.floor(call / 5),
    startMs,
    endMs: startMs + 3_000,
    listCostPicoUsd: cost.kind === 'priced' ? cost.listCostPicoUsd : null,
    inputCostPicoUsd: cost.kind === 'priced' ? cost.inputCostPicoUsd : null,
  };
}

function makeRows(): PricedCallRow[] {
  const stream = createRandomStream(1, 0, 'benchmark', 0);
  const rows: PricedCallRow[] = [];
  for (let session = 0; session < sessions; session++) {
    let prompt = 8_000 + stream.nextInt(4_000);
    for (let call = 0; call < callsPerSession; call++) {
      const added = 100 + Math.floor(stream.nextExponential(800));
      prompt = prompt > 150_000 ? 20_000 : prompt + added;
      rows.push(makeRow(session, call, prompt, added));
    }
  }
  return rows;
}

const promptOf = (row: PricedCallRow) =>
  (row.inputFresh ?? 0) + (row.cacheRead ?? 0) + (row.cacheWrite5m ?? 0);

/** Within-session slope from the calls themselves. */
function fitSlope(drawn: readonly (readonly PricedCallRow[])[]): number {
  let xy = 0;
  let xx = 0;
  for (const rows of drawn) {
    const meanX = (rows.length - 1) / 2;
    const meanY = rows.reduce((sum, row) => sum + promptOf(row), 0) / rows.length;
    rows.forEach((row, i) => {
      xy += (i - meanX) * (promptOf(row) - meanY);
      xx += (i - meanX) ** 2;
    });
  }
  return xy / xx;
}

/** Rows of each session. */
function groupNaively(rows: readonly PricedCallRow[]): PricedCallRow[][] {
  const bySession = new Map<string, PricedCallRow[]>();
  for (const row of rows) {
    const session = bySession.get(row.sessionId) ?? [];
    bySession.set(row.sessionId, session);
    session.push(row);
  }
  return [...bySession.values()];
}

/** The slope's interval and the cost quantile's, refitted from the rows for every resample. */
function fitNaively(grouped: readonly (readonly PricedCallRow[])[]): number {
  const stream = createRandomStream(2, 0, 'naive', 0);
  let checksum = 0;
  for (let resample = 0; resample < naiveResamples; resample++) {
    const drawn = grouped.map(() => grouped[stream.nextInt(grouped.length)]);
    const costs = drawn
      .map((session) => session.reduce((sum, row) => sum + (row.listCostPicoUsd ?? 0), 0))
      .sort((a, b) => a - b);
    checksum += fitSlope(drawn) + costs[Math.floor(0.95 * costs.length)] / 1e12;
  }
  return checksum;
}

/** Best of some runs, in milliseconds. */
function timeMs(runs: number, work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Times the cost model of 2,000 sessions of 50 calls, with 1,000 bootstrap resamples. */
export async function run(): Promise<BenchResult[]> {
  const rows = makeRows();
  const set = groupCalls(rows, sessions);
  const value = timeMs(3, () => fitCostModel(set, { seed: 1, resamples }));
  const anatomyValue = timeMs(3, () => fitCostAnatomy(set, standardPriceBook));
  const grouped = groupNaively(rows);
  const referenceValue = timeMs(1, () => fitNaively(grouped)) * (resamples / naiveResamples);
  return [
    {
      name: 'fit cost model, 2,000 sessions of 50 calls, 1,000 resamples',
      value,
      unit: 'ms',
      reference: 'bootstrap of slope and P95 alone, refitted from the calls (10 resamples, scaled)',
      referenceValue,
      ratio: value / referenceValue,
    },
    {
      name: 'take the cost apart, 2,000 sessions of 50 calls',
      value: anatomyValue,
      unit: 'ms',
      reference: 'cost model of the same sessions with its bootstrap, in the same run',
      referenceValue: value,
      ratio: anatomyValue / value,
    },
  ];
}
