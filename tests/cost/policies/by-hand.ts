import type { Policy } from '@/lib/cost/policies/policy';
import type { PriceBook } from '@/lib/cost/price-book';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow } from '../../sessions/rows';
import { flatPrices } from './flat-prices';

const old = flatPrices('old', { input: 100, read: 10, write5m: 125, write1h: 200, output: 500 });
const small = flatPrices('small', { input: 20, read: 2, write5m: 25, write1h: 40, output: 100 });
const bare = flatPrices('bare', { input: 50, output: 300 });
const batch = flatPrices('old', { input: 50, read: 5, write5m: 60, output: 250 }, 'batch');
const catalogue = [small, bare, batch];

const book: PriceBook = {
  identity: { name: 'by hand', version: '1', date: '2026-11-21' },
  findUnitPrices: ({ model }) => [old, small, bare].find((one) => one.modelId === model) ?? null,
  contextWindowTokens: () => null,
  listUnitPrices: () => [old, small, bare],
};

/** A call of a session on `old`, some minutes after its beginning; all input fresh unless told. */
export const at = (minutes: number, inputFresh: number, part: Partial<PricedCallRow> = {}) =>
  callRow({ model: 'old', startMs: minutes * 60_000, inputFresh, ...part });
/** A tool call some minutes after the session's beginning. */
export const toolCall = (minutes: number) =>
  callRow({ kind: 'tool', toolName: 'search', startMs: minutes * 60_000 });

/** Replays one session, with what its calls send and cost as lists. */
export function replay(rows: readonly PricedCallRow[], ...policies: Policy[]) {
  const set = buildReplaySet(groupCalls(rows, 1), book);
  const costs = replayPolicies(set, policies, catalogue);
  return {
    ...costs,
    prompts: [...costs.callChangedPromptTokens],
    picoUsd: [...costs.callChangedPicoUsd],
  };
}
