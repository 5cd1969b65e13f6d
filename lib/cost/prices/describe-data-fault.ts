import type { z } from 'zod';

/** What is wrong with data of a price book, and where. */
export interface DataFault {
  readonly path: string;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** The issue of the alternative that came furthest, with its whole path. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flatMap((alternative) => alternative.map(deepest))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] };
}

const idLengthMax = 100;

/** Ids of the provider and the model that a path leads through, as the data names them. */
function nameOwners(value: unknown, path: readonly PropertyKey[]): string[] {
  const ids: string[] = [];
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) break;
    at = Reflect.get(at, key);
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, 'id')) continue;
    const id: unknown = Reflect.get(at, 'id');
    if (typeof id === 'string') ids.push(id.slice(0, idLengthMax));
  }
  return ids;
}

/** Says where in the data a fault is: by path, and by the ids of its provider and model. */
export function describeDataFault(value: unknown, found: Issue): DataFault {
  const issue = deepest(found);
  const owners = nameOwners(value, issue.path);
  const path = issue.path.map(String).join('.');
  return {
    path: owners.length === 0 ? path : `${path} (${owners.join('/')})`,
    message: issue.message,
  };
}
