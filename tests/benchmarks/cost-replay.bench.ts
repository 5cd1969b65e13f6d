import { calcPrice } from '@pydantic/genai-prices';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import type { PolicyList } from '@/lib/cost/policies/policy';
import { priceCall } from '@/lib/cost/price-call';
import { buildCatalogue } from '@/lib/cost/replay/build-catalogue';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import type { ReplaySet } from '@/lib/cost/replay/replay-set';
import { summarizeReplay } from '@/lib/cost/replay/summarize-replay';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { createRandomStream } from '@/lib/stats/random-stream';
import type { BenchResult } from './bench-result';

const sessions = 10_000;
const callsPerSession = 30;
const calls = sessions * callsPerSession;
const models = ['claude-opus-4-5', 'claude-sonnet-4-5', 'gpt-5'] as const;

/** One lever of each of four kinds, so that every call is changed by several of them. */
const policies: PolicyList = [
  { kind: 'tool_result_cap', tokens: 1_500 },
  { kind: 'compaction', thresholdTokens: 40_000, summaryTokens: 1_500 },
  {
    kind: 'routing',
    agentName: null,
    share: 0.3,
    model: 'claude-haiku-4-5',
    providerName: null,
    tokenRatio: 1,
  },
  { kind: 'caching', mode: 'explicit_1h', minimumPrefixTokens: 1_024, blockTokens: 1 },
];

const noText = {
  agentName: 'agent',
  dependencyName: null,
  principal: null,
  inputDigest: null,
  recordedCostUsd: null,
  hasError: false,
  hasInput: false,
  hasOutput: false,
  cacheWrite1h: 0,
  cacheWriteUnknownTtl: 0,
  reasoning: null,
} as const;

/** Sessions of thirty calls with a tool call before each but the first. */
function* makeRows(): Generator<PricedCallRow> {
  const stream = createRandomStream(1, 0, 'benchmark', 0);
  for (let session = 0; session < sessions; session++) {
    const model = models[stream.nextInt(models.length)];
    let prompt = 8_000 + stream.nextInt(4_000);
    for (let call = 0; call < callsPerSession; call++) {
      const added = 100 + Math.floor(stream.nextExponential(1_500));
      const startMs = Date.UTC(2026, 5, 1) + session * 60_000 + call * 90_000;
      const place = {
        ...noText,
        sessionId: `session-${session}`,
        threadId: 'main',
        model,
        turnIndex: Math.floor(call / 5),
        startMs,
        endMs: startMs,
        listCostPicoUsd: null,
        inputCostPicoUsd: null,
      };
      if (call > 0) {
        const none = { inputFresh: null, cacheRead: null, cacheWrite5m: null, output: null };
        yield { ...place, ...none, kind: 'tool', toolName: 'search' };
      }
      const cacheRead = call === 0 ? 0 : prompt;
      const tokens = { inputFresh: 10, cacheRead, cacheWrite5m: prompt + added - cacheRead };
      yield { ...place, ...tokens, kind: 'model', toolName: null, output: 300 };
      prompt += added + 310;
    }
  }
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

/** The floor: each bucket of each call times one rate, summed; no policy, tier, cache or rounding. */
function priceByMultiplying(set: ReplaySet): number {
  const rates = set.prices.map((one) => [
    one.input?.basePicoUsd ?? 0,
    one.cacheRead?.basePicoUsd ?? 0,
    one.cacheWrite5m?.basePicoUsd ?? 0,
    one.cacheWrite1h?.basePicoUsd ?? 0,
    one.output?.basePicoUsd ?? 0,
    one.reasoning?.basePicoUsd ?? 0,
  ]);
  let total = 0;
  for (let call = 0; call < set.price.length; call++) {
    const [input, read, write5m, write1h, output, reasoning] = rates[set.price[call]];
    total +=
      set.inputFresh[call] * input +
      set.cacheRead[call] * read +
      set.cacheWrite5m[call] * write5m +
      set.cacheWrite1h[call] * write1h +
      set.cacheWriteUnknownTtl[call] * write5m +
      set.output[call] * output +
      set.reasoning[call] * reasoning;
  }
  return total;
}

function benchPricing(rows: readonly PricedCallRow[]): BenchResult {
  const priced = rows.filter(({ kind }) => kind === 'model').slice(0, 50_000);
  const ownMs = timeMs(3, () => {
    for (const row of priced) {
      priceCall({
        providerName: null,
        requestModel: null,
        responseModel: row.model,
        startMs: row.startMs,
        usage: {
          inputFresh: row.inputFresh ?? 0,
          cacheRead: row.cacheRead ?? 0,
          cacheWrite5m: row.cacheWrite5m ?? 0,
          cacheWrite1h: 0,
          cacheWriteUnknownTtl: 0,
          output: row.output ?? 0,
          reasoning: null,
        },
      });
    }
  });
  const referenceRows = priced.slice(0, 5_000);
  const referenceMs = timeMs(2, () => {
    for (const row of referenceRows) {
      const usage = {
        input_tokens: (row.inputFresh ?? 0) + (row.cacheRead ?? 0) + (row.cacheWrite5m ?? 0),
        cache_read_tokens: row.cacheRead ?? 0,
        cache_write_tokens: row.cacheWrite5m ?? 0,
        output_tokens: row.output ?? 0,
      };
      calcPrice(usage, row.model ?? '', { timestamp: new Date(row.startMs ?? 0) });
    }
  });
  const value = Math.round(priced.length / (ownMs / 1_000));
  const referenceValue = Math.round(referenceRows.length / (referenceMs / 1_000));
  return {
    name: 'price a call exactly, three models, one thread',
    value,
    unit: 'calls/s',
    reference: 'calcPrice of @pydantic/genai-prices for the same calls, the library we build on',
    referenceValue,
    ratio: value / referenceValue,
  };
}

/** Times pricing, and the replay of 10,000 sessions under four policies with what moves beside it. */
export async function run(): Promise<BenchResult[]> {
  const rows = [...makeRows()];
  const set = buildReplaySet(groupCalls(rows, sessions), standardPriceBook);
  const catalogue = buildCatalogue(standardPriceBook, set.prices, policies);
  const replay = () => replayPolicies(set, policies, catalogue);
  const costs = replay();
  const resting = { seed: 1, resamples: 1_000 };
  const floorMs = timeMs(9, () => priceByMultiplying(set));
  const replayMs = timeMs(9, replay);
  const movingMs = timeMs(9, () => summarizeReplay(set, replay(), { seed: 1, resamples: 0 }));
  const restingMs = timeMs(2, () => summarizeReplay(set, costs, resting));
  const floor = {
    unit: 'ms',
    reference: `one multiplication per bucket of the same ${calls.toLocaleString('en')} calls, summed`,
    referenceValue: floorMs,
  };
  const named = (name: string, value: number): BenchResult => ({
    name,
    value,
    ...floor,
    ratio: value / floorMs,
  });
  return [
    benchPricing(rows),
    named('replay 10,000 sessions of 30 calls under four policies', replayMs),
    named('the same with all that a moving lever shows (target 100 ms)', movingMs),
    named('intervals once it rests, 1,000 resamples of 10,000 sessions', restingMs),
  ];
}
