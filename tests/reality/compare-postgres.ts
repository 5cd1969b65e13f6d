import { setMaxListeners } from 'node:events';
import { loadavg } from 'node:os';
import { kneeAgents } from '@/simulations/analytic/operational-bounds';
import {
  type ComparedPoint,
  formatTable,
  formatVerdict,
  judge,
  rareWaitSec,
} from './comparison-table';
import { addFixedCost, type CycleMeans, drawCycles } from './cycle-draws';
import { type Holding, summarizeLoop } from './loop-record';
import { driveLoop, measureFixedCost, openPool } from './postgres-load';
import { startPostgres } from './postgres-server';
import { predictClosedLoop } from './predicted-run';
import { replayCycles } from './replay-cycles';

/** How the comparison is run. */
export interface CompareOptions {
  readonly secondsPerPoint: number; // at least 2
  readonly slots: number; //           connections of the pool
  readonly seed: number;
  readonly holdings: readonly Holding[];
  readonly signal: AbortSignal; //     ends it with the points that are whole
  say(line: string): void;
}

/** What was found. */
export interface Comparison {
  readonly postgresVersion: string;
  readonly secondsPerPoint: number;
  readonly slots: number;
  readonly seed: number;
  readonly means: CycleMeans;
  /** Load average of the machine over a minute, at the beginning and at the end. */
  readonly loadAverage: readonly [number, number];
  readonly isWhole: boolean; // false: it was stopped before the last point
  readonly points: readonly ComparedPoint[];
}

/** Means that are long beside the fixed cost of a query (0.3 to 1.5 ms) and short beside a run. */
const means: CycleMeans = { thinkSec: 0.8, serviceSec: 0.1, modelCallSec: 0.5 };

/** Load points, as shares of the knee: agents at which slots and agents limit throughput alike. */
const kneeShares = [0.4, 0.6, 0.7, 0.8, 0.9, 1.1, 1.3, 1.7];

/** Time that a point takes besides: fixed cost, the last queries, the predictions. */
const secondsBesidePoint = 7;

/** Part of a run that is dropped as its transient. */
const transientShare = 0.1;

/** Agents at which the pool becomes the limit. */
function kneeOf(holding: Holding, slots: number): number {
  const queriesSec = 2 * means.serviceSec;
  const cycleSec = means.thinkSec + means.modelCallSec + queriesSec;
  const heldSec = holding === 'hold' ? queriesSec + means.modelCallSec : queriesSec;
  return kneeAgents(slots, { cycleSec, heldSec }) ?? Number.NaN;
}

/**
 * Measures a pool in front of a real server at eight loads per way of holding connections, and
 * predicts the same: by replay of the same draws, of the durations as played, and by the engine.
 *
 * @throws PostgresNotFound where no server is installed
 */
export async function comparePostgres(options: CompareOptions): Promise<Comparison> {
  const { secondsPerPoint, slots, seed, holdings, signal, say } = options;
  setMaxListeners(0, signal);
  const loads = holdings.flatMap((holding) =>
    kneeShares.map((share, point) => ({ holding, share, point })),
  );
  const totalMin = (loads.length * (secondsPerPoint + secondsBesidePoint)) / 60;
  say(`${loads.length} points of ${secondsPerPoint} s, about ${totalMin.toFixed(0)} minutes.`);
  const loadAtStart = loadavg()[0];
  const server = await startPostgres(slots + 5);
  try {
    const pool = await openPool(server.connection, slots);
    try {
      const points: ComparedPoint[] = [];
      for (const { holding, share, point } of loads) {
        if (signal.aborted) break;
        const agents = Math.max(1, Math.round(share * kneeOf(holding, slots)));
        const load = { holding, agents, point };
        say(`${points.length + 1} of ${loads.length}: ${holding}, ${agents} agents …`);
        const compared = await comparePoint(pool, load, options);
        if (compared !== null) points.push(compared);
      }
      return {
        postgresVersion: server.version,
        secondsPerPoint,
        slots,
        seed,
        means,
        loadAverage: [loadAtStart, loadavg()[0]],
        isWhole: points.length === loads.length,
        points,
      };
    } finally {
      await pool.end();
    }
  } finally {
    await server.stop();
  }
}

