import type { OperationTokens, WorkloadBasis, WorkloadModel } from './workload-model';

/** Wire form of a workload: plain arrays, with null for a token count that is not known. */
export interface PlainWorkload {
  readonly firstOp: readonly number[];
  readonly op: readonly number[];
  readonly durationSec: readonly number[];
  readonly tokens?: Readonly<Record<keyof OperationTokens, readonly (number | null)[]>> | undefined;
  readonly basis: WorkloadBasis;
}

/** Reads a workload from its wire form. */
export function readWorkload(plain: PlainWorkload): WorkloadModel {
  const { tokens } = plain;
  const column = (counts: readonly (number | null)[]) =>
    Float64Array.from(counts, (count) => count ?? Number.NaN);
  return {
    programCount: plain.firstOp.length - 1,
    firstOp: Uint32Array.from(plain.firstOp),
    op: Uint8Array.from(plain.op),
    durationSec: Float64Array.from(plain.durationSec),
    ...(tokens === undefined
      ? {}
      : {
          tokens: {
            prompt: column(tokens.prompt),
            cacheRead: column(tokens.cacheRead),
            cacheWrite: column(tokens.cacheWrite),
            output: column(tokens.output),
          },
        }),
    basis: plain.basis,
  };
}
