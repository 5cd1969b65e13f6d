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
import { addFixedCost, type CycleMeans, costByTimetable, drawCycles } from './cycle-draws';
import { type Holding, summarizeLoop } from './loop-record';
import { driveLoop, measureFixedCost, openPool } from './postgres-load';
import { startPostgres } from './postgres-server';
import { predictClosedLoop, transientShare } from './predicted-run';
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
  /** Load average of the machine over a minute, at the beginning. */
  readonly loadAverage: number;
  readonly isWhole: boolean; // false: it was stopped before the last point
  readonly points: readonly ComparedPoint[];
}

/** Means that are long beside the fixed cost of a query (0.3 to 1.5 ms) and short beside a run. */
const means: CycleMeans = { thinkSec: 0.8, serviceSec: 0.1, modelCallSec: 0.5 };

/**
 * Load points, as shares of the knee: agents at which slots and agents limit throughput alike.
 *
 * None lies between a half and three quarters. There the share of agents that wait passes 5 %, so
 * the P95 of the wait jumps from nothing to a good part of a query and says little of either side.
 */
const kneeShares = [0.5, 0.75, 0.82, 0.9, 0.96, 1.1, 1.3, 1.7];

/** Time that a point takes besides: fixed cost, the last queries, the predictions. */
const secondsBesidePoint = 7;

/** Agents at which the pool becomes the limit. */
function kneeOf(holding: Holding, slots: number): number {
  const queriesSec = 2 * means.serviceSec;
  const cycleSec = means.thinkSec + means.modelCallSec + queriesSec;
  const heldSec = holding === 'hold' ? queriesSec + means.modelCallSec : queriesSec;
  return kneeAgents(slots, { cycleSec, heldSec }) ?? Number.NaN;
}

/**
 * Measures a pool in front of a real server at eight loads per way of holding connections, and has
 * the engine predict each from the same draws.
 *
 * @throws an error named PostgresNotFound where no server is installed
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
    const points: ComparedPoint[] = [];
    for (const { holding, share, point } of loads) {
      if (signal.aborted) break;
      const agents = Math.max(1, Math.round(share * kneeOf(holding, slots)));
      const load = { holding, agents, point };
      say(`${points.length + 1} of ${loads.length}: ${holding}, ${agents} agents …`);
      const compared = await comparePoint(pool, load, options);
      if (compared !== null) points.push(compared);
    }
    await pool.end(); // After a failure it could wait for ever; the server then ends it all.
    return {
      postgresVersion: server.version,
      secondsPerPoint,
      slots,
      seed,
      means,
      loadAverage: loadAtStart,
      isWhole: points.length === loads.length,
      points,
    };
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
  const loop = { draws, fixedCost, holding, durationSec: secondsPerPoint };
  const driven = await driveLoop(pool, loop, signal);
  if (signal.aborted) return null;
  const window = { fromSec: transientShare * secondsPerPoint, untilSec: secondsPerPoint };
  const measured = summarizeLoop(driven.record, window, slots);
  const predicted = {
    draws: addFixedCost(draws, costByTimetable(fixedCost, driven.queryCostSecMean)),
    slots,
    holding,
    untilSec: secondsPerPoint,
  };
  const engine = predictClosedLoop(predicted);
  say(
    `  ${measured.throughputPerSec.toFixed(2)} cycles/s, predicted ${engine.throughputPerSec.toFixed(2)}; P95 wait ${(measured.waitSecP95 * 1_000).toFixed(1)} ms, predicted ${(engine.waitSecP95 * 1_000).toFixed(1)} ms`,
  );
  return {
    holding,
    agents,
    kneeShare: agents / kneeOf(holding, slots),
    measured,
    engine,
    replay: summarizeLoop(replayCycles(predicted), window, slots),
    asPlayed: predictClosedLoop({ ...predicted, draws: driven.played }),
    fixedCost,
    queryCostSecMean: driven.queryCostSecMean,
    loadAverage: loadavg()[0],
  };
}

const titles = {
  hold: 'Connection held while thinking (query, model call, query)',
  release: 'Connection released between the queries',
} satisfies Record<Holding, string>;

/** Writes a comparison to be read by a person. */
export function formatComparison(comparison: Comparison): string {
  const { points, slots, secondsPerPoint, seed } = comparison;
  const list = (pick: (point: ComparedPoint) => number) =>
    points.map((point) => pick(point).toFixed(2)).join(', ');
  const lines = [
    `PostgreSQL ${comparison.postgresVersion}, pool of ${slots} connections, ${secondsPerPoint} s per point of which the first ${transientShare * 100} % are left out, seed ${seed}.`,
    `Means, all exponential: think ${means.thinkSec * 1_000} ms, each of two queries ${means.serviceSec * 1_000} ms, model call between them ${means.modelCallSec * 1_000} ms.`,
    `Before each point, unloaded, a query took ${list((point) => point.fixedCost.querySec * 1_000)} ms over its draw. Agents keep to a timetable of their draws and that cost, so that what a busy machine adds here and there does not shift them against each other.`,
    `During the runs a query took ${list((point) => point.queryCostSecMean * 1_000)} ms over its draw: predictions hold connections for longer by that mean.`,
    `Load average of the machine: ${comparison.loadAverage.toFixed(2)} at the beginning, after the points ${list((point) => point.loadAverage)}.`,
    `X: cycles per second. Waits in ms. Where the measured P95 is under ${rareWaitSec * 1_000} ms the difference is in ms, since a relative one says nothing there.`,
    'predicted: the engine on the same draws. replay: a schedule of the same durations by other code. as played: the engine on the durations that were really measured.',
  ];
  for (const [holding, title] of Object.entries(titles)) {
    const ofHolding = points.filter((point) => point.holding === holding);
    if (ofHolding.length > 0) lines.push('', title, formatTable(ofHolding));
  }
  const verdict = (name: string, pick: Parameters<typeof judge>[1]) =>
    formatVerdict(name, judge(points, pick));
  lines.push(
    '',
    verdict('Engine', (point) => point.engine),
    verdict('Replay', (point) => point.replay),
    verdict('As played', (point) => point.asPlayed),
  );
  if (!comparison.isWhole) lines.push('It was stopped before the last point.');
  return lines.join('\n');
}

/** Whether the engine is as near to what was measured as it has to be. */
export function isWithinTolerance({ points }: Comparison): boolean {
  return judge(points, (point) => point.engine).isWithinTolerance === true;
}
