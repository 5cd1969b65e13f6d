import fc from 'fast-check';
import { createPriceBook } from '@/lib/cost/create-price-book';
import type { PriceBook } from '@/lib/cost/price-book';
import { priceCall } from '@/lib/cost/price-call';
import { standardSources } from '@/lib/cost/price-override';
import type { UnitPrice, UnitPrices } from '@/lib/cost/unit-prices';
import type { PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow } from '../../sessions/rows';

/** The installed book with every unit price a whole number of times as high. */
export function scaledBook(times: number): PriceBook {
  const book = createPriceBook(standardSources);
  const scale = (price: UnitPrice | null): UnitPrice | null =>
    price === null
      ? null
      : {
          ...price,
          basePicoUsd: price.basePicoUsd * times,
          tiers: price.tiers.map((tier) => ({ ...tier, picoUsd: tier.picoUsd * times })),
        };
  return {
    ...book,
    findUnitPrices: (query) => {
      const prices = book.findUnitPrices(query);
      return prices === null ? null : scalePrices(prices, scale);
    },
  };
}

function scalePrices(
  prices: UnitPrices,
  scale: (price: UnitPrice | null) => UnitPrice | null,
): UnitPrices {
  return {
    ...prices,
    input: scale(prices.input),
    cacheRead: scale(prices.cacheRead),
    cacheWrite5m: scale(prices.cacheWrite5m),
    cacheWrite1h: scale(prices.cacheWrite1h),
    output: scale(prices.output),
    reasoning: scale(prices.reasoning),
  };
}

/** A row priced from a book. */
export function priceRow(row: PricedCallRow, book: PriceBook): PricedCallRow {
  if (row.kind !== 'model') return row;
  const cost = priceCall(
    {
      providerName: null,
      requestModel: null,
      responseModel: row.model,
      startMs: row.startMs,
      usage: {
        inputFresh: row.inputFresh ?? 0,
        cacheRead: row.cacheRead ?? 0,
        cacheWrite5m: row.cacheWrite5m ?? 0,
        cacheWrite1h: row.cacheWrite1h ?? 0,
        cacheWriteUnknownTtl: row.cacheWriteUnknownTtl ?? 0,
        output: row.output ?? 0,
        reasoning: row.reasoning,
      },
    },
    book,
  );
  if (cost.kind === 'unpriced') return { ...row, listCostPicoUsd: null, inputCostPicoUsd: null };
  return {
    ...row,
    listCostPicoUsd: cost.listCostPicoUsd,
    inputCostPicoUsd: cost.inputCostPicoUsd,
  };
}

const tokens = fc.oneof(fc.constant(0), fc.nat(60_000));
const name = (...names: string[]) => fc.constantFrom(...names, null);

const modelCall = fc.record({
  kind: fc.constant('model' as const),
  model: fc.constantFrom('claude-opus-4-5', 'claude-haiku-4-5', 'gpt-5', 'no-such-model'),
  agentName: name('planner', 'writer'),
  tenantName: name('a', 'b'),
  turnIndex: fc.option(fc.nat(3)),
  threadId: fc.constantFrom('main', 'main', 'sub'),
  inputFresh: tokens,
  cacheRead: tokens,
  cacheWrite5m: tokens,
  cacheWrite1h: tokens,
  cacheWriteUnknownTtl: tokens,
  output: tokens,
  reasoning: fc.option(tokens),
  hasError: fc.boolean(),
});

const toolCall = fc.record({
  kind: fc.constant('tool' as const),
  toolName: name('read', 'bash', 'search'),
  threadId: fc.constantFrom('main', 'main', 'sub'),
  hasError: fc.boolean(),
});

/** Sessions of model and tool calls of all sorts, priced from the installed book where it can. */
export const randomSessions = fc
  .array(fc.array(fc.oneof({ weight: 2, arbitrary: modelCall }, toolCall), { maxLength: 12 }), {
    maxLength: 6,
  })
  .map((sessions) =>
    sessions.map((calls, session) =>
      calls.map((call) =>
        priceRow(callRow({ ...call, sessionId: `s${session}` }), createPriceBook(standardSources)),
      ),
    ),
  );
