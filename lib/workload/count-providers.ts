import { callKindCode, type SessionSet } from '../sessions/session';

/** Model calls with token counts that one provider answered. */
export interface ProviderCalls {
  readonly name: string | null; // null: the traces do not name it
  readonly modelCalls: number;
}

/** Counts the model calls with token counts by provider, the commonest first. */
export function countProviders({ calls, names }: SessionSet): ProviderCalls[] {
  const modelCalls = new Map<string | null, number>();
  for (let row = 0; row < calls.length; row++) {
    if (calls.kind[row] !== callKindCode.model || Number.isNaN(calls.output[row])) continue;
    const name = names[calls.provider[row]] ?? null;
    modelCalls.set(name, (modelCalls.get(name) ?? 0) + 1);
  }
  return Array.from(modelCalls, ([name, count]) => ({ name, modelCalls: count })).sort(
    (a, b) => b.modelCalls - a.modelCalls || ((a.name ?? '') < (b.name ?? '') ? -1 : 1),
  );
}
