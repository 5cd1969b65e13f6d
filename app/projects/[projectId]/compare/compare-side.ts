import type { ImportState } from '@/lib/contracts/import';
import type { PolicyList, PolicySet } from '@/lib/cost/policies/policy';
import { readPolicies } from '../policies/policy-address';
import { namePolicies } from '../policies/policy-words';

/** One side of a comparison: which sessions, and under which policies. */
export interface CompareSide {
  /** As it stands in the address: `today`, `set:ID`, `import:ID` or `policies:…`. */
  readonly address: string;
  readonly name: string;
  readonly importId: string | null; //  null: all sessions of the project
  readonly policies: PolicyList;
  readonly set: PolicySet | null;
  readonly imported: ImportState | null;
}

/** What a side can be. */
export interface SideChoices {
  readonly sets: readonly PolicySet[];
  readonly imports: readonly ImportState[]; // completed ones, the newest first
}

/** A side read from the address, and what of it cannot be had. */
export interface ReadSide {
  readonly side: CompareSide;
  readonly problem: string | null;
}

/** The sessions of the project as they were run. */
const today: CompareSide = {
  address: 'today',
  name: 'today',
  importId: null,
  policies: [],
  set: null,
  imported: null,
};

/** Reads one side; one that cannot be had gives way to today, and says so. */
export function readSide(address: string, { sets, imports }: SideChoices): ReadSide {
  const [kind = '', ...rest] = address.split(':');
  const id = rest.join(':');
  if (kind === 'set') {
    const set = sets.find(({ policySetId }) => policySetId === id);
    if (set !== undefined) return found(sideOfSet(set));
  }
  if (kind === 'import') {
    const imported = imports.find(({ importId }) => importId === id);
    if (imported !== undefined) return found(sideOfImport(imported));
  }
  if (kind === 'policies') {
    const { policies, unread } = readPolicies(id);
    const name = namePolicies(policies);
    if (unread.length === 0 && name !== null) return found({ ...today, address, name, policies });
  }
  if (address === 'today') return found(today);
  const isSide = kind === 'set' || kind === 'import';
  return {
    side: today,
    problem: `Left out because it ${isSide ? 'is not in this project' : 'cannot be read'}: ${address.slice(0, 80)}; today stands in its place.`,
  };
}

/** Everything that can be put on a side, today first. */
export function listSides({ sets, imports }: SideChoices): readonly CompareSide[] {
  return [today, ...sets.map(sideOfSet), ...imports.map(sideOfImport)];
}

/** What is compared where the address does not say: today with the first set, else the imports. */
export function defaultSides({ sets, imports }: SideChoices): { a: string; b: string } {
  const [set] = sets;
  if (set !== undefined) return { a: 'today', b: sideOfSet(set).address };
  const [newest, before] = imports;
  return newest !== undefined && before !== undefined
    ? { a: sideOfImport(before).address, b: sideOfImport(newest).address }
    : { a: 'today', b: 'today' };
}

function found(side: CompareSide): ReadSide {
  return { side, problem: null };
}

function sideOfSet(set: PolicySet): CompareSide {
  const { policySetId, name, policies } = set;
  return { ...today, address: `set:${policySetId}`, name, policies, set };
}

function sideOfImport(imported: ImportState): CompareSide {
  const { importId, label } = imported;
  return {
    ...today,
    address: `import:${importId}`,
    name: label === '' ? importId : label,
    importId,
    imported,
  };
}
