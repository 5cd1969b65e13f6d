import { checkAtLeast, checkCount } from './check-argument';

/** A class of customers that go round for ever. */
export interface ClosedClass {
  readonly customers: number; //    N, integer, at least 0
  readonly thinkTimeSec: number; // Z, delay of a cycle at which nobody waits, at least 0
  readonly demandSecByStation: readonly number[]; // D = visits × service time, at least 0
}

/** Steady state of one class. */
export interface ClosedClassState {
  readonly throughputPerSec: number; // X, cycles per second
  readonly responseTimeSec: number; //  R, of a cycle without thinking
  readonly residenceSecByStation: readonly number[];
  readonly numberByStation: readonly number[]; // mean, waiting and in service
}

const stepsMost = 20_000_000;

/**
 * Exact mean value analysis of a closed product-form network of single-server stations and delays.
 *
 * R(k, m | n) = D(k, m)·(1 + L(m | n − 1 of k)), X = N/(Z + ΣR), L = ΣX·R, over all populations. Stations
 * serve in order with one exponential law for all classes, or share their processor with any law.
 * Costs stations × classes × Π(N + 1) steps: 0.1 ms for one class of 1,000 at three stations, 7 ms for
 * two classes of 200; above that approximateMeanValues.
 *
 * @returns state by class; a class without customers has throughput 0 and the response time that one
 * more customer would see is not given (NaN)
 * @throws RangeError when an argument is outside its range, a class of customers has no demand and no
 * think time, or the network takes more than 20 million steps
 * @see Reiser and Lavenberg, Journal of the ACM 27 (1980); Lazowska et al., Quantitative System
 * Performance (1984), ch. 6 and 7
 */
export function solveMeanValues(classes: readonly ClosedClass[]): ClosedClassState[] {
  const stations = checkClosedClasses(classes);
  const strides: number[] = [];
  let populations = 1;
  for (const { customers } of classes) {
    strides.push(populations);
    populations *= customers + 1;
  }
  if (populations * stations * classes.length > stepsMost) {
    throw new RangeError(
      `Got ${populations} populations of ${stations} stations when expected a network of at most ${stepsMost} steps.`,
    );
  }
  const number = new Float64Array(populations * stations); // L(m) by population
  const residenceSec = new Float64Array(classes.length * stations);
  const throughputPerSec = new Float64Array(classes.length);
  const present = new Int32Array(classes.length);
  for (let population = 1; population < populations; population++) {
    addOne(present, classes);
    for (let k = 0; k < classes.length; k++) {
      if (present[k] === 0) continue;
      const { demandSecByStation, thinkTimeSec } = classes[k];
      const before = (population - strides[k]) * stations;
      let cycleSec = thinkTimeSec;
      for (let m = 0; m < stations; m++) {
        const residence = demandSecByStation[m] * (1 + number[before + m]);
        residenceSec[k * stations + m] = residence;
        cycleSec += residence;
      }
      throughputPerSec[k] = present[k] / cycleSec;
      for (let m = 0; m < stations; m++) {
        number[population * stations + m] += throughputPerSec[k] * residenceSec[k * stations + m];
      }
    }
  }
  return describeClosedClasses(classes, throughputPerSec, residenceSec);
}

/**
 * Puts what was solved by class and station in words.
 *
 * @param residenceSecByStation [class][station], flat
 */
export function describeClosedClasses(
  classes: readonly ClosedClass[],
  throughputPerSec: Float64Array,
  residenceSecByStation: Float64Array,
): ClosedClassState[] {
  return classes.map(({ customers, demandSecByStation }, k) => {
    const stations = demandSecByStation.length;
    const residence = Array.from(
      residenceSecByStation.subarray(k * stations, (k + 1) * stations),
      (sec) => (customers === 0 ? Number.NaN : sec),
    );
    const rate = customers === 0 ? 0 : throughputPerSec[k];
    return {
      throughputPerSec: rate,
      responseTimeSec: customers === 0 ? Number.NaN : residence.reduce((sum, sec) => sum + sec, 0),
      residenceSecByStation: residence,
      numberByStation: residence.map((sec) => (customers === 0 ? 0 : rate * sec)),
    };
  });
}

/** Counts the population up by one, the first class fastest. */
function addOne(present: Int32Array, classes: readonly ClosedClass[]): void {
  let k = 0;
  while (present[k] === classes[k].customers) {
    present[k] = 0;
    k++;
  }
  present[k]++;
}

/**
 * Number of stations, the same for all classes.
 *
 * @throws RangeError when an argument is outside its range or a class takes no time
 */
export function checkClosedClasses(classes: readonly ClosedClass[]): number {
  const stations = classes[0]?.demandSecByStation.length ?? 0;
  for (const { customers, thinkTimeSec, demandSecByStation } of classes) {
    checkCount('customers', customers, 0);
    checkAtLeast('seconds of think time', thinkTimeSec, 0);
    for (const demandSec of demandSecByStation) checkAtLeast('seconds of demand', demandSec, 0);
    if (demandSecByStation.length !== stations) {
      throw new RangeError(
        `Got ${demandSecByStation.length} demands when expected ${stations}, as of the first class.`,
      );
    }
    const cycleSec = demandSecByStation.reduce((sum, demandSec) => sum + demandSec, thinkTimeSec);
    if (customers > 0 && cycleSec === 0) {
      throw new RangeError('Got a cycle of 0 seconds when expected some demand or think time.');
    }
  }
  return stations;
}
