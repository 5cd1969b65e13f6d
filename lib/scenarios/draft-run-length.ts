import { scenarioDefaults } from '@/simulations/scenario/scenario';
import { formatCounted, formatDurationSec } from '../format';
import type { ProposedArrivals } from '../workload/arrival-fit';
import type { Remark } from './render-yaml';

/** The sessions that are played, unloaded and with their think times. */
export interface SessionLengths {
  readonly meanSec: number; //       0: none takes time
  readonly longestSec: number;
  readonly operationsMean: number;
}

/** How long a draft is run, how often, and what is said of it. */
export interface RunLength {
  readonly keys: {
    readonly horizonSec: number;
    readonly warmUp?: { readonly sec: number };
    readonly replications?: number;
  };
  readonly remarks: readonly Remark[];
}

/** Operations of sessions, each with the time that it takes in the draft. */
export interface TimedPrograms {
  readonly firstOp: ArrayLike<number>;
  readonly durationSec: ArrayLike<number>;
}

const hourSec = 3_600;
const longestSessions = 10;
const meanSessions = 40;
const maxSessionsSec = 30 * 24 * hourSec;
const maxHorizonSec = 277_777 * hourSec; // the whole hours within 1e9 s, which a scenario takes
const minArrivals = 200; // that an open load is simulated for
const quickEvents = 20_000_000; // of all replications
const fewestReplications = 10; // that a scenario takes

/** Measures the sessions that take time; the others are not played. */
export function measureSessions({ firstOp, durationSec }: TimedPrograms): SessionLengths {
  let played = 0;
  let operations = 0;
  let totalSec = 0;
  let longestSec = 0;
  for (let program = 0; program + 1 < firstOp.length; program++) {
    let sessionSec = 0;
    for (let i = firstOp[program]; i < firstOp[program + 1]; i++) sessionSec += durationSec[i];
    if (sessionSec === 0) continue;
    played++;
    operations += firstOp[program + 1] - firstOp[program];
    totalSec += sessionSec;
    longestSec = Math.max(longestSec, sessionSec);
  }
  return played === 0
    ? { meanSec: 0, longestSec: 0, operationsMean: 0 }
    : { meanSec: totalSec / played, longestSec, operationsMean: operations / played };
}

/**
 * Chooses the length of a run so that its sessions end within it: what is measured is of sessions
 * that ended, so a short run leaves out the long ones. Ten times the longest or forty mean ones, at
 * most 30 days; at open load also so long that 200 arrive.
 *
 * A closed load starts all its agents at once, so one longest and one mean session are left out.
 */
export function chooseRunLength(sessions: SessionLengths, arrivals: ProposedArrivals): RunLength {
  const { meanSec, longestSec } = sessions;
  const wantedSec = Math.max(longestSessions * longestSec, meanSessions * meanSec);
  const forSessionsSec = Math.min(maxSessionsSec, wholeHours(wantedSec));
  const isOpen = arrivals.kind !== 'closed';
  const forArrivalsSec = isOpen ? wholeHours(minArrivals * meanGapSec(arrivals)) : 0;
  const horizonSec = Math.min(maxHorizonSec, Math.max(forSessionsSec, forArrivalsSec));
  const warmUpSec =
    !isOpen && meanSec > 0 ? Math.min(horizonSec / 2, Math.ceil(longestSec + meanSec)) : null;
  const events = estimateEvents(sessions, arrivals, horizonSec);
  const isLong = events * scenarioDefaults.replications > quickEvents;
  return {
    keys: {
      horizonSec,
      ...(warmUpSec === null ? {} : { warmUp: { sec: warmUpSec } }),
      ...(isLong ? { replications: fewestReplications } : {}),
    },
    remarks: [
      { path: ['horizonSec'], text: describeHorizon(sessions, wantedSec, isOpen) },
      {
        path: ['warmUp'],
        text: `Left out: all agents start at once. One longest session and one mean one${warmUpSec === horizonSec / 2 ? ', at most half of the run' : ''}.`,
      },
      {
        path: ['replications'],
        text: `${fewestReplications} instead of ${scenarioDefaults.replications}, which would take some ${formatCounted(Math.round((events * scenarioDefaults.replications) / 1e6), 'million event')}. More make intervals narrower.`,
      },
    ],
  };
}

function describeHorizon(
  { meanSec, longestSec }: SessionLengths,
  wantedSec: number,
  isOpen: boolean,
): string {
  const forSessions = `Ten times the longest session (${formatDurationSec(longestSec)}) or 40 mean ones (${formatDurationSec(meanSec)} each), whichever is longer, so that long sessions end too`;
  const arrivals = isOpen ? `; at least ${minArrivals} arrivals` : '';
  const capped =
    wantedSec > maxSessionsSec
      ? ' That would be over 30 days, which is the most: the longest sessions may be left out.'
      : '';
  return `${forSessions}${arrivals}; in whole hours.${capped} Not how long the traces are.`;
}

function wholeHours(sec: number): number {
  return Math.max(1, Math.ceil(sec / hourSec)) * hourSec;
}

/** Operations that begin in one replication: an event each, to the order of magnitude. */
function estimateEvents(
  { meanSec, operationsMean }: SessionLengths,
  arrivals: ProposedArrivals,
  horizonSec: number,
): number {
  if (meanSec === 0) return 0;
  const sessionsPerSec =
    arrivals.kind === 'closed' ? arrivals.agents / meanSec : 1 / meanGapSec(arrivals);
  return horizonSec * sessionsPerSec * operationsMean;
}

function meanGapSec(arrivals: Exclude<ProposedArrivals, { kind: 'closed' }>): number {
  switch (arrivals.kind) {
    case 'poisson':
      return 1 / arrivals.ratePerSec;
    case 'renewal':
      return typeof arrivals.gapSec === 'number' ? arrivals.gapSec : arrivals.gapSec.mean;
    default:
      return arrivals satisfies never;
  }
}
