import { formatCount, formatCounted, formatDecimal, formatDurationSec } from '../format';
import { msPerSec } from '../units';
import type { ArrivalFit, ArrivalWindow, ObservedConcurrency } from './arrival-fit';

/** Windows in which starts are counted, in s. */
const windowsSec = [1, 10, 60, 600, 3_600] as const;
const minSessions = 10; //  fewer tell no spread of gaps
const minWindows = 10; //   fewer tell no spread of counts
const poissonCv = { min: 0.8, max: 1.25 } as const;
const maxCv = 100; //       the most that a law of a scenario takes
const maxRatePerSec = 1e6; // the most that arrivals of a scenario take
const maxAgents = 1_000_000;

/**
 * Works out how sessions arrive from the times at which they started: rate, coefficient of variation
 * of the gaps (sample standard deviation over mean) and index of dispersion of counts by window (Cox
 * and Lewis, The Statistical Analysis of Series of Events, 1966), and proposes arrivals.
 *
 * Gaps whose coefficient of variation is 0.8–1.25 are taken to be exponential, others to follow a
 * gamma law of the same mean and spread. With fewer than ten starts, or all at one moment, a closed
 * loop of the peak of sessions in progress is proposed.
 *
 * @param startMs first call of each session, in any order; NaN where not known
 * @param concurrency as of {@link measureConcurrency}
 */
export function fitArrivals(
  startMs: Float64Array,
  concurrency: ObservedConcurrency | null = null,
): ArrivalFit {
  const starts = startMs.filter(Number.isFinite).sort();
  const sessions = starts.length;
  const spanSec = sessions === 0 ? null : (starts[sessions - 1] - starts[0]) / msPerSec;
  const ratePerSec = spanSec === null || spanSec === 0 ? null : (sessions - 1) / spanSec;
  const gaps = measureGaps(starts);
  const measured = {
    sessions,
    sessionsWithoutStart: startMs.length - sessions,
    spanSec,
    ratePerSec,
    rateReason: ratePerSec === null ? whyNoRate(sessions) : null,
    ...gaps,
    windows: windowsSec.map((windowSec) => countInWindows(starts, windowSec)),
    concurrency,
  };
  return { ...measured, proposal: propose(measured) };
}

function whyNoRate(sessions: number): string {
  if (sessions === 0) return 'No session has a start time.';
  return sessions === 1
    ? 'One session has no gap to a next one.'
    : `All ${formatCount(sessions)} sessions start at the same moment.`;
}

function tooFew(sessions: number): string {
  const have = `${formatCounted(sessions, 'session has', 'sessions have')} a start time`;
  return `${have}; how they arrive is seen from ${minSessions} on.`;
}

function measureGaps(starts: Float64Array): Pick<ArrivalFit, 'gapCv' | 'gapCvReason' | 'zeroGaps'> {
  const gaps = starts.length - 1;
  let zeroGaps = 0;
  let squares = 0;
  const mean = gaps > 0 ? (starts[gaps] - starts[0]) / gaps : 0;
  for (let i = 0; i < gaps; i++) {
    const gap = starts[i + 1] - starts[i];
    if (gap === 0) zeroGaps += 1;
    squares += (gap - mean) * (gap - mean);
  }
  if (starts.length < minSessions) {
    return { gapCv: null, gapCvReason: tooFew(starts.length), zeroGaps };
  }
  if (mean === 0) return { gapCv: null, gapCvReason: whyNoRate(starts.length), zeroGaps };
  return { gapCv: Math.sqrt(squares / (gaps - 1)) / mean, gapCvReason: null, zeroGaps };
}

/** Counts starts in whole windows from the first start on; the windows between are not walked. */
function countInWindows(starts: Float64Array, windowSec: number): ArrivalWindow {
  const first = starts[0] ?? 0;
  const windowMs = windowSec * msPerSec;
  const windows = Math.floor(((starts.at(-1) ?? 0) - first) / windowMs);
  if (windows < minWindows || starts.length < minSessions) {
    const reason =
      starts.length < minSessions
        ? tooFew(starts.length)
        : `The starts span ${formatCounted(windows, 'whole window')} of ${windowSec} s; ${minWindows} are needed.`;
    return { windowSec, windows, dispersion: null, peakOverMean: null, reason };
  }
  let peak = 0;
  let counted = 0;
  let squares = 0;
  for (let i = 0; i < starts.length; ) {
    const window = Math.floor((starts[i] - first) / windowMs);
    if (window >= windows) break;
    let count = 0;
    while (i < starts.length && Math.floor((starts[i] - first) / windowMs) === window) {
      count += 1;
      i += 1;
    }
    counted += count;
    squares += count * count;
    peak = Math.max(peak, count);
  }
  const mean = counted / windows;
  const variance = Math.max(0, (squares - counted * mean) / (windows - 1));
  return {
    windowSec,
    windows,
    dispersion: variance / mean,
    peakOverMean: peak / mean,
    reason: null,
  };
}

/** To four digits: more would claim a precision that the traces do not have. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function propose(fit: Omit<ArrivalFit, 'proposal'>): ArrivalFit['proposal'] {
  const { sessions, spanSec, ratePerSec, gapCv, zeroGaps } = fit;
  if (gapCv === null || ratePerSec === null || spanSec === null || ratePerSec > maxRatePerSec) {
    return proposeClosed(fit);
  }
  const stamped =
    zeroGaps === 0
      ? ''
      : ` ${formatCounted(zeroGaps, 'gap is', 'gaps are')} zero: sessions that start together, or coarse stamps.`;
  const seen = `${formatCount(sessions)} sessions started within ${formatDurationSec(spanSec)}, and the gaps between them have a coefficient of variation of ${formatDecimal(gapCv, 2)}`;
  if (gapCv >= poissonCv.min && gapCv <= poissonCv.max) {
    return {
      arrivals: { kind: 'poisson', ratePerSec: rounded(ratePerSec) },
      because: `${seen}: close to the 1 of Poisson arrivals.${stamped}`,
    };
  }
  const mean = rounded(1 / ratePerSec);
  if (gapCv < 0.01) {
    return {
      arrivals: { kind: 'renewal', gapSec: mean },
      because: `${seen}: they start evenly.${stamped}`,
    };
  }
  const cv = rounded(Math.min(maxCv, gapCv));
  const how = gapCv > 1 ? 'they come in bursts' : 'they start more evenly than at random';
  return {
    arrivals: { kind: 'renewal', gapSec: { law: 'gamma', mean, cv } },
    because: `${seen}: ${how}.${stamped}`,
  };
}

function proposeClosed(fit: Omit<ArrivalFit, 'proposal'>): ArrivalFit['proposal'] {
  const why = fit.gapCvReason ?? 'They start faster than a scenario takes.';
  const { concurrency } = fit;
  if (concurrency === null) {
    return {
      arrivals: { kind: 'closed', agents: 1 },
      because: `${why} No session has a start and an end, so how many ran at once is not known: one agent, to be changed.`,
    };
  }
  const mean =
    concurrency.mean === null ? '' : `, ${formatDecimal(concurrency.mean, 2)} on average`;
  return {
    arrivals: { kind: 'closed', agents: Math.min(maxAgents, Math.max(1, concurrency.peak)) },
    because: `${why} At most ${formatCounted(concurrency.peak, 'session was', 'sessions were')} in progress at once${mean}: as many agents, each of which starts its next session at once.`,
  };
}
