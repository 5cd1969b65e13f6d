import type { RandomStream } from '@/lib/stats/random-stream';

/** When sessions begin. */
export interface ArrivalOptions {
  readonly count: number;
  /** Length of the window that the arrivals fill. */
  readonly hours: number;
  /** Coefficient of variation of the gaps between arrivals; 1 is a Poisson process. */
  readonly burstiness: number;
  /** Start of the window, Unix milliseconds: decides where in the day it lies. */
  readonly startMs: number;
}

/**
 * Share of time in the busy state. Busy time then runs at four times the mean rate, as in the
 * busiest minute (4.1×) of the Azure LLM code trace, 2023.
 */
const busyShare = 0.25;

/** Shorter windows are taken to lie within one part of the day. */
const diurnalFromHours = 12;

/** Peak over mean of the day, inside the 1.4–3.3 of a week of ServeGen client pools (5.2). */
const diurnalAmplitude = 0.6;

/** Busiest hour of the day, UTC; an assumption. */
const peakHourUtc = 14;

const msPerHour = 3_600_000;

/**
 * Draws the gaps of an interrupted Poisson process with mean 1.
 *
 * Two states, busy and silent, each left after an exponential time; arrivals only while busy. Its
 * gaps are a renewal sequence with squared coefficient of variation
 * c² = 1 + 2λα / (α + β)², with λ the busy rate, α and β the rates out of busy and out of silent.
 * With the busy share p = β / (α + β) and mean 1 (λ = 1/p) this gives
 * α + β = 2 (1 − p) / (p (c² − 1)).
 *
 * @see Kuczura, "The interrupted Poisson process as an overflow process" (1973)
 */
function sampleGaps(count: number, burstiness: number, stream: RandomStream): Float64Array {
  const gaps = new Float64Array(count);
  if (burstiness === 1) return gaps.map(() => stream.nextExponential(1));

  const switchingRate = (2 * (1 - busyShare)) / (busyShare * (burstiness ** 2 - 1));
  const busyMean = 1 / ((1 - busyShare) * switchingRate);
  const silentMean = 1 / (busyShare * switchingRate);
  let busyLeft = stream.nextExponential(busyMean);
  for (let i = 0; i < count; i++) {
    let gap = 0;
    let step = stream.nextExponential(busyShare);
    while (step > busyLeft) {
      step -= busyLeft;
      gap += busyLeft + stream.nextExponential(silentMean);
      busyLeft = stream.nextExponential(busyMean);
    }
    busyLeft -= step;
    gaps[i] = gap + step;
  }
  return gaps;
}

/** Expected share of a day's arrivals after `hour`, in hours of mean rate. */
function operationalHours(hour: number, startHourUtc: number): number {
  const radiansPerHour = (2 * Math.PI) / 24;
  const phase = (at: number) => Math.sin(radiansPerHour * (startHourUtc + at - peakHourUtc));
  return hour + (diurnalAmplitude / radiansPerHour) * (phase(hour) - phase(0));
}

/** Inverts {@link operationalHours} by bisection to well below a microsecond. */
function clockHours(operational: number, hours: number, startHourUtc: number): number {
  let low = 0;
  let high = hours;
  for (let round = 0; round < 48; round++) {
    const middle = (low + high) / 2;
    if (operationalHours(middle, startHourUtc) < operational) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Draws exactly `count` arrival times over a window, bursty and, over 12 hours and more, with a day
 * shape.
 *
 * Gaps come from a Markov-modulated process with the asked coefficient of variation and are scaled
 * so that the last arrival falls inside the window, which leaves that coefficient as it was; the
 * day shape is a change of time scale on top.
 *
 * @returns Unix milliseconds, ascending
 * @throws RangeError when the burstiness is below 1, the window empty or the count not whole
 */
export function sampleArrivals(options: ArrivalOptions, stream: RandomStream): Float64Array {
  const { count, hours, burstiness, startMs } = options;
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`Got ${count} arrivals when expected a whole number of at least 0.`);
  }
  if (!(hours > 0)) throw new RangeError(`Got ${hours} hours when expected more than 0.`);
  if (!(burstiness >= 1 && burstiness <= 100)) {
    throw new RangeError(`Got burstiness ${burstiness} when expected a number from 1 to 100.`);
  }
  const gaps = sampleGaps(count + 1, burstiness, stream);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const startHourUtc = (startMs / msPerHour) % 24;
  const isDiurnal = hours >= diurnalFromHours;
  const operationalTotal = isDiurnal ? operationalHours(hours, startHourUtc) : hours;

  const arrivals = new Float64Array(count);
  let elapsed = 0;
  for (let i = 0; i < count; i++) {
    elapsed += gaps[i] ?? 0;
    const operational = (elapsed / total) * operationalTotal;
    const hour = isDiurnal ? clockHours(operational, hours, startHourUtc) : operational;
    arrivals[i] = startMs + hour * msPerHour;
  }
  return arrivals;
}