/** Measures and predicts one load; null where it was stopped before its end. */
async function comparePoint(
  pool: Awaited<ReturnType<typeof openPool>>,
  load: { holding: Holding; agents: number; point: number },
  { secondsPerPoint, slots, seed, signal, say }: CompareOptions,
): Promise<ComparedPoint | null> {
  const { holding, agents, point } = load;
  const cycleSec = means.thinkSec + means.modelCallSec + 2 * means.serviceSec;
  const cycles = Math.ceil((1.5 * secondsPerPoint) / cycleSec) + 20;
  const draws = drawCycles(means, { agents, cycles }, { seed, point });
  const fixedCost = await measureFixedCost(pool, slots, signal);
  const driven = await driveLoop(pool, { draws, holding, durationSec: secondsPerPoint }, signal);
  if (signal.aborted) return null;
  const window = { fromSec: transientShare * secondsPerPoint, untilSec: secondsPerPoint };
  const replay = (played: typeof draws) =>
    summarizeLoop(
      replayCycles({ draws: played, slots, holding, untilSec: secondsPerPoint }),
      window,
      slots,
    );
  const predictedDraws = addFixedCost(draws, fixedCost);
  const measured = summarizeLoop(driven.record, window, slots);
  const sameDraws = replay(predictedDraws);
  const engine = predictClosedLoop({ draws: predictedDraws, slots, holding, seed });
  say(
    `  ${measured.throughputPerSec.toFixed(2)} cycles/s, the same draws say ${sameDraws.throughputPerSec.toFixed(2)}; P95 wait ${(measured.waitSecP95 * 1_000).toFixed(1)} ms, they say ${(sameDraws.waitSecP95 * 1_000).toFixed(1)} ms`,
  );
  return {
    holding,
    agents,
    kneeShare: agents / kneeOf(holding, slots),
    measured,
    sameDraws,
    asPlayed: replay(driven.played),
    engine,
    queryCostSec: { unloaded: fixedCost.querySec, underLoad: driven.queryCostSecMean },
  };
}

const titles = {
  hold: 'Connection held while thinking (query, model call, query)',
  release: 'Connection released between the queries',
} satisfies Record<Holding, string>;

/** Writes a comparison to be read by a person. */
export function formatComparison(comparison: Comparison): string {
  const { points, slots, secondsPerPoint, loadAverage, seed } = comparison;
  const listMs = (pick: (point: ComparedPoint) => number) =>
    points.map((point) => (pick(point) * 1_000).toFixed(2)).join(', ');
  const lines = [
    `PostgreSQL ${comparison.postgresVersion}, pool of ${slots} connections, ${secondsPerPoint} s per point of which the first ${transientShare * 100} % are dropped, seed ${seed}.`,
    `Means, all exponential: think ${means.thinkSec * 1_000} ms, each of two queries ${means.serviceSec * 1_000} ms, model call between them ${means.modelCallSec * 1_000} ms.`,
    `Before each point, unloaded, a query took ${listMs((point) => point.queryCostSec.unloaded)} ms over its draw: this is added to the predictions. Under load it took ${listMs((point) => point.queryCostSec.underLoad)} ms.`,
    `Load average of the machine: ${loadAverage.map((load) => load.toFixed(2)).join(' at the beginning, ')} at the end.`,
    `X: cycles per second. Waits in ms. Where the measured P95 is under ${rareWaitSec * 1_000} ms the difference is in ms, since a relative one says nothing there.`,
    '"as played" replays the durations that were really measured; "engine" draws the same laws in an order of its own, so it differs by sampling noise too.',
  ];
  for (const [holding, title] of Object.entries(titles)) {
    const ofHolding = points.filter((point) => point.holding === holding);
    if (ofHolding.length > 0) lines.push('', title, formatTable(ofHolding));
  }
  lines.push(
    '',
    formatVerdict(
      'Same draws',
      judge(points, (point) => point.sameDraws),
    ),
    formatVerdict(
      'As played',
      judge(points, (point) => point.asPlayed),
    ),
    formatVerdict(
      'Engine, own order',
      judge(points, (point) => point.engine),
    ),
  );
  if (!comparison.isWhole) lines.push('It was stopped before the last point.');
  return lines.join('\n');
}

/** Whether the prediction from the same draws is as near as it has to be. */
export function isWithinTolerance({ points }: Comparison): boolean {
  return judge(points, (point) => point.sameDraws).isWithinTolerance === true;
}
