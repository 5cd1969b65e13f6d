import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitCostAnatomy } from '@/lib/cost/anatomy/fit-cost-anatomy';
import { CostAnatomy, type CostCell } from '@/lib/cost/cost-anatomy';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { fitCostModel } from '@/lib/cost/fit-cost-model';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow, usageMissing } from '../../sessions/rows';
import { pricedRow } from '../priced-row';
import { priceRow, randomSessions, scaledBook } from './random-calls';

const setOf = (rows: readonly PricedCallRow[]) =>
  groupCalls(rows, new Set(rows.map((row) => row.sessionId)).size);
const dissect = (rows: readonly PricedCallRow[], book = standardPriceBook) =>
  fitCostAnatomy(setOf(rows), book);

const sumOf = (amounts: readonly (string | null)[]) =>
  amounts.reduce((sum, amount) => sum + BigInt(amount ?? 0), 0n);
const costOf = (cells: readonly CostCell[]) => sumOf(cells.map((cell) => cell.costPicoUsd));
const tokensOf = (cells: readonly CostCell[]) =>
  cells.reduce((sum, cell) => sum + cell.tokens + cell.unpricedTokens, 0);

const cellOf = (cells: readonly CostCell[], part: string, state: string | null) =>
  cells.find((cell) => cell.part === part && cell.state === state);

