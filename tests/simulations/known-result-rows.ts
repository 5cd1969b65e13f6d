import type { KnownRow } from './known-results';

/** Where rows of known-results.tsv are held, or why no run of the engine can show them. */
export interface RowCover {
  readonly group: string;
  readonly held:
    | { readonly by: 'engine'; readonly test: string } // path from the root of the repository
    | { readonly by: 'analytic'; readonly reason: string };
}

const tests = 'tests/simulations';

const byEngine = {
  [`${tests}/system/pool-station.test.ts`]: ['A1', 'B1'],
  [`${tests}/system/pool-results.test.ts`]: [
    ...['C1', 'D1', 'E1', 'E2', 'F1', 'F2'],
    ...['J1', 'K1', 'K2', 'K3', 'W1'],
  ],
  [`${tests}/engine/networks-known.test.ts`]: ['G1', 'H1', 'I1', 'L1', 'L2', 'L3', 'L4'],
  [`${tests}/engine/arrival-sources-known.test.ts`]: ['O1', 'O2', 'T1', 'T2', 'U1'],
  [`${tests}/engine/arithmetic-known.test.ts`]: ['V3', 'X2'],
  [`${tests}/policies/attempts-known.test.ts`]: ['N1', 'N2', 'N3'],
  [`${tests}/policies/circuit-breaker-known.test.ts`]: ['V1'],
  [`${tests}/policies/autoscaling.test.ts`]: ['Q1'],
  [`${tests}/system/limiter-station.test.ts`]: ['M1', 'M2', 'M3'],
  [`${tests}/system/cache-station.test.ts`]: ['P1', 'P2', 'P3'],
  [`${tests}/system/queue-station.test.ts`]: ['V2'],
  [`${tests}/system/store-station.test.ts`]: ['V4'],
} as const;

/** A row whose number is of a formula and not of a system; closed forms are held to it. */
const byFormula: readonly RowCover[] = [
  [
    'O1k',
    'an approximation for heavy traffic, below the exact wait where gaps vary much: a run shows the exact one (O1)',
  ],
  ['R1', 'a curve that is fitted to throughputs; no queue of ours has it as its law'],
  ['S1', 'the limit of infinitely many servers; no run has as many, and B1 holds 100 and 200'],
  [
    'X1',
    'the share of a tail given by five quantiles joined by lines, which no law of ours is drawn from',
  ],
].map(([group, reason]) => ({ group, held: { by: 'analytic', reason } }));

/** Every row of the file, by group. */
export const rowCovers: readonly RowCover[] = [
  ...Object.entries(byEngine).flatMap(([test, groups]) =>
    groups.map((group): RowCover => ({ group, held: { by: 'engine', test } })),
  ),
  { group: 'Y1', held: { by: 'engine', test: `${tests}/measure/scenario-coverage.test.ts` } },
  ...byFormula,
];

/** The covers of a row; one, where nothing is missing and nothing is said twice. */
export function coversOf({ group }: KnownRow): readonly RowCover[] {
  return rowCovers.filter((cover) => cover.group === group);
}
