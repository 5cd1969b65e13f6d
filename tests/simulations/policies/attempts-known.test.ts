import { describe, test } from 'vitest';
import { numberAfter } from '../analytic/answer-parts';
import { assertKnownResult, type KeptReplication, knownModels } from '../assert-known-result';
import { parameterOf } from '../known-results';

const exponential = (mean: number) => ({ law: 'exponential' as const, mean });

function attemptsPerCall(kept: KeptReplication): number {
  const block = kept.block('call');
  return block.sum('attempts') / block.sum('calls');
}

function successShare(kept: KeptReplication): number {
  const block = kept.block('call');
  return block.sum('succeeded') / block.sum('calls');
}

describe('attempts that fail by themselves (N1)', () => {
  test.for(knownModels('N1'))('%s', ([model, rows]) => {
    const failing = parameterOf(model, 'p');
    const attempts = parameterOf(model, 'n');
    assertKnownResult(
      {
        horizonSec: 5_000,
        resources: {},
        classes: {
          clients: {
            arrivals: { kind: 'poisson', ratePerSec: 1 },
            program: [
              {
                attempt: 'call',
                steps: [{ fail: 'error', probability: failing }],
                retry: { attempts },
              },
            ],
          },
        },
      },
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: quantity === 'success' ? successShare : attemptsPerCall,
      })),
    );
  });
});

/** Share of time with all slots taken: what a first attempt meets, as it comes by a Poisson process. */
function shareOfTimeBusy(kept: KeptReplication, slots: number): number {
  const windows = kept.replication.stationWindows[0].slice(2);
  const busySec = windows.reduce(
    (sum, { timeSecByInUse, firstInUse }) => sum + (timeSecByInUse[slots - firstInUse] ?? 0),
    0,
  );
  return busySec / windows.reduce((sum, { durationSec }) => sum + durationSec, 0);
}

describe.each(['N2', 'N3'])('clients that come again when all servers are taken (%s)', (group) => {
  test.for(knownModels(group))('%s', ([model, rows]) => {
    const slots = numberAfter(model, 'M/M/');
    assertKnownResult(
      {
        horizonSec: group === 'N2' ? 20_000 : 5_000,
        resources: { servers: { kind: 'pool', slots, admission: { maxWaiting: 0 } } },
        classes: {
          clients: {
            arrivals: { kind: 'poisson', ratePerSec: parameterOf(model, 'lam') },
            program: [
              {
                attempt: 'call',
                steps: [{ use: 'servers', forSec: exponential(1 / parameterOf(model, 'mu')) }],
                retry: {
                  attempts: 'unlimited',
                  delaySec: exponential(1 / parameterOf(model, 'nu')),
                },
              },
            ],
          },
        },
      },
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: (kept) =>
          quantity === 'E[orbit]'
            ? kept.block('call').mean('backingOffIntegralSec')
            : shareOfTimeBusy(kept, slots),
      })),
    );
  });
});
