import { describe, expect, test } from 'vitest';
import { dearestCsv, differenceCsv, matrixCsv, splitCsv } from '@/lib/charts/cost-anatomy-csv';
import {
  describeCompared,
  describeDifference,
  describeListBasis,
  prepareDifference,
} from '@/lib/charts/describe-difference';
import { exactUsd, shareOf, usdOf } from '@/lib/charts/exact-usd';
import { describeSplit, nameLine, prepareAnatomyLines } from '@/lib/charts/prepare-anatomy-lines';
import { prepareCostMatrix } from '@/lib/charts/prepare-cost-matrix';
import { fitCostAnatomy } from '@/lib/cost/anatomy/fit-cost-anatomy';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { pricedRow } from '../cost/priced-row';
import { callRow } from '../sessions/rows';

const dissect = (rows: readonly PricedCallRow[]) =>
  fitCostAnatomy(
    groupCalls(rows, new Set(rows.map((row) => row.sessionId)).size),
    standardPriceBook,
  );

const anatomy = dissect([
  pricedRow({ inputFresh: 1_000, output: 100, turnIndex: 0, tenantName: '=a' }),
  callRow({ kind: 'tool', toolName: 'read' }),
  pricedRow({ inputFresh: 3_000, turnIndex: 0 }),
  pricedRow({ inputFresh: 3_000, turnIndex: 1 }),
]);

describe('exactUsd', () => {
  test.each([
    ['30330197500000', '30.3301975'],
    ['1', '0.000000000001'],
    ['0', '0'],
    ['5000000000000', '5'],
    ['-2500000000000', '-2.5'],
    ['123456789012345678901234', '123456789012.345678901234'],
  ])('%s pico-dollars are %s dollars, to the last digit', (picoUsd, usd) => {
    expect(exactUsd(picoUsd)).toBe(usd);
  });

  test('what is not known stays not known', () => {
    expect(exactUsd(null)).toBeNull();
    expect(usdOf(null)).toBeNull();
    expect(shareOf('1', '0')).toBeNull();
    expect(shareOf('1', '4')).toBe(0.25);
  });
});

describe('the cost as a matrix', () => {
  test('its heading is the history share, and every row holds what it is a share of', () => {
    const { heading, rows } = prepareCostMatrix(anatomy);
    // Of 7,000 prompt tokens at one price, 100 and 2,000 are history.
    expect(heading).toContain('30\u00a0%');
    expect(rows.map(({ name, cost }) => [name, cost])).toEqual([
      ['Standing prefix', '$0.02'],
      ['History sent again', '$0.01'],
      ['New input', '$0.0095'],
      ['Output', '$0.0025'],
    ]);
    const shares = rows.flatMap((row) => row.cells.map((cell) => cell.share));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test('without a price it shows tokens, and no cost of zero', () => {
    const unpriced = prepareCostMatrix(dissect([callRow({ model: 'none', inputFresh: 500 })]));
    expect(unpriced.heading).toContain('no call has a price');
    expect(unpriced.rows[0]).toMatchObject({ cost: 'unpriced', tokens: '500' });
  });
});

describe('the cost by name', () => {
  test('tools stand beside all that is none of theirs', () => {
    const { bars } = prepareAnatomyLines('tool', anatomy);
    expect(bars.map((bar) => bar.name)).toEqual(['read', 'All that is no result of a tool']);
    expect(bars.reduce((sum, bar) => sum + (bar.share ?? 0), 0)).toBeCloseTo(1, 12);
    expect(describeSplit('tool', anatomy)).toMatch(/^Results of read: /);
  });

  test('turns are counted from one, in their order', () => {
    expect(anatomy.byTurn.map((line) => nameLine('turn', line))).toEqual(['Turn 1', 'Turn 2']);
  });

  test('where nothing names a tool it says so', () => {
    expect(describeSplit('tool', dissect([pricedRow({ inputFresh: 1 })]))).toBe(
      'No tool call is recorded',
    );
  });
});

describe('the anatomy as files', () => {
  test('costs are written to the last digit and add up', () => {
    for (const rows of [matrixCsv(anatomy), splitCsv('tool', anatomy), splitCsv('turn', anatomy)]) {
      const sum = rows.slice(1).reduce((total, row) => total + Number(row.at(-1)), 0);
      expect(sum).toBeCloseTo(usdOf(anatomy.whole.costPicoUsd) ?? 0, 12);
      for (const row of rows) expect(row).toHaveLength(rows[0]?.length ?? 0);
    }
    expect(dearestCsv(anatomy).length).toBeGreaterThan(1);
  });
});

describe('list against recorded cost in words', () => {
  const compare = (recorded: (list: number, call: number) => number, calls = 8) => {
    const rows = Array.from({ length: calls }, (_, call) => {
      const row = pricedRow({ inputFresh: 1_000 + 137 * call * call, output: 50 + 31 * call });
      const list = (row.listCostPicoUsd ?? 0) / 1e12;
      return { ...row, recordedCostUsd: recorded(list, call) };
    });
    const { difference } = dissect(rows);
    if (difference === null) throw new Error('Nothing was recorded.');
    return difference;
  };

  test('equal costs are said to be equal', () => {
    const difference = compare((list) => list);
    expect(describeDifference(difference)).toBe('Recorded costs are list costs');
    expect(describeCompared(difference)).toContain('8 calls with both');
    expect(prepareDifference(difference)[0]?.explanation).toBe('Equal.');
  });

  test('a discount and what nothing explains are told apart', () => {
    const halved = compare((list) => list / 2);
    expect(describeDifference(halved)).toBe('Recorded: 50\u00a0% of list, and explained');
    expect(prepareDifference(halved)[0]).toMatchObject({ difference: '−50\u00a0%' });
    const random = compare((list, call) => list * [0.3, 1.7, 0.9, 1.2][call % 4]);
    expect(describeDifference(random)).toContain('1 model without an explanation');
    expect(differenceCsv(random)[1]).toContain('unexplained');
  });

  test('what rests on list prices says how far recorded costs are from them, and why', () => {
    expect(describeListBasis(null)).toBeNull();
    expect(describeListBasis(compare((list) => list))).toBeNull();
    const halved = describeListBasis(compare((list) => list / 2));
    expect(halved?.title).toContain('Recorded costs are 50\u00a0% of list');
    expect(halved?.title).toContain('what follows is at list prices');
    expect(halved?.isCacheHidden).toBe(false);
    const line = {
      model: 'm',
      serviceTier: null,
      calls: 4,
      listCostPicoUsd: '1000',
      recordedCostPicoUsd: '419',
      explanation: {
        kind: 'hidden_caching',
        discountedCalls: 4,
        blockTokens: 128,
        wholeBlockCalls: 4,
        impliedCachedTokens: 512,
        impliedCachedShare: 0.78,
      },
    } as const;
    const hidden = describeListBasis({
      ...line,
      recordedOnlyCalls: 0,
      listOnlyCalls: 0,
      lines: [line],
    });
    expect(hidden?.title).toBe(
      'Recorded costs are 41.9\u00a0% of list: cache reads were charged that the trace does not count; what follows is at list prices',
    );
    expect(hidden?.isCacheHidden).toBe(true);
  });
});
