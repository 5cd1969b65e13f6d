import { lowerFirst } from './lower-first';

/**
 * A constraint's name in the middle of a sentence: `Database pool: wait target` becomes
 * `database pool (wait target)`.
 */
export function nameConstraint(name: string): string {
  const [subject = name, ...aspect] = name.split(': ');
  const rest = aspect.join(': ');
  return rest === '' ? lowerFirst(subject) : `${lowerFirst(subject)} (${lowerFirst(rest)})`;
}

/**
 * Names without the subject they all share (`Database pool: `), for labels that stand side by side.
 *
 * @returns the names as they are where there is only one, or where their subjects differ
 */
export function stripSharedSubject(names: readonly string[]): readonly string[] {
  const subjects = new Set(names.map((name) => name.split(': ')[0]));
  const [subject] = subjects;
  if (names.length < 2 || subjects.size !== 1 || subject === undefined) return names;
  if (!names.every((name) => name.startsWith(`${subject}: `))) return names;
  return names.map((name) => {
    const aspect = name.slice(subject.length + 2);
    return aspect.charAt(0).toUpperCase() + aspect.slice(1);
  });
}
