import { checkAbove, checkAtLeast, checkCount } from './check-argument';
import { poissonWeights } from './poisson-distribution';

/** A station of a closed network of one class. */
export interface ClosedStation {
  readonly demandSec: number; // D = visits × service time, at least 0
  readonly servers: number; //   c; integer, at least 1
}

/** Customers that go round think time and stations for ever. */
export interface ClosedNetwork {
  readonly customers: number; //    N, integer, at least 1
  readonly thinkTimeSec: number; // Z, at least 0
  readonly stations: readonly ClosedStation[];
}

/** Steady state of a closed network. */
export interface ClosedNetworkState {
  readonly throughputPerSec: number; // X, cycles per second
  readonly responseTimeSec: number; //  R = N/X − Z
  readonly utilizationByStation: readonly number[]; // X·D/c
  readonly numberByStation: readonly number[]; //      mean, waiting and in service
}

const stepsMost = 50_000_000;

/**
 * Exact steady state of a closed product-form network whose stations may have several servers.
 *
 * Buzen's convolution in the positive form G(n) = Σ(j < c) aʲ/j!·(1 − j/c)·G₋(n − j) + (a/c)·G(n − 1),
 * which needs no subtraction and so stays stable where mean value analysis with several servers does
 * not. Demands are scaled by the bound on throughput, so weights stay near 1.
 * Costs stations × N × (1 + Σ min(c, N)) steps: 0.2 ms for 200 customers at two pools of 50.
 *
 * @throws RangeError when an argument is outside its stated range, a cycle takes no time, or the
 * network takes more than 50 million steps
 * @see Buzen, Communications of the ACM 16 (1973)
 */
export function solveClosedNetwork(network: ClosedNetwork): ClosedNetworkState {
  const { customers, thinkTimeSec, stations } = network;
  const scalePerSec = throughputScale(network);
  const all = stations.map((_, m) => m);
  const think = thinkWeights(thinkTimeSec * scalePerSec, customers);
  const weights = convolve(network, scalePerSec, think, all);
  const throughputPerSec = (scalePerSec * weights[customers - 1]) / weights[customers];
  return {
    throughputPerSec,
    responseTimeSec: customers / throughputPerSec - thinkTimeSec,
    utilizationByStation: stations.map(
      ({ demandSec, servers }) => (throughputPerSec * demandSec) / servers,
    ),
    numberByStation: stations.map((station, omitted) => {
      const others = convolve(
        network,
        scalePerSec,
        think,
        all.filter((m) => m !== omitted),
      );
      return meanAt(station.demandSec * scalePerSec, station.servers, others);
    }),
  };
}

/** Bound on throughput by N/(Z + ΣD) and c/D, as the unit in which demands are put. */
function throughputScale({ customers, thinkTimeSec, stations }: ClosedNetwork): number {
  checkCount('customers', customers, 1);
  checkAtLeast('seconds of think time', thinkTimeSec, 0);
  let cycleSec = thinkTimeSec;
  let saturationPerSec = Infinity;
  for (const { demandSec, servers } of stations) {
    checkAtLeast('seconds of demand', demandSec, 0);
    checkCount('servers', servers, 1);
    cycleSec += demandSec;
    if (demandSec > 0) saturationPerSec = Math.min(saturationPerSec, servers / demandSec);
  }
  checkAbove('seconds of cycle', cycleSec, 0);
  const perCustomer = stations.reduce((sum, { servers }) => sum + Math.min(servers, customers), 0);
  if (stations.length * customers * perCustomer > stepsMost) {
    throw new RangeError(
      `Got ${customers} customers at ${stations.length} stations when expected a network of at most ${stepsMost} steps.`,
    );
  }
  return Math.min(customers / cycleSec, saturationPerSec);
}

/** Weights zⁿ/n! of 0 to N thinking customers, up to a factor. */
function thinkWeights(load: number, customers: number): Float64Array {
  const weights = new Float64Array(customers + 1);
  const { first, probability } = poissonWeights(load);
  for (let i = 0; i < probability.length && first + i <= customers; i++) {
    weights[first + i] = probability[i];
  }
  return weights;
}

/** Weights aʲ/(1·2·…·min(j, c)…) of 0 to N customers at a station, the largest of them 1. */
function stationWeights(load: number, servers: number, customers: number): Float64Array {
  const weights = new Float64Array(customers + 1);
  const mode = Math.min(customers, Math.floor(load));
  weights[mode] = 1;
  for (let j = mode; j > 0; j--) weights[j - 1] = (weights[j] * Math.min(j, servers)) / load;
  for (let j = mode; j < customers; j++) {
    weights[j + 1] = (weights[j] * load) / Math.min(j + 1, servers);
  }
  return weights;
}

/** Normalising weights of 0 to N customers spread over think time and the included stations. */
function convolve(
  { customers, stations }: ClosedNetwork,
  scalePerSec: number,
  think: Float64Array,
  included: readonly number[],
): Float64Array {
  let weights = think;
  for (const m of included) {
    const { servers } = stations[m];
    const load = stations[m].demandSec * scalePerSec;
    const own = stationWeights(load, servers, Math.min(customers, servers - 1));
    const next = new Float64Array(customers + 1);
    let carried = 0;
    let largest = 0;
    for (let n = 0; n <= customers; n++) {
      carried *= load / servers;
      const last = Math.min(n, own.length - 1);
      for (let j = 0; j <= last; j++) carried += own[j] * (1 - j / servers) * weights[n - j];
      next[n] = carried;
      largest = Math.max(largest, carried);
    }
    for (let n = 0; n <= customers; n++) next[n] /= largest;
    weights = next;
  }
  return weights;
}

/** Mean number at a station, given the weights of all others with think time. */
function meanAt(load: number, servers: number, others: Float64Array): number {
  const customers = others.length - 1;
  const own = stationWeights(load, servers, customers);
  let total = 0;
  let mean = 0;
  for (let j = 0; j <= customers; j++) {
    const weight = own[j] * others[customers - j];
    total += weight;
    mean += j * weight;
  }
  return mean / total;
}
