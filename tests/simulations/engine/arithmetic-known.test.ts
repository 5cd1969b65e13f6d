import { describe, expect, test } from 'vitest';
import type { Step } from '@/simulations/scenario/step';
import { numberAfter } from '../analytic/answer-parts';
import { assertKnownResult, knownModels, playReplications } from '../assert-known-result';
import { parameterOf } from '../known-results';

describe('threads that take several connections one after the other (V3)', () => {
  test.for(knownModels('V3'))('%s', ([model, rows]) => {
    const threads = parameterOf(model, 'T');
    const connections = numberAfter(model, 'threads, ');
    const program = Array.from({ length: connections }, (): Step[] => [
      { acquire: 'pool' },
      { delay: 1 },
    ]).flat();
    const unfinished = (slots: number) =>
      playReplications(
        {
          horizonSec: 1_000,
          resources: { pool: { kind: 'pool', slots } },
          classes: { threads: { arrivals: { kind: 'burst', sessions: threads }, program } },
        },
        { replications: 1, cutWindows: 0 },
      )[0].replication.unfinishedSessions[0];
    for (const { quantity, value } of rows) {
      expect(quantity).toBe('pool');
      expect(unfinished(value), 'with as many as they need').toBe(0);
      expect(unfinished(value - 1), 'with one fewer they wait for each other for good').toBe(
        threads,
      );
    }
  });
});

describe('a long tail (X2)', () => {
  test.for(knownModels('X2'))('%s', ([model, rows]) => {
    const law = { law: 'lognormal' as const, median: numberAfter(model, 'median '), p99: 10 };
    expect(model).toContain('p99 10');
    const ratePerSec = 0.3;
    const meanOf = Number(rows.find(({ quantity }) => quantity === 'mean')?.value);
    const load = ratePerSec * meanOf;
    assertKnownResult(
      {
        horizonSec: 100_000,
        resources: { server: { kind: 'pool', slots: 1 } },
        classes: {
          alone: { arrivals: { kind: 'poisson', ratePerSec }, program: [{ delay: law }] },
          queued: {
            arrivals: { kind: 'poisson', ratePerSec },
            program: [{ use: 'server', forSec: law }],
          },
        },
      },
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: (kept) => {
          if (quantity === 'mean') return kept.sessions('alone').samples('responseSec').mean;
          expect(quantity).toContain('residual');
          // An arrival that finds the server busy meets the residual: Wq = load · residual ÷ (1 − load).
          const waitSec = kept.station('server').samples('waitSecByClass').mean;
          return (waitSec * (1 - load)) / load;
        },
      })),
    );
  });
});
