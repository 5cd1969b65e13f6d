import {
  blocksEveryLaunch,
  type CheckOutcome,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact } from '../../facts';
import type { DependencyMeasure } from '../../measure-dependencies';
import { listNames, shorten, writeValue } from '../../write-fact';

const maxTimeoutSec = 30;

/** A cut-off fires a little late; a call that ends this soon after it was cut off. */
const toleratedOverrunSec = 0.25;

const limitOf = (dependency: DependencyMeasure): number =>
  dependency.declaredTimeoutSec ?? maxTimeoutSec;

const isOver = (dependency: DependencyMeasure): boolean =>
  (dependency.maxDurationSec ?? 0) > limitOf(dependency) + toleratedOverrunSec;

/** LOAD-05. A finished call that took longer than the limit proves that nothing cuts it off. */
export const callTimeouts: ReadinessCheck = {
  id: 'LOAD-05',
  version: '1.0.0',
  area: 'load',
  question: 'Does every external call have a hard timeout of 30 s at most?',
  titles: {
    pass: 'Every external call is cut off in time',
    warn: 'A declared timeout is longer than 30 s',
    fail: 'Calls run past 30 s without being cut off',
    unknown: 'Whether every call is cut off in time is not known',
  },
  severity: blocksEveryLaunch,
  threshold: 'A timeout of at most 30 s declared for every dependency, and no call longer than it',
  remedy:
    'Set a hard timeout of at most 30 s on every model, tool and database call, and stream or split what takes longer.',
  isTraceDerived: true,
  assess: ({ traces }) => (traces === null ? noSessionsOutcome() : judge(traces.dependencies)),
};

function judge(dependencies: readonly DependencyMeasure[]): CheckOutcome {
  const timed = dependencies.reduce((sum, dependency) => sum + dependency.timedCalls, 0);
  const longest = dependencies.find((dependency) => dependency.maxDurationSec !== null);
  const observed = fact(
    'trace.tool.duration_max',
    'Longest call',
    longest?.maxDurationSec ?? null,
    'sec',
    { sample: timed },
  );
  const declared = dependencies.filter((dependency) => dependency.declaredTimeoutSec !== null);
  const evidence = [
    observed,
    fact('config.timeouts', 'Dependencies with a declared timeout', declared.length, 'count', {
      sample: dependencies.length,
      basis: 'declared',
    }),
    ...dependencies
      .slice(0, 5)
      .map((dependency) =>
        fact(
          `trace.tool.duration_max.${shorten(dependency.name)}`,
          `Longest call of ${shorten(dependency.name)}`,
          dependency.maxDurationSec,
          'sec',
          { sample: dependency.timedCalls },
        ),
      ),
  ];
  const common = { basis: 'measured', observed: observedFrom(observed), evidence } as const;

  const over = dependencies.filter(isOver);
  const worst = over[0];
  if (worst !== undefined) {
    const others = over.length > 1 ? `, and ${over.length - 1} more run past their limit` : '';
    return {
      ...common,
      status: 'fail',
      reason: 'not_met',
      detail: `A call of ${shorten(worst.name)} took ${writeValue(worst.maxDurationSec, 'sec')}, past ${writeValue(limitOf(worst), 'sec')}${others}.`,
    };
  }
  if (longest === undefined) {
    return unknownOutcome(
      'not_observable',
      'No call records both its start and its end.',
      'Export spans with start and end times.',
      { evidence },
    );
  }
  const undeclared = dependencies.filter((dependency) => dependency.declaredTimeoutSec === null);
  if (undeclared.length > 0) {
    return unknownOutcome(
      'not_declared',
      `No call took longer than 30 s, but no timeout is declared for ${listNames(undeclared.map(({ name }) => name))}.`,
      'Declare the timeout of each dependency in the system description.',
      { ...common },
    );
  }
  return judgeDeclared(dependencies, common);
}

function judgeDeclared(
  dependencies: readonly DependencyMeasure[],
  common: Pick<CheckOutcome, 'basis' | 'observed' | 'evidence'>,
): CheckOutcome {
  const long = dependencies.filter(({ declaredTimeoutSec }) => (declaredTimeoutSec ?? 0) > 30);
  if (long.length > 0) {
    return {
      ...common,
      basis: 'declared',
      status: 'warn',
      reason: 'near_threshold',
      detail: `The declared timeout of ${listNames(long.map(({ name }) => name))} is longer than 30 s.`,
    };
  }
  return {
    ...common,
    status: 'pass',
    reason: 'met',
    detail: `All ${dependencies.length} dependencies declare a timeout of at most 30 s, and the longest call took ${writeValue(common.observed?.value ?? null, 'sec')}.`,
  };
}
