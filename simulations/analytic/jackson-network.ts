import { checkAbove, checkAtLeast, checkCount, checkProbability } from './check-argument';
import { meanWaitSec } from './erlang-c';

/** A station of an open network. */
export interface JacksonStation {
  readonly arrivalRatePerSec: number; // γ, Poisson, from outside, at least 0
  readonly serviceTimeSec: number; //    exponential, above 0
  readonly servers: number; //           integer, at least 1
  readonly routing: readonly number[]; // probability of going to each station next; the rest leaves
}

/** Steady state of one station. */
export interface JacksonStationState {
  readonly arrivalRatePerSec: number; //      λ, with returns
  readonly utilization: number; //            may be 1 or more
  readonly numberInSystem: number | null; //  null at or above saturation
}

/** Steady state of an open network. */
export interface JacksonState {
  readonly stations: readonly JacksonStationState[];
  readonly responseTimeSec: number | null; // from entering to leaving; null when a station saturates
}

/**
 * Open network of exponential stations with Markov routing (Jackson).
 *
 * Solves the traffic equations λ = γ + λP by elimination with pivots and takes every station as M/M/c
 * of its own; the response time follows by Little's law. Costs the cube of the number of stations.
 *
 * @throws RangeError when an argument is outside its stated range, or customers cannot leave
 * @see Jackson, Operations Research 5 (1957)
 */
export function solveJackson(stations: readonly JacksonStation[]): JacksonState {
  for (const station of stations) checkStation(station, stations.length);
  const rates = solveTraffic(stations);
  const states = stations.map(({ servers, serviceTimeSec }, i) => {
    const queue = { servers, serviceTimeSec, arrivalRatePerSec: rates[i] };
    const waitSec = meanWaitSec(queue);
    return {
      arrivalRatePerSec: rates[i],
      utilization: (rates[i] * serviceTimeSec) / servers,
      numberInSystem: waitSec === null ? null : rates[i] * (waitSec + serviceTimeSec),
    };
  });
  const enteringPerSec = stations.reduce((sum, station) => sum + station.arrivalRatePerSec, 0);
  let inNetwork: number | null = 0;
  for (const { numberInSystem } of states) {
    inNetwork = inNetwork === null || numberInSystem === null ? null : inNetwork + numberInSystem;
  }
  return {
    stations: states,
    responseTimeSec: inNetwork === null || enteringPerSec === 0 ? null : inNetwork / enteringPerSec,
  };
}

function checkStation(station: JacksonStation, count: number): void {
  checkAtLeast('arrivals per second', station.arrivalRatePerSec, 0);
  checkAbove('seconds of service time', station.serviceTimeSec, 0);
  checkCount('servers', station.servers, 1);
  for (const probability of station.routing) checkProbability('routing probability', probability);
  const onward = station.routing.reduce((sum, probability) => sum + probability, 0);
  if (station.routing.length !== count || onward > 1 + 1e-12) {
    throw new RangeError(
      `Got ${station.routing.length} routing probabilities adding up to ${onward} when expected ${count} adding up to at most 1.`,
    );
  }
}

/** λ of λ = γ + λP, by Gaussian elimination of (I − Pᵀ)λ = γ. */
function solveTraffic(stations: readonly JacksonStation[]): Float64Array {
  const count = stations.length;
  const rows = stations.map((station, i) =>
    Float64Array.from({ length: count + 1 }, (_, j) =>
      j === count ? station.arrivalRatePerSec : (i === j ? 1 : 0) - stations[j].routing[i],
    ),
  );
  for (let column = 0; column < count; column++) {
    let best = column;
    for (let i = column + 1; i < count; i++) {
      if (Math.abs(rows[i][column]) > Math.abs(rows[best][column])) best = i;
    }
    [rows[column], rows[best]] = [rows[best], rows[column]];
    const pivot = rows[column][column];
    if (Math.abs(pivot) < 1e-12) {
      throw new RangeError('Got routing that some customers never leave when expected a way out.');
    }
    for (let i = 0; i < count; i++) {
      if (i === column) continue;
      const factor = rows[i][column] / pivot;
      for (let j = column; j <= count; j++) rows[i][j] -= factor * rows[column][j];
    }
  }
  return Float64Array.from(rows, (row, i) => row[count] / row[i]);
}
