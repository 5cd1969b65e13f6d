import { standardPriceBook } from '@/lib/cost/create-price-book';
import { fitGrowthModel } from '@/lib/cost/growth/fit-growth-model';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { bootstrapClusters } from '@/lib/stats/bootstrap';
import { createRandomStream } from '@/lib/stats/random-stream';
import { callRow } from '../sessions/rows';
import type { BenchResult } from './bench-result';

const sessions = 20_000;
const callsPerSession = 25;
const resamples = 1_000;

/** The reference goes back to every call in each resample: few are enough to time it. */
const naiveResamples = 5;

const models = ['claude-opus-4-5', 'claude-haiku-4-5'] as const;

function* makeRows(): Generator<PricedCallRow> {
  const stream = createRandomStream(1, 0, 'benchmark', 0);
  for (let session = 0; session < sessions; session++) {
    let prompt = 8_000 + stream.nextInt(4_000);
    const calls = 5 + stream.nextInt(2 * (callsPerSession - 5) + 1);
    for (let call = 0; call < calls; call++) {
      prompt = prompt > 60_000 ? 20_000 : prompt + 100 + Math.floor(stream.nextExponential(1_500));
      const startMs = Date.UTC(2026, 5, 1) + session * 60_000 + call * 5_000;
      yield callRow({
        sessionId: `s${session}`,
        threadId: call % 5 === 4 ? 'sub' : 'main',
        agentName: `agent ${session % 4}`,
        model: models[session % 2] ?? null,
        turnIndex: Math.floor(call / 3),
        startMs,
        endMs: startMs + 2_000,
        inputFresh: prompt,
        output: 200,
        listCostPicoUsd: prompt * 5_000_000,
        inputCostPicoUsd: prompt * 4_900_000,
      });
    }
  }
}

/** One common slope of all sessions, from the calls themselves in every resample. */
function bootstrapNaively(prompts: readonly Float64Array[]): number {
  const slope = (counts: Uint32Array) => {
    let xx = 0;
    let xy = 0;
    prompts.forEach((session, i) => {
      const meanX = (session.length - 1) / 2;
      const meanY = session.reduce((sum, prompt) => sum + prompt, 0) / session.length;
      for (let call = 0; call < session.length; call++) {
        xx += counts[i] * (call - meanX) ** 2;
        xy += counts[i] * (call - meanX) * ((session[call] ?? 0) - meanY);
      }
    });
    return xy / xx;
  };
  const [values] = bootstrapClusters([slope], {
    clusters: prompts.length,
    resamples: naiveResamples,
    seed: 1,
  });
  return values?.[0] ?? 0;
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

/** Times the growth model of 20,000 sessions with half a million calls, 1,000 resamples. */
export async function run(): Promise<BenchResult[]> {
  const set = groupCalls(makeRows(), sessions);
  const value = timeMs(3, () =>
    fitGrowthModel(set, { seed: 1, resamples, book: standardPriceBook }),
  );
  const prompts = Array.from({ length: sessions }, (_, session) =>
    set.calls.inputFresh.subarray(set.firstCall[session], set.firstCall[session + 1]),
  );
  const referenceValue = timeMs(1, () => bootstrapNaively(prompts)) * (resamples / naiveResamples);
  return [
    {
      name: 'fit growth, 20,000 sessions and 500,000 calls, 14 groups, 1,000 resamples',
      value,
      unit: 'ms',
      reference: 'bootstrap of one slope, from the calls (5 resamples, scaled)',
      referenceValue,
      ratio: value / referenceValue,
    },
  ];
}
