import { errorFunction, gammaln } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '@/lib/stats/random-stream';
import { lawMoments } from '@/simulations/analytic/law-moments';
import { compileLaw } from '@/simulations/engine/compile-law';
import { LawTable } from '@/simulations/engine/law-table';
import { Law } from '@/simulations/scenario/law';

function drawMany(law: Law, count: number, key: number | string): Float64Array {
  const table = new LawTable();
  const site = table.add(compileLaw(law), [2026, key]);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    table.draw(site);
    values[i] = table.drawn[0];
  }
  return values;
}

const finiteLaws: readonly Law[] = [
  { law: 'exponential', mean: 2 },
  { law: 'uniform', min: 3, max: 7 },
  { law: 'normal', mean: 5, sd: 1, below: 'redraw' },
  { law: 'normal', mean: 1, sd: 2, below: 'redraw' },
  { law: 'normal', mean: 0, sd: 1, below: 'redraw' },
  { law: 'normal', mean: 1, sd: 2, below: 'reflect' },
  { law: 'lognormal', mean: 2, cv: 0.7 },
  { law: 'lognormal', median: 1, p99: 4 },
  { law: 'lognormal', median: 3, sigma: 0.4 },
  { law: 'gamma', mean: 2, cv: 0.5 },
  { law: 'gamma', mean: 2, cv: 2 },
  { law: 'erlang', mean: 3, stages: 4 },
  { law: 'hyperexponential', mean: 1, cv: 2 },
  { law: 'weibull', mean: 2, shape: 0.8 },
  { law: 'weibull', mean: 2, shape: 3 },
  { law: 'pareto', min: 1, shape: 9 },
  { law: 'pareto', min: 1, shape: 1, max: 20 },
  { law: 'pareto', min: 1, shape: 2, max: 20 },
  { law: 'pareto', min: 2, shape: 1.3, max: 20 },
  { law: 'empirical', values: [1, 4, 4, 9] },
  { law: 'zipf', items: 1000, exponent: 0.8 },
  { law: 'zipf', items: 1000, exponent: 0 },
  { law: 'geometric', mean: 8 },
  { law: 'poisson', mean: 0.3 },
  { law: 'poisson', mean: 4 },
  { law: 'poisson', mean: 300_000 },
  {
    law: 'mixture',
    of: [
      { weight: 1, law: 4 },
      { weight: 2, law: { law: 'exponential', mean: 3 } },
      { weight: 1, law: { law: 'mixture', of: [{ weight: 5, law: { law: 'poisson', mean: 2 } }] } },
    ],
  },
];

describe('moments of the draws', () => {
  test.each(finiteLaws)('%j: mean and variance within four standard errors', (law) => {
    const n = 200_000;
    const values = drawMany(law, n, 'moments');
    const { mean, variance } = lawMoments(law);
    let sum = 0;
    let squares = 0;
    let fourths = 0;
    for (const value of values) {
      const square = (value - mean) ** 2;
      sum += value;
      squares += square;
      fourths += square * square;
    }
    expect(Math.abs(sum / n - mean) / Math.sqrt(variance / n)).toBeLessThan(4);
    const varianceOfSquares = fourths / n - (squares / n) ** 2;
    expect(Math.abs(squares / n - variance) / Math.sqrt(varianceOfSquares / n)).toBeLessThan(4);
  });

  test('laws without spread draw their value', () => {
    for (const law of [
      1.5,
      { law: 'constant', value: 1.5 },
      { law: 'gamma', mean: 1.5, cv: 0 },
      { law: 'normal', mean: 1.5, sd: 0, below: 'redraw' },
      { law: 'uniform', min: 1.5, max: 1.5 },
      { law: 'mixture', of: [{ weight: 3, law: 1.5 }] },
    ] satisfies Law[]) {
      expect(new Set(drawMany(law, 100, 0))).toEqual(new Set([1.5]));
      expect(lawMoments(law)).toEqual({ mean: 1.5, variance: 0, scv: 0 });
    }
  });
});

const normalCdf = (z: number) => 0.5 * (1 + errorFunction(z / Math.SQRT2));

