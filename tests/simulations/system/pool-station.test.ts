import { describe, test } from 'vitest';
import {
  assertKnownResult,
  type KnownQuantity,
  knownModels,
  type ScenarioLiteral,
} from '../assert-known-result';
import { type KnownResult, parameterOf } from '../known-results';

/** How each quantity of an M/M/c row is read off a replication of `pool` and `sessions`. */
const measures: Record<string, KnownQuantity['measure']> = {
  L: (kept) => kept.sessions('sessions').mean('inProgressIntegralSec'),
  Lq: (kept) => kept.station('pool').mean('waitingIntegralSec'),
  W: (kept) => kept.sessions('sessions').samples('responseSec').mean,
  Wq: (kept) => kept.station('pool').samples('waitSecByClass').mean,
  'p50 sojourn': (kept) => kept.sessions('sessions').samples('responseSec').quantile(0.5),
  'p95 sojourn': (kept) => kept.sessions('sessions').samples('responseSec').quantile(0.95),
  'p99 sojourn': (kept) => kept.sessions('sessions').samples('responseSec').quantile(0.99),
  'p95 wait': (kept) => kept.station('pool').samples('waitSecByClass').quantile(0.95),
  'p99 wait': (kept) => kept.station('pool').samples('waitSecByClass').quantile(0.99),
  'P(wait)=ErlangC': (kept) => {
    const waits = kept.station('pool').samples('waitSecByClass').toState();
    return 1 - waits.zeroCount / waits.count;
  },
  'Var N': (kept) => {
    const sessions = kept.sessions('sessions');
    return (
      sessions.mean('inProgressSquaredIntegralSec') - sessions.mean('inProgressIntegralSec') ** 2
    );
  },
};

function queue(slots: number, ratePerSec: number, customers: number): ScenarioLiteral {
  return {
    horizonSec: customers / ratePerSec,
    resources: { pool: { kind: 'pool', slots } },
    classes: {
      sessions: {
        arrivals: { kind: 'poisson', ratePerSec },
        program: [{ use: 'pool', forSec: { law: 'exponential', mean: 1 } }],
      },
    },
  };
}

function quantitiesOf(rows: readonly KnownResult[]): KnownQuantity[] {
  return rows.map(({ quantity, value }) => ({ quantity, value, measure: measures[quantity] }));
}

describe('a plain pool', () => {
  test.for(knownModels('A1'))('%s', ([model, rows]) => {
    const scenario = queue(1, parameterOf(model, 'lam'), 40_000);
    // The variance of one path is biased by the correlation within it: no more than 3 % here.
    const quantities = quantitiesOf(rows).map((known) =>
      known.quantity === 'Var N' ? { ...known, tolerance: 0.6 } : known,
    );
    assertKnownResult(scenario, quantities, { replications: 30 });
  });

  test.for(knownModels('B1'))('%s', ([model, rows]) => {
    const slots = Number(/M\/M\/(\d+)/.exec(model)?.[1]);
    // Many slots come and go from saturation slowly, and there are more customers to the second.
    const customers = slots < 100 ? 30_000 : 100_000;
    assertKnownResult(queue(slots, parameterOf(model, 'lam'), customers), quantitiesOf(rows));
  });
});
