import fc from 'fast-check';
import { Scenario } from '@/simulations/scenario/scenario';

const horizonSec = 60;

const exponential = (mean: number) => ({ law: 'exponential', mean });
const meanSec = fc.constantFrom(0.2, 0.5, 1, 2);
const law = fc.oneof(meanSec.map(exponential), fc.constantFrom(0, 0.5, 1));
const pool = fc.constantFrom('one', 'few');

type StepLiteral = Record<string, unknown>;

const retry = fc.record({
  attempts: fc.constantFrom(1, 2, 3),
  delaySec: fc.constantFrom(0.25, exponential(0.5)),
});

/** Random steps; with `isHeard` nobody leaves work that goes on without being waited for. */
function stepsOf(isHeard: boolean): fc.Arbitrary<StepLiteral[]> {
  const leaf: fc.Arbitrary<StepLiteral> = fc.oneof(
    law.map((delay) => ({ delay })),
    fc.record({ use: pool, forSec: law }),
    fc.record({ use: pool, forSec: law, hold: fc.constantFrom('turn', 'session') }),
    pool.map((acquire) => ({ acquire })),
    pool.map((release) => ({ release })),
    fc.constantFrom(0.1, 0.5).map((probability) => ({ fail: 'error', probability })),
  );
  const { steps } = fc.letrec<{ steps: StepLiteral[]; step: StepLiteral }>((tie) => ({
    steps: fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
    step: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      leaf,
      fc.record({ turn: tie('steps') }),
      fc.record({
        repeat: fc.constantFrom<unknown>(0, 2, { law: 'geometric', mean: 2 }),
        steps: tie('steps'),
      }),
      tie('steps').chain((first) =>
        tie('steps').map((second) => ({
          choose: [
            { weight: 1, steps: first },
            { weight: 2, steps: second },
          ],
        })),
      ),
      fc.record({
        parallel: fc.array(tie('steps'), { minLength: 1, maxLength: 2 }),
        count: fc.constantFrom(0, 1, 2),
        join: fc.constantFrom('all', 'first'),
        cancelRest: isHeard ? fc.constant(true) : fc.boolean(),
      }),
      fc.record({
        attempt: fc.constantFrom('call', 'other call'),
        steps: tie('steps'),
        timeoutSec: fc.constantFrom<unknown>(0.5, 2, exponential(1)),
        afterTimeout: isHeard
          ? fc.constant('cancelled')
          : fc.constantFrom('cancelled', 'continues'),
        retry,
      }),
    ),
  }));
  return steps;
}

const arrivals = fc.oneof(
  fc.constantFrom(0.3, 1).map((ratePerSec) => ({ kind: 'poisson', ratePerSec })),
  fc.constantFrom(1, 3).map((agents) => ({ kind: 'closed', agents, restSec: exponential(2) })),
);

const deadline = fc.constantFrom(
  {},
  { deadlineSec: 8 },
  { deadlineSec: 5, atDeadline: 'cancelled' },
);

function classOf(isHeard: boolean) {
  return fc
    .record({ arrivals, program: stepsOf(isHeard), deadline })
    .map(({ deadline: limits, ...sessionClass }) => ({ ...sessionClass, ...limits }));
}

const acquireTimeout = fc.constantFrom({}, { acquireTimeoutSec: 1 });

/**
 * Random scenarios of two classes that share two pools, with forks, attempts, timeouts, choices, loops,
 * turns, holds, failures and deadlines. Deadlocks are among them.
 *
 * @param isHeard whether all work has someone who waits for it
 */
export function randomScenario(isHeard: boolean): fc.Arbitrary<Scenario> {
  return fc
    .record({
      first: classOf(isHeard),
      second: classOf(isHeard),
      one: acquireTimeout,
      few: acquireTimeout,
    })
    .map(({ first, second, one, few }) =>
      Scenario.parse({
        plimsoll: 1,
        name: 'Random',
        horizonSec,
        resources: {
          one: { kind: 'pool', slots: 1, ...one },
          few: { kind: 'pool', slots: 3, ...few },
        },
        classes: { first, second },
      }),
    );
}
