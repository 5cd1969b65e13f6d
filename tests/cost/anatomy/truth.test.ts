import { describe, expect, test } from 'vitest';
import { fitCostAnatomy } from '@/lib/cost/anatomy/fit-cost-anatomy';
import { CostAnatomy } from '@/lib/cost/cost-anatomy';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { readImportedRows } from '../imported-rows';
import {
  hasSharedData,
  readClaudeCodeCalls,
  readJson,
  readLjoukovCalls,
  readPiCalls,
} from '../shared-traces';

const isThere = hasSharedData();

const dissect = (rows: readonly PricedCallRow[], book = standardPriceBook) =>
  fitCostAnatomy(groupCalls(rows, new Set(rows.map((row) => row.sessionId)).size), book);

/** Sum of the cells, in whole pico-dollars. */
const sumOfCells = ({ whole }: CostAnatomy) =>
  whole.cells.reduce((sum, cell) => sum + BigInt(cell.costPicoUsd), 0n);

const picoUsd = (usd: number) => BigInt(Math.round(usd * 1e12));

describe.skipIf(!isThere)('the anatomy of real sessions', () => {
  test('the parts of a pi session of 439 calls add up to its recorded $30.33, call by call', () => {
    const rows = isThere ? readPiCalls('traces/pi-coding-agent/large-session.jsonl') : [];
    const anatomy = dissect(rows);
    expect(CostAnatomy.parse(anatomy)).toEqual(anatomy);
    const recorded = rows.reduce((sum, row) => sum + picoUsd(row.recordedCostUsd ?? 0), 0n);
    expect(sumOfCells(anatomy)).toBe(recorded);
    expect(Number(recorded) / 1e12).toBeCloseTo(30.330198, 6);
    expect(anatomy.difference?.lines[0]?.explanation).toEqual({ kind: 'equal' });
    const tokens = (pick: (cell: CostAnatomy['whole']['cells'][number]) => boolean) =>
      anatomy.whole.cells.filter(pick).reduce((sum, cell) => sum + cell.tokens, 0);
    expect(tokens((cell) => cell.state !== null)).toBe(47_526_750);
    expect(tokens((cell) => cell.state === 'cacheRead')).toBe(43_229_469);
    expect(tokens((cell) => cell.state === 'cacheWrite')).toBe(4_296_232);
    expect(tokens((cell) => cell.part === 'output')).toBe(83_156);
  });

  test('the parts of a Claude Code session add up to $0.579592 before it is rounded', () => {
    const rows = readClaudeCodeCalls('formats/tracelab/claude-raw-session.jsonl', 'tracelab');
    expect(sumOfCells(dissect(rows))).toBe(579_591_500_000n);
  });

  test.each(['gpt-5.2', 'gemini-2.5-pro'])(
    'the parts of %s runs add up to what was recorded, to the last digit',
    (model) => {
      const rows = readLjoukovCalls(model);
      const anatomy = dissect(rows);
      const recorded = rows.reduce((sum, row) => sum + picoUsd(row.recordedCostUsd ?? 0), 0n);
      expect(sumOfCells(anatomy)).toBe(recorded);
      expect(anatomy.difference).toMatchObject({
        listCostPicoUsd: String(recorded),
        recordedCostPicoUsd: String(recorded),
        lines: [{ explanation: { kind: 'equal' } }],
      });
    },
  );
});

test.skipIf(!isThere)(
  'the tokens of kv-cache sessions, sub-agents too, are those computed independently',
  async () => {
    const { totals, files } = readJson('traces/expected.json')['kv-cache-tester'];
    const { whole } = dissect(
      await readImportedRows(
        Object.keys(files).map((file) => `traces/kv-cache-tester/traces/${file}.json`),
      ),
    );
    expect(whole.pricedCalls + whole.unpricedCalls).toBe(totals.calls);
    const tokens = (pick: (cell: CostAnatomy['whole']['cells'][number]) => boolean) =>
      whole.cells.filter(pick).reduce((sum, cell) => sum + cell.tokens + cell.unpricedTokens, 0);
    expect(tokens((cell) => cell.state !== null)).toBe(totals.input);
    expect(tokens((cell) => cell.state === 'cacheRead')).toBe(totals.cached);
    expect(tokens((cell) => cell.part === 'output')).toBe(totals.output);
  },
);

describe.skipIf(!isThere)('list against recorded cost of tau2-bench agents', () => {
  const files = isThere ? readJson('traces/expected.json')['tau2-bench'].files : {};

  test.each(Object.keys(files))('%s is explained as computed independently', async (file) => {
    const truth = files[file].cost_check_agent;
    const rows = await readImportedRows([`traces/tau2-bench/${file}`], standardPriceBook);
    const agent = rows.filter((row) => row.threadId === 'main');
    const { difference } = dissect(agent);
    expect(difference?.calls).toBe(truth.calls_with_cost);
    expect(Number(difference?.listCostPicoUsd) / 1e12).toBeCloseTo(truth.list_price_cost, 6);
    expect(Number(difference?.recordedCostPicoUsd) / 1e12).toBeCloseTo(truth.recorded_cost, 6);
    const explanation = difference?.lines[0]?.explanation;
    if (truth.calls_below_list === 0) {
      expect(explanation).toEqual({ kind: 'equal' });
      expect(Math.abs(truth.list_price_cost / truth.recorded_cost - 1)).toBeLessThan(1e-4);
      return;
    }
    const multiples = truth.below_list_calls_whose_implied_cache_is_a_multiple_of;
    expect(explanation).toMatchObject({
      kind: 'hidden_caching',
      discountedCalls: truth.calls_below_list,
      wholeBlockCalls: truth.calls_below_list,
      blockTokens: multiples['128'] === truth.calls_below_list ? 128 : 64,
      impliedCachedTokens: truth.implied_cached_tokens,
    });
    if (explanation?.kind !== 'hidden_caching') throw new Error('Not explained by caching.');
    expect(explanation.impliedCachedShare).toBeCloseTo(truth.implied_cached_share, 6);
  });
});