describe('fitCostAnatomy', () => {
  test('nothing at all: nothing is known, and nothing is zero that is not', () => {
    const anatomy = dissect([]);
    expect(CostAnatomy.parse(anatomy)).toEqual(anatomy);
    expect(anatomy).toMatchObject({
      whole: { costPicoUsd: null, cells: [] },
      historyShare: null,
      byModel: [],
      byTool: [],
      medianSession: null,
      dearest: [],
      difference: null,
    });
  });

  test('for any sessions, cells, names, turns, tools and sessions add up to the total exactly', () => {
    fc.assert(
      fc.property(randomSessions, (sessions) => {
        const rows = sessions.flat();
        const anatomy = dissect(rows);
        expect(CostAnatomy.safeParse(anatomy).success).toBe(true);
        const total = rows.reduce((sum, row) => sum + BigInt(row.listCostPicoUsd ?? 0), 0n);
        const { whole, byModel, byAgent, byTenant, byTurn, byTool, dearest } = anatomy;
        expect(costOf(whole.cells)).toBe(total);
        expect(sumOf([whole.costPicoUsd])).toBe(total);
        for (const lines of [byModel, byAgent, byTenant, byTurn]) {
          expect(sumOf(lines.map((line) => line.costPicoUsd))).toBe(total);
          for (const line of lines) expect(costOf(line.cells)).toBe(sumOf([line.costPicoUsd]));
        }
        if (byTool.length > 0) {
          expect(sumOf(byTool.map((line) => line.costPicoUsd))).toBe(total);
          const cells = byTool.flatMap((line) => line.cells);
          expect(costOf(cells)).toBe(total);
          expect(tokensOf(cells)).toBe(tokensOf(whole.cells));
          expect(cells.every((cell) => BigInt(cell.costPicoUsd) >= 0n)).toBe(true);
        }
        expect(sumOf(dearest.map((session) => session.costPicoUsd))).toBe(total);
        const model = fitCostModel(setOf(rows), { seed: 1, resamples: 10 });
        expect(Number(total) / 1e12).toBeCloseTo(model.listCostUsd, 9);
        if (anatomy.historyShare !== null) {
          expect(model.historyShare).toBeCloseTo(anatomy.historyShare, 9);
        }
      }),
    );
  });

  test('tokens of the cells are those of the calls, whether these are priced or not', () => {
    fc.assert(
      fc.property(randomSessions, (sessions) => {
        const rows = sessions.flat().filter((row) => row.kind === 'model');
        const expected = rows.reduce(
          (sum, row) =>
            sum +
            (row.inputFresh ?? 0) +
            (row.cacheRead ?? 0) +
            (row.cacheWrite5m ?? 0) +
            (row.cacheWrite1h ?? 0) +
            (row.cacheWriteUnknownTtl ?? 0) +
            (row.output ?? 0) +
            (row.reasoning ?? 0),
          0,
        );
        expect(tokensOf(dissect(rows).whole.cells)).toBe(expected);
      }),
    );
  });

  test('unit prices that are k times as high make every cell exactly k times as dear', () => {
    fc.assert(
      fc.property(randomSessions, fc.integer({ min: 2, max: 9 }), (sessions, times) => {
        const rows = sessions.flat();
        const book = scaledBook(times);
        const once = dissect(rows).whole.cells;
        const scaled = dissect(
          rows.map((row) => priceRow(row, book)),
          book,
        ).whole.cells;
        expect(scaled).toEqual(
          once.map((cell) => ({
            ...cell,
            costPicoUsd: String(BigInt(cell.costPicoUsd) * BigInt(times)),
          })),
        );
      }),
    );
  });

  test('the order of sessions changes nothing', () => {
    const shuffled = randomSessions.chain((sessions) =>
      fc.tuple(
        fc.constant(sessions),
        fc.shuffledSubarray(sessions, { minLength: sessions.length, maxLength: sessions.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([sessions, others]) => {
        expect(dissect(others.flat())).toEqual(dissect(sessions.flat()));
      }),
    );
  });

  test('a prompt is laid down as standing prefix, history, new content, and read from its start', () => {
    const { whole, historyShare } = dissect([
      pricedRow({ inputFresh: 1_000, output: 100 }),
      pricedRow({ cacheRead: 800, cacheWrite5m: 250, inputFresh: 450, output: 10, reasoning: 5 }),
    ]);
    // At 5, 0.5, 6.25 and 25 dollars per million: 1,000 stand, 100 are history, 400 new.
    expect(whole.cells).toEqual([
      cell('standingPrefix', 'fresh', 1_000, 5_000),
      cell('standingPrefix', 'cacheRead', 800, 400),
      cell('standingPrefix', 'cacheWrite', 200, 1_250),
      cell('resentHistory', 'fresh', 50, 250),
      cell('resentHistory', 'cacheWrite', 50, 312.5),
      cell('newInput', 'fresh', 400, 2_000),
      cell('output', null, 110, 2_750),
      cell('reasoning', null, 5, 125),
    ]);
    expect(historyShare).toBeCloseTo(562.5 / (5_000 + 400 + 1_562.5 + 2_250), 12);
  });

  test('a call without usage or price changes no cost: its tokens stand beside it', () => {
    const rows = [pricedRow({ inputFresh: 1_000 })];
    const before = dissect(rows).whole;
    const after = dissect([
      ...rows,
      callRow({ model: 'no-such-model', inputFresh: 700, output: 30 }),
      callRow(usageMissing),
    ]).whole;
    expect(after).toMatchObject({ costPicoUsd: before.costPicoUsd, unpricedCalls: 1 });
    expect(after.cells.reduce((sum, one) => sum + one.unpricedTokens, 0)).toBe(730);
  });

  test('more than a hundred names keep their total in one line of all others', () => {
    const rows = Array.from({ length: 150 }, (_, i) =>
      pricedRow({ agentName: `agent ${i}`, turnIndex: i, inputFresh: 1_000 + i }),
    );
    const { byAgent, byTurn, whole } = dissect(rows);
    for (const lines of [byAgent, byTurn]) {
      expect(lines).toHaveLength(101);
      expect(lines.at(-1)?.kind).toBe('others');
      expect(String(sumOf(lines.map((line) => line.costPicoUsd)))).toBe(whole.costPicoUsd);
    }
    expect(byTurn[7]?.name).toBe('7');
  });
});

function cell(part: string, state: string | null, tokens: number, microUsd: number) {
  return {
    part,
    state,
    tokens,
    unpricedTokens: 0,
    costPicoUsd: String(BigInt(microUsd * 10) * 100_000n),
  };
}

describe('what the results of tools cost', () => {
  const tool = (toolName: string, more: Partial<PricedCallRow> = {}) =>
    callRow({ kind: 'tool', toolName, ...more });

  test('by hand: once where they arrive, and again with every later call', () => {
    const { byTool } = dissect([
      pricedRow({ inputFresh: 1_000, turnIndex: 0 }),
      tool('read'),
      pricedRow({ inputFresh: 1_600, turnIndex: 0 }), // 600 came from read
      pricedRow({ inputFresh: 1_600, turnIndex: 0 }), // and are sent again
      tool('read'),
      tool('bash'),
      tool('bash'),
      pricedRow({ inputFresh: 1_900, turnIndex: 0 }), // 100 from each call
    ]);
    expect(byTool.map(({ kind, name, toolCalls }) => [kind, name, toolCalls])).toEqual([
      ['named', 'read', 2],
      ['named', 'bash', 2],
      ['no_tool', '', 0],
    ]);
    const [read, bash] = byTool;
    expect(cellOf(read?.cells ?? [], 'newInput', 'fresh')?.tokens).toBe(700);
    expect(cellOf(read?.cells ?? [], 'resentHistory', 'fresh')?.tokens).toBe(1_200);
    expect(cellOf(bash?.cells ?? [], 'newInput', 'fresh')?.tokens).toBe(200);
    expect(read?.costPicoUsd).toBe(String(1_900 * 5_000_000));
    expect(read?.tokensPerResultP50).toBe(350);
    expect(bash?.tokensPerResultP50).toBe(100);
  });

  test('a user turn that begins with a result takes one share of the new tokens', () => {
    const { byTool } = dissect([
      pricedRow({ inputFresh: 1_000, turnIndex: 0 }),
      tool('read'),
      pricedRow({ inputFresh: 1_600, turnIndex: 1 }),
    ]);
    expect(cellOf(byTool[0]?.cells ?? [], 'newInput', 'fresh')?.tokens).toBe(300);
  });

  test('a context reset ends it: nothing says whose tokens were kept', () => {
    const { byTool } = dissect([
      pricedRow({ inputFresh: 1_000, turnIndex: 0 }),
      tool('read'),
      pricedRow({ inputFresh: 5_000, turnIndex: 0 }),
      pricedRow({ inputFresh: 2_000, turnIndex: 0 }),
      pricedRow({ inputFresh: 2_000, turnIndex: 0 }),
    ]);
    expect(byTool[0]?.costPicoUsd).toBe(String(4_000 * 5_000_000));
  });

  test('for any sessions it is what a direct computation over pairs of calls gives', () => {
    fc.assert(
      fc.property(randomSessions, (sessions) => {
        const rows = sessions.flat();
        const { byTool } = dissect(rows);
        const expected = attributeNaively(sessions);
        for (const line of byTool) {
          if (line.kind !== 'named') continue;
          const exact = expected.get(line.name) ?? 0;
          // Every share of every call is rounded to a whole pico-dollar.
          expect(Math.abs(Number(line.costPicoUsd ?? 0) - exact)).toBeLessThan(
            rows.length * 6 + exact * 1e-9,
          );
        }
      }),
    );
  });
});

/**
 * Pico-dollars by tool, from an own list of what the history of each thread is made of. Costs of a
 * part are found by pricing every single token position through the shares of the buckets.
 */
function attributeNaively(sessions: readonly (readonly PricedCallRow[])[]): Map<string, number> {
  const costs = new Map<string, number>();
  const standing = new Map<string, number>();
  const promptOf = (row: PricedCallRow) =>
    (row.cacheRead ?? 0) +
    (row.cacheWrite5m ?? 0) +
    (row.cacheWrite1h ?? 0) +
    (row.cacheWriteUnknownTtl ?? 0) +
    (row.inputFresh ?? 0);
  const threads = sessions.flatMap((rows) =>
    ['main', 'sub'].map((id) => rows.filter((row) => row.threadId === id)),
  );
  const keyOf = (row: PricedCallRow) => `${row.agentName}/${row.model}`;
  const firsts = threads.map((rows) =>
    rows.find((row) => row.kind === 'model' && promptOf(row) > 0),
  );
  for (const first of firsts) {
    if (first === undefined) continue;
    const known = standing.get(keyOf(first)) ?? Number.POSITIVE_INFINITY;
    standing.set(keyOf(first), Math.min(known, promptOf(first)));
  }
  threads.forEach((rows, t) => {
    const first = firsts[t];
    if (first === undefined) return;
    const prefix = standing.get(keyOf(first)) ?? 0;
    let pieces: { tool: string | null; tokens: number }[] = [];
    let pending: string[] = [];
    let before: PricedCallRow | null = null;
    for (const row of rows) {
      if (row.kind === 'tool') pending.push(row.toolName ?? '');
      const prompt = row.kind === 'model' ? promptOf(row) : 0;
      if (prompt === 0) continue;
      const s = Math.min(prefix, prompt);
      if (before === null || prompt < 0.7 * promptOf(before)) {
        pieces = [{ tool: null, tokens: prompt - s }];
      } else {
        const resent = Math.min(prompt, promptOf(before) + (before.output ?? 0));
        const history = Math.max(0, resent - s);
        const held = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
        const kept = held > history ? history / held : 1;
        pieces = pieces.map((piece) => ({ ...piece, tokens: piece.tokens * kept }));
        const total = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
        const historyCost = costOfRange(row, s, s + history);
        for (const piece of pieces) {
          if (piece.tool === null || total === 0) continue;
          add(costs, piece.tool, (historyCost * piece.tokens) / total);
        }
        const newFrom = Math.max(s, resent);
        const newCost = costOfRange(row, newFrom, prompt);
        const isNewTurn = before.turnIndex !== row.turnIndex;
        const shares = pending.length + (pending.length === 0 || isNewTurn ? 1 : 0);
        for (const tool of pending) {
          add(costs, tool, newCost / shares);
          pieces.push({ tool, tokens: (prompt - newFrom) / shares });
        }
        const other = pending.length === 0 || isNewTurn ? (prompt - newFrom) / shares : 0;
        pieces.push({ tool: null, tokens: other });
      }
      pieces.push({ tool: null, tokens: row.output ?? 0 });
      pending = [];
      before = row;
    }
  });
  return costs;
}

const add = (to: Map<string, number>, name: string, amount: number) =>
  to.set(name, (to.get(name) ?? 0) + amount);

/** Cost of the tokens at some places of a prompt; zero where the call has no price. */
function costOfRange(row: PricedCallRow, from: number, to: number): number {
  if (row.listCostPicoUsd === null || row.model === null) return 0;
  const prices = standardPriceBook.findUnitPrices({
    providerName: null,
    model: row.model,
    atMs: row.startMs,
  });
  if (prices === null) return 0;
  const prompt =
    (row.cacheRead ?? 0) +
    (row.cacheWrite5m ?? 0) +
    (row.cacheWrite1h ?? 0) +
    (row.cacheWriteUnknownTtl ?? 0) +
    (row.inputFresh ?? 0);
  const buckets = [
    { tokens: row.cacheRead ?? 0, price: prices.cacheRead },
    { tokens: row.cacheWrite5m ?? 0, price: prices.cacheWrite5m },
    { tokens: row.cacheWrite1h ?? 0, price: prices.cacheWrite1h },
    { tokens: row.cacheWriteUnknownTtl ?? 0, price: prices.cacheWrite5m },
    { tokens: row.inputFresh ?? 0, price: prices.input },
  ];
  let position = 0;
  let cost = 0;
  for (const { tokens, price } of buckets) {
    const overlap = Math.max(0, Math.min(to, position + tokens) - Math.max(from, position));
    const tier = price?.tiers.findLast((one) =>
      one.isInclusive ? prompt >= one.start : prompt > one.start,
    );
    cost += overlap * (tier?.picoUsd ?? price?.basePicoUsd ?? 0);
    position += tokens;
  }
  return cost;
}
