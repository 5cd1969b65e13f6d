import type { Arrivals } from '../scenario/arrivals';
import { Scenario } from '../scenario/scenario';

/** The parameter that scales the load of all classes at once; 1 is the scenario as it is. */
export const loadFactor = 'load';

/** A number of a scenario that an analysis may change. */
export interface ScenarioParameter {
  /** `load`, or a dotted path such as `resources.database.slots`. */
  readonly path: string;
  readonly value: number;
  readonly isWhole: boolean;
}

const wholeNames = new Set([
  'slots',
  'workers',
  'agents',
  'sessions',
  'nodes',
  'socketsPerNode',
  'concurrency',
  'capacity',
  'partitions',
  'prefetch',
  'overloadAt',
  'maxWaiting',
  'maxMessages',
  'readSlots',
  'writeSlots',
  'attempts',
  'min',
  'max',
  'initial',
  'maxReceives',
  'consecutiveFailures',
  'halfOpenCalls',
  'maxTokens',
  'priority',
]);

/** Branches of a scenario that hold no parameters of the system. */
const passedOver = new Set(['plimsoll', 'slos', 'faults', 'probeSec', 'points', 'values']);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function collect(value: unknown, path: string, into: ScenarioParameter[]): void {
  if (typeof value === 'number') {
    const name = path.slice(path.lastIndexOf('.') + 1);
    into.push({ path, value, isWhole: wholeNames.has(name) });
  } else if (isRecord(value)) {
    for (const [key, field] of Object.entries(value)) {
      if (!passedOver.has(key)) collect(field, path === '' ? key : `${path}.${key}`, into);
    }
  }
}

/** Lists the numbers of resources, policies and arrivals, in the order of the scenario. */
export function listParameters(scenario: Scenario): ScenarioParameter[] {
  const parameters: ScenarioParameter[] = [];
  collect({ resources: scenario.resources }, '', parameters);
  for (const [name, { arrivals, deadlineSec }] of Object.entries(scenario.classes)) {
    collect({ arrivals, deadlineSec }, `classes.${name}`, parameters);
  }
  collect({ breakers: scenario.breakers, retryBudgets: scenario.retryBudgets }, '', parameters);
  return parameters;
}

/** Copies a value with the field at a path replaced. */
function replaceAt(value: unknown, path: readonly string[], field: number): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return field;
  if (!isRecord(value) || !Object.hasOwn(value, key)) {
    throw new RangeError(`Got '${path.join('.')}' when expected a number of the scenario.`);
  }
  const replaced = replaceAt(value[key], rest, field);
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? replaced : item));
  return { ...value, [key]: replaced };
}

function scaleArrivals(arrivals: Arrivals, factor: number): Arrivals {
  const whole = (count: number) => Math.max(1, Math.round(count * factor));
  switch (arrivals.kind) {
    case 'closed':
      return { ...arrivals, agents: whole(arrivals.agents) };
    case 'burst':
      return { ...arrivals, sessions: whole(arrivals.sessions) };
    case 'poisson':
      return { ...arrivals, ratePerSec: arrivals.ratePerSec * factor };
    case 'renewal':
      throw new RangeError(
        'The load of renewal arrivals cannot be scaled: use `poisson`, or vary `gapSec` of the class.',
      );
    case 'recorded':
      throw new RangeError(
        'The load of recorded arrivals cannot be scaled: use `poisson` or `profile` for such a class.',
      );
    case 'modulated':
      return {
        ...arrivals,
        states: arrivals.states.map((s) => ({ ...s, ratePerSec: s.ratePerSec * factor })),
      };
    case 'profile':
      return {
        ...arrivals,
        points: arrivals.points.map((p) => ({ ...p, ratePerSec: p.ratePerSec * factor })),
      };
    case 'sinusoid':
      return {
        ...arrivals,
        meanPerSec: arrivals.meanPerSec * factor,
        amplitudePerSec: arrivals.amplitudePerSec * factor,
      };
    case 'ramp':
      return {
        ...arrivals,
        fromPerSec: arrivals.fromPerSec * factor,
        toPerSec: arrivals.toPerSec * factor,
      };
    case 'spike':
      return {
        ...arrivals,
        basePerSec: arrivals.basePerSec * factor,
        peakPerSec: arrivals.peakPerSec * factor,
      };
    default:
      return arrivals satisfies never;
  }
}

/**
 * A scenario with one number changed; everything else, seed included, stays, so that two of them are
 * compared on common random streams.
 *
 * @param path `load`, or a dotted path from {@link listParameters}
 * @throws RangeError when there is no such number, or the scenario cannot hold the value
 */
export function withParameter(scenario: Scenario, path: string, value: number): Scenario {
  if (path === loadFactor) {
    const classes = Object.fromEntries(
      Object.entries(scenario.classes).map(([name, sessionClass]) => [
        name,
        { ...sessionClass, arrivals: scaleArrivals(sessionClass.arrivals, value) },
      ]),
    );
    return { ...scenario, classes };
  }
  const parsed = Scenario.safeParse(replaceAt(scenario, path.split('.'), value));
  if (parsed.success) return parsed.data;
  throw new RangeError(
    `The scenario cannot hold ${value} for '${path}': ${parsed.error.issues[0].message}`,
  );
}

/** The present value of a parameter; 1 for the load. */
export function parameterValue(scenario: Scenario, path: string): number {
  if (path === loadFactor) return 1;
  const found = listParameters(scenario).find((parameter) => parameter.path === path);
  if (found === undefined) {
    throw new RangeError(`Got '${path}' when expected a number of the scenario.`);
  }
  return found.value;
}

/** Whether a parameter takes whole numbers alone. */
export function isWholeParameter(path: string): boolean {
  return wholeNames.has(path.slice(path.lastIndexOf('.') + 1));
}
