import { describe, test } from 'vitest';
import { assertKnownResult, knownModels } from '../assert-known-result';
import { parameterOf } from '../known-results';

/** Calls of a session; a breaker that has not opened by then is one in ten thousand. */
const callsPerSession = 600;

describe('calls until a breaker opens (V1)', () => {
  test.for(knownModels('V1'))('%s', ([model, rows]) => {
    assertKnownResult(
      {
        horizonSec: 100,
        resources: {},
        breakers: {
          guard: {
            consecutiveFailures: parameterOf(model, 'n'),
            scope: 'session',
            openSec: 1e6,
          },
        },
        classes: {
          clients: {
            arrivals: { kind: 'burst', sessions: 100 },
            program: [
              {
                repeat: callsPerSession,
                steps: [
                  {
                    attempt: 'call',
                    breaker: 'guard',
                    steps: [{ fail: 'error', probability: parameterOf(model, 'p') }],
                    fallback: [],
                  },
                ],
              },
            ],
          },
        },
      },
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: (kept) => {
          const block = kept.block('call');
          return (block.sum('attempts') - block.failures('circuit_open')) / 100;
        },
      })),
      { cutWindows: 0 },
    );
  });
});
