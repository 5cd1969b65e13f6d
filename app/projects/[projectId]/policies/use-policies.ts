'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { PolicyList, PolicySet } from '@/lib/cost/policies/policy';
import { readPolicies, writePolicies } from './policy-address';

/** Stands in the address for no policy, where a saved set has some. */
const none = 'none';

const parsers = { p: parseAsString, set: parseAsString };

/** The policies of the page and the saved set that they are taken from. */
export interface ChosenPolicies {
  readonly policies: PolicyList;
  /** Null: not from a saved set. */
  readonly set: PolicySet | null;
  readonly isChangedFromSet: boolean;
  /** What the address asks for and cannot be had, in words. */
  readonly problems: readonly string[];
  readonly change: (policies: PolicyList) => void;
  /** Takes the policies of a saved set, or with null those of today. */
  readonly open: (set: PolicySet | null) => void;
}

/**
 * The policies of the page, kept in the URL: those of a saved set by its id, others written out.
 *
 * What the address holds and cannot be read is left out and told.
 */
export function usePolicies(sets: readonly PolicySet[]): ChosenPolicies {
  const [url, setUrl] = useQueryStates(parsers, { history: 'replace' });
  const set = sets.find(({ policySetId }) => policySetId === url.set) ?? null;
  const read = useMemo(
    () => (url.p === null ? null : readPolicies(url.p === none ? '' : url.p)),
    [url.p],
  );
  const policies = read?.policies ?? set?.policies ?? nothing;
  const problems = [
    ...(url.set !== null && set === null
      ? ['The saved set of the address is not in this project; it may have been deleted.']
      : []),
    ...(read === null || read.unread.length === 0
      ? []
      : [`Left out because it cannot be read: ${read.unread.join(', ')}.`]),
  ];
  return {
    policies,
    set,
    isChangedFromSet: set !== null && !isSame(policies, set.policies),
    problems,
    change: (next) =>
      void setUrl({
        p: isSame(next, set?.policies ?? nothing) ? null : writePolicies(next) || none,
        set: set?.policySetId ?? null,
      }),
    open: (next) => void setUrl({ p: null, set: next?.policySetId ?? null }),
  };
}

const nothing: PolicyList = [];

function isSame(a: PolicyList, b: PolicyList): boolean {
  return writePolicies(a) === writePolicies(b);
}
