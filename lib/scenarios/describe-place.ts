import { stepNames } from '@/simulations/scenario/step';

/** Keys and indexes from the root of a scenario to a value. */
export type ValuePath = readonly (string | number)[];

/** What the entries of a list or record at the top of a scenario are called. */
const sections = new Map([
  ['resources', 'resource'],
  ['classes', 'class'],
  ['breakers', 'breaker'],
  ['retryBudgets', 'retry budget'],
  ['faults', 'fault'],
  ['slos', 'objective'],
]);

/** The value at a path of nested plain values; undefined where there is none. */
export function valueAt(root: unknown, path: ValuePath): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** What holds the entry of a section: `` resource `database` ``, `fault 2`, or the scenario. */
function describeSection(path: ValuePath): string | null {
  const section = sections.get(String(path[0]));
  if (section === undefined || path.length < 2) return null;
  const key = path[1];
  return typeof key === 'number' ? `${section} ${key + 1}` : `${section} \`${key}\``;
}

/** Where the innermost step on a path ends in it, and the step in short: `` `use: database` ``. */
function findStep(
  root: unknown,
  path: ValuePath,
): { readonly end: number; readonly text: string } | null {
  for (let end = path.length; end > 2; end--) {
    if (typeof path[end - 1] !== 'number') continue;
    const step = valueAt(root, path.slice(0, end));
    if (typeof step !== 'object' || step === null) continue;
    const name = Object.keys(step).find((key) => stepNames.includes(key));
    if (name === undefined) continue;
    const named = Reflect.get(step, name);
    const text = typeof named === 'string' ? `${name}: ${named.slice(0, 80)}` : name;
    return { end, text: `step \`${text}\`` };
  }
  return null;
}

function dotted(path: ValuePath): string {
  const text = path
    .map((key, index) => (typeof key === 'number' ? `[${key + 1}]` : index === 0 ? key : `.${key}`))
    .join('');
  return `\`${text}\``;
}

/**
 * Says in words what a path means: `` `slots` of resource `database` ``, `` `forSec` of step
 * `use: database` in class `agent` ``. List places count from 1.
 */
export function describePlace(root: unknown, path: ValuePath): string {
  if (path.length === 0) return 'The scenario';
  const section = describeSection(path);
  if (section === null) return dotted(path);
  const step = findStep(root, path);
  if (step !== null) {
    const whole = `${step.text} in ${section}`;
    return step.end === path.length ? whole : `${dotted(path.slice(step.end))} of ${whole}`;
  }
  return path.length === 2 ? section : `${dotted(path.slice(2))} of ${section}`;
}
