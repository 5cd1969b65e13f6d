import type { Policy, PolicyKind } from './policy';

/** One kind of policy with what it is set to. */
export type PolicyOf<Kind extends PolicyKind> = Extract<Policy, { kind: Kind }>;