/** Regularised lower incomplete gamma function by its series of positive terms. */
function gammaCdf(shape: number, x: number): number {
  let term = Math.exp(shape * Math.log(x) - x - gammaln(shape + 1));
  let sum = term;
  for (let n = 1; term > 1e-14 * sum; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

const closedCdfs: readonly (readonly [law: Law, cdf: (x: number) => number])[] = [
  [{ law: 'exponential', mean: 2 }, (x) => -Math.expm1(-x / 2)],
  [{ law: 'uniform', min: 2, max: 6 }, (x) => (x - 2) / 4],
  [{ law: 'normal', mean: 50, sd: 2, below: 'redraw' }, (x) => normalCdf((x - 50) / 2)],
  [
    { law: 'normal', mean: 1, sd: 2, below: 'redraw' },
    (x) => (normalCdf((x - 1) / 2) - normalCdf(-0.5)) / normalCdf(0.5),
  ],
  [
    { law: 'normal', mean: 1, sd: 2, below: 'reflect' },
    (x) => normalCdf((x - 1) / 2) - normalCdf((-x - 1) / 2),
  ],
  [{ law: 'lognormal', median: 3, sigma: 1.5 }, (x) => normalCdf(Math.log(x / 3) / 1.5)],
  [
    { law: 'lognormal', mean: 1, cv: 4 },
    (x) => normalCdf((Math.log(x) + Math.log(17) / 2) / Math.sqrt(Math.log(17))),
  ],
  [
    { law: 'lognormal', median: 1, p99: 10 },
    (x) => normalCdf((Math.log(x) * 2.3263478740408408) / Math.log(10)),
  ],
  [{ law: 'gamma', mean: 1, cv: 0.5 }, (x) => gammaCdf(4, 4 * x)],
  [{ law: 'gamma', mean: 1, cv: 3 }, (x) => gammaCdf(1 / 9, x / 9)],
  [{ law: 'erlang', mean: 1, stages: 2 }, (x) => 1 - Math.exp(-2 * x) * (1 + 2 * x)],
  [
    { law: 'hyperexponential', mean: 1, cv: Math.sqrt(7) }, // square root of (7 − 1)/(7 + 1) is √3/2
    (x) => {
      const p = (1 + Math.sqrt(0.75)) / 2;
      return 1 - p * Math.exp(-2 * p * x) - (1 - p) * Math.exp(-2 * (1 - p) * x);
    },
  ],
  [{ law: 'weibull', mean: 2, shape: 0.5 }, (x) => -Math.expm1(-Math.sqrt(x))], // Γ(3) = 2
  [{ law: 'pareto', min: 2, shape: 0.8 }, (x) => 1 - (2 / x) ** 0.8],
  [
    { law: 'pareto', min: 2, shape: 0.8, max: 50 },
    (x) => (1 - (2 / x) ** 0.8) / (1 - (2 / 50) ** 0.8),
  ],
];

describe('distribution of the draws', () => {
  test.each(closedCdfs)('%j: Kolmogorov–Smirnov against the closed form', (law, cdf) => {
    const n = 100_000;
    const values = drawMany(law, n, 'ks').sort();
    let distance = 0;
    for (let i = 0; i < n; i++) {
      const p = cdf(values[i]);
      distance = Math.max(distance, p - i / n, (i + 1) / n - p);
    }
    expect(distance * Math.sqrt(n)).toBeLessThan(1.95); // exceeded once in a thousand
  });

  /** Bins of equal probability so many and draws so many that a slip of 1 % in a layer shows. */
  function excessOfChiSquare(binOf: (value: number) => number, law: Law): number {
    const bins = 1000;
    const n = 3_000_000;
    const counts = new Float64Array(bins);
    for (const value of drawMany(law, n, 'wedge')) counts[Math.floor(binOf(value) * bins)]++;
    const expected = n / bins;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    return (chiSquare - (bins - 1)) / Math.sqrt(2 * (bins - 1));
  }

  test('layers and wedges of the exponential ziggurat lie under the density', () => {
    const excess = excessOfChiSquare((x) => -Math.expm1(-x), { law: 'exponential', mean: 1 });
    expect(excess).toBeLessThan(4);
  });

  test('layers and wedges of the normal ziggurat lie under the density', () => {
    const law: Law = { law: 'normal', mean: 50, sd: 1, below: 'redraw' };
    expect(excessOfChiSquare((x) => normalCdf(x - 50), law)).toBeLessThan(4);
  });

  /** The values at or beyond a distance from a centre, of many draws. */
  function drawTail(law: Law, n: number, centre: number, from: number): number[] {
    const table = new LawTable();
    const site = table.add(compileLaw(law), ['tail']);
    const found: number[] = [];
    for (let i = 0; i < n; i++) {
      table.draw(site);
      const value = table.drawn[0] - centre;
      if (value >= from || value <= -from) found.push(value);
    }
    return found;
  }

  test('the tail beyond the exponential ziggurat has its weight and shape', () => {
    const n = 10_000_000;
    const tail = drawTail({ law: 'exponential', mean: 1 }, n, 0, 7.697117470131049);
    for (const from of [7.697117470131049, 8, 9]) {
      const expected = n * Math.exp(-from);
      const found = tail.filter((x) => x > from);
      expect(Math.abs(found.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
      const excess = found.reduce((sum, x) => sum + x - from, 0) / found.length;
      expect(Math.abs(excess - 1)).toBeLessThan(4 / Math.sqrt(found.length));
    }
  });

  test('the tails beyond the normal ziggurat have their weight and shape', () => {
    const n = 10_000_000;
    const start = 3.654152885361009;
    const law: Law = { law: 'normal', mean: 50, sd: 1, below: 'redraw' };
    const tail = drawTail(law, n, 50, start);
    for (const [from, probability] of [
      [start, 2.580324876539013e-4],
      [4, 6.334248366623993e-5],
    ] as const) {
      const expected = (n * probability) / 2;
      for (const sign of [1, -1]) {
        const count = tail.filter((x) => sign * x > from).length;
        expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
      }
    }
    // Mean excess over r is φ(r) / Q(r) − r, the mean square excess 1 − r · (mean excess).
    const density = Math.exp(-0.5 * start * start) / Math.sqrt(2 * Math.PI);
    const meanExcess = density / (2.580324876539013e-4 / 2) - start;
    const variance = 1 - start * meanExcess - meanExcess ** 2;
    const excess = tail.reduce((sum, x) => sum + Math.abs(x) - start, 0) / tail.length;
    expect(Math.abs(excess - meanExcess)).toBeLessThan(4 * Math.sqrt(variance / tail.length));
  });

  const poisson = (mean: number, i: number) => Math.exp(i * Math.log(mean) - mean - gammaln(i + 1));
  test.each<readonly [Law, number, (i: number) => number]>([
    [{ law: 'zipf', items: 50, exponent: 0.9 }, 50, (i) => (i + 1) ** -0.9],
    [{ law: 'zipf', items: 50, exponent: 0 }, 50, () => 1],
    [{ law: 'zipf', items: 30, exponent: 2 }, 30, (i) => (i + 1) ** -2],
    [{ law: 'geometric', mean: 3 }, 25, (i) => (i === 0 ? 0 : (2 / 3) ** (i - 1) / 3)],
    [{ law: 'poisson', mean: 4 }, 16, (i) => poisson(4, i)],
    [{ law: 'poisson', mean: 60 }, 100, (i) => poisson(60, i)],
    [{ law: 'empirical', values: [0, 1, 1, 3] }, 4, (i) => [1, 2, 0, 1][i]],
    [
      { law: 'mixture', of: [1, 2, 3, 4, 90].map((weight, i) => ({ weight, law: i })) },
      5,
      (i) => [1, 2, 3, 4, 90][i],
    ],
  ])('%j: chi-square against its probabilities', (law, outcomes, weightOf) => {
    const n = 200_000;
    const weights = Float64Array.from({ length: outcomes }, (_, i) => weightOf(i));
    const counts = new Float64Array(outcomes);
    let inside = 0;
    for (const value of drawMany(law, n, 'chi')) {
      if (value >= outcomes) continue;
      counts[value]++;
      inside++;
    }
    expect(inside / n).toBeGreaterThan(0.999);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    let chiSquare = 0;
    let bins = 0;
    weights.forEach((weight, i) => {
      const expected = (inside * weight) / sum;
      if (weight === 0) expect(counts[i]).toBe(0);
      if (expected < 5) return;
      chiSquare += (counts[i] - expected) ** 2 / expected;
      bins++;
    });
    expect((chiSquare - (bins - 1)) / Math.sqrt(2 * (bins - 1))).toBeLessThan(4);
  });

  test.each<Law>([
    { law: 'lognormal', median: 1e-12, p99: 1e15 },
    { law: 'lognormal', mean: 1e15, cv: 100 },
    { law: 'lognormal', median: 1e15, sigma: 10 },
    { law: 'gamma', mean: 1e15, cv: 100 },
    { law: 'gamma', mean: 1, cv: 1e-9 },
    { law: 'erlang', mean: 1, stages: 10_000 },
    { law: 'hyperexponential', mean: 1e15, cv: 100 },
    { law: 'weibull', mean: 1e15, shape: 0.1 },
    { law: 'weibull', mean: 1e15, shape: 1000 },
    { law: 'pareto', min: 1e15, shape: 0.1 },
    { law: 'pareto', min: 1e-12, shape: 0.1, max: 1e15 },
    { law: 'pareto', min: 1e-12, shape: 1000, max: 1e15 },
    { law: 'zipf', items: 1, exponent: 1 },
    { law: 'zipf', items: 1_000_000, exponent: 100 },
    { law: 'geometric', mean: 1 },
    { law: 'geometric', mean: 1e9 },
    { law: 'poisson', mean: 0 },
    { law: 'poisson', mean: 1_000_000 },
  ])('%j: draws at the edge of the schema are finite and not negative', (law) => {
    expect(Law.safeParse(law).success).toBe(true);
    for (const value of drawMany(law, 20_000, 'edge')) {
      if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) expect.fail(`drew ${value}`);
    }
  });
});

describe('streams of use sites', () => {
  const laws = finiteLaws.slice(0, 12).map(compileLaw);

  /** First draws of the sites that are named, in a table where they stand among the others. */
  function drawAmong(named: readonly number[], others: number): number[][] {
    const table = new LawTable();
    const compiled = compileLaw({ law: 'exponential', mean: 1 });
    const sites = named.map((i) => {
      for (let k = 0; k < others; k++) table.add(compiled, ['other', i, k]);
      return table.add(laws[i], ['named', i]);
    });
    const drawn: number[][] = named.map(() => []);
    for (let round = 0; round < 200; round++) {
      for (let site = 0; site < named.length; site++) {
        table.draw(sites[site]);
        drawn[site].push(table.drawn[0]);
        for (let k = 1; k <= others; k++) table.draw(sites[site] - k);
      }
    }
    return drawn;
  }

  test('another use site, even one that makes the table grow, leaves all draws as they were', () => {
    const all = laws.map((_, i) => i);
    const alone = drawAmong(all, 0);
    expect(drawAmong(all, 5)).toEqual(alone);
    expect(drawAmong([3, 7], 0)).toEqual([alone[3], alone[7]]);
    expect(new Set(alone.map((values) => values[0])).size).toBe(laws.length);
  });

  test('equal keys draw equal bytes in every replication, and any other key draws others', () => {
    for (const law of finiteLaws) {
      const compiled = compileLaw(law);
      const [first, again, other] = [5, 5, 6].map((replication) => {
        const table = new LawTable();
        const site = table.add(compiled, [1, replication, 'service', 2 ** 40]);
        return Array.from({ length: 300 }, () => {
          table.draw(site);
          return table.drawn[0];
        });
      });
      expect(again).toEqual(first);
      expect(other).not.toEqual(first);
    }
  });

  test('uniforms have 53 bits, of which the first 32 are the stream of the same key', () => {
    const table = new LawTable();
    const site = table.add(compileLaw(1), [7, 0, 'faults', 3]);
    const stream = new RandomStream([7, 0, 'faults', 3]);
    let low = 0;
    const n = 10_000;
    for (let i = 0; i < n; i++) {
      table.drawFloat(site);
      const scaled = table.drawn[0] * 2 ** 32;
      expect(Math.floor(scaled)).toBe(stream.nextUint32());
      low += scaled - Math.floor(scaled);
    }
    expect(Math.abs(low / n - 0.5)).toBeLessThan(4 / Math.sqrt(12 * n));
  });

  test('neighbouring draws of one stream and of neighbouring streams are uncorrelated', () => {
    const n = 100_000;
    const one = drawMany({ law: 'exponential', mean: 1 }, n, 1);
    const next = drawMany({ law: 'exponential', mean: 1 }, n, 2);
    let lag = 0;
    let across = 0;
    for (let i = 1; i < n; i++) {
      lag += (one[i] - 1) * (one[i - 1] - 1);
      across += (one[i] - 1) * (next[i] - 1);
    }
    expect(Math.abs(lag) / Math.sqrt(n)).toBeLessThan(4);
    expect(Math.abs(across) / Math.sqrt(n)).toBeLessThan(4);
  });
});
