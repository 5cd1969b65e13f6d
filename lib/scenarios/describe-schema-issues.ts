import type { z } from 'zod';
import { stepNames } from '@/simulations/scenario/step';
import { describePlace, type ValuePath, valueAt } from './describe-place';
import { knownKeys } from './known-keys';
import { nearestName } from './nearest-name';

/** A sentence about the value at a path, or about one of its keys. */
export interface SchemaSentence {
  readonly path: ValuePath;
  /** The key of the mapping at `path` that is meant; null: the value itself. */
  readonly key: string | null;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/**
 * Says in sentences why a value does not fit a schema. Of alternatives the one that the value was
 * meant to be is told: the one whose kind or name it carries.
 */
export function describeSchemaIssues(
  schema: z.core.$ZodType,
  root: unknown,
  issues: readonly Issue[],
): readonly SchemaSentence[] {
  return issues
    .slice(0, maxDescribed)
    .flatMap((issue) => describeIssue({ schema, root }, issue, []));
}

/** More mistakes than a person mends at once. */
const maxDescribed = 200;

interface Described {
  readonly schema: z.core.$ZodType;
  readonly root: unknown;
}

function describeIssue(of: Described, issue: Issue, before: ValuePath): SchemaSentence[] {
  const path = [
    ...before,
    ...issue.path.map((key) => (typeof key === 'number' ? key : String(key))),
  ];
  const value = valueAt(of.root, path);
  const about = (message: string): SchemaSentence[] => [{ path, key: null, message }];
  const place = describePlace(of.root, path);
  const found = capitalised(`${place} is ${describeValue(value)}`);
  switch (issue.code) {
    case 'invalid_type':
      return about(
        `${found}; ${isInfinite(value) ? 'a finite number' : expectation(issue.expected)} is expected.`,
      );
    case 'too_small':
    case 'too_big':
      return about(capitalised(`${place} ${describeBound(issue, value)}`));
    case 'invalid_value':
      return about(`${found}; ${listChoices(issue.values.map(String), value)}`);
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, maxDescribed)
        .map((key) => ({ path, key, message: describeKey(of, path, key) }));
    case 'invalid_key':
      return [{ path: path.slice(0, -1), key: String(path.at(-1)), message: describeName(path) }];
    case 'invalid_union':
      return describeUnion(of, issue, path);
    case 'custom':
      return about(describeCustom(issue.message, value, place));
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
      return about(`${found}, which cannot be read: ${issue.message}.`);
    default:
      return issue satisfies never;
  }
}

/** Of the branches of a union, tells that of the same type as the value, else all that would do. */
function describeUnion(
  of: Described,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: ValuePath,
): SchemaSentence[] {
  const value = valueAt(of.root, path);
  const place = describePlace(of.root, path);
  if ('options' in issue && Array.isArray(issue.options)) {
    const listed = listChoices(issue.options.map(String), value);
    const message = `${place} is ${describeValue(value)}; ${listed}`;
    return [{ path, key: null, message: capitalised(message) }];
  }
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const meant = branches.filter((branch) => !branch.some((one) => isOtherType(one, value)));
  if (meant.length > 0) {
    const [fewest] = meant.toSorted((a, b) => a.length - b.length);
    return fewest.slice(0, maxDescribed).flatMap((one) => describeIssue(of, one, path));
  }
  const types = new Set(branches.flat().map(expectationOf));
  const message = `${place} is ${describeValue(value)}; ${[...types].join(' or ')} is expected.`;
  return [{ path, key: null, message: capitalised(message) }];
}

/** Whether an issue of a branch says that the value as a whole is of another type. */
function isOtherType(issue: Issue, value: unknown): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_type')
    return !(issue.expected === 'int' && typeof value === 'number');
  return issue.code === 'invalid_value' && issue.values.every((one) => typeof one !== typeof value);
}

function expectationOf(issue: Issue): string {
  if (issue.code === 'invalid_type') return expectation(issue.expected);
  return issue.code === 'invalid_value' ? issue.values.join(', ') : 'another value';
}

function expectation(expected: string): string {
  switch (expected) {
    case 'int':
      return 'a whole number';
    case 'array':
      return 'a list';
    case 'object':
    case 'record':
      return 'a mapping';
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    default:
      return `a ${expected}`;
  }
}

function describeValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `the text "${value.slice(0, 80)}"` : String(value);
}

function describeBound(
  issue: Extract<Issue, { code: 'too_small' | 'too_big' }>,
  value: unknown,
): string {
  const isLow = issue.code === 'too_small';
  const bound = isLow ? issue.minimum : issue.maximum;
  if (issue.origin === 'number' || issue.origin === 'int') {
    const inclusive = issue.inclusive !== false;
    const side = inclusive
      ? isLow
        ? 'at least'
        : 'at most'
      : isLow
        ? 'greater than'
        : 'less than';
    return `is ${describeValue(value)}; it must be ${side} ${bound}.`;
  }
  const unit = issue.origin === 'string' ? 'characters' : 'entries';
  const length = Array.isArray(value) || typeof value === 'string' ? value.length : 0;
  return `has ${length} ${unit}; it must have ${isLow ? 'at least' : 'at most'} ${bound}.`;
}

function listChoices(choices: readonly string[], value: unknown): string {
  const nearest = typeof value === 'string' ? nearestName(value, choices) : undefined;
  if (nearest !== undefined) return `did you mean \`${nearest}\`?`;
  return choices.length === 1
    ? `${choices[0]} is expected.`
    : `one of ${choices.join(', ')} is expected.`;
}

function describeKey(of: Described, path: ValuePath, key: string): string {
  const place = path.length === 0 ? 'the scenario' : describePlace(of.root, path);
  const known = knownKeys(of.schema, of.root, path);
  const nearest = nearestName(key, known);
  const hint =
    nearest !== undefined
      ? `did you mean \`${nearest}\`?`
      : known.length > 0
        ? `it takes ${known.join(', ')}.`
        : 'it is not read.';
  return `\`${key.slice(0, 80)}\` is not known in ${place}; ${hint}`;
}

function describeName(path: ValuePath): string {
  return `\`${String(path.at(-1)).slice(0, 80)}\` is no name: a name begins with a letter and holds letters, digits, spaces, - and _, 80 at most.`;
}

/** A refinement speaks for itself; a step without a form is told the nearest one. */
function describeCustom(message: string, value: unknown, place: string): string {
  const isFormless = message.includes('name no step');
  const keys = isFormless && typeof value === 'object' && value !== null ? Object.keys(value) : [];
  for (const key of keys) {
    const nearest = nearestName(key, stepNames);
    if (nearest !== undefined) {
      return `\`${key}\` names no step in ${place}; did you mean \`${nearest}\`?`;
    }
  }
  return message.startsWith('At most')
    ? capitalised(`${place}: ${message}`)
    : `In ${place}: ${message}`;
}

function isInfinite(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
