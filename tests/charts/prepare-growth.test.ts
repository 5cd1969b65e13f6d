import { describe, expect, test } from 'vitest';
import { describeExponent, judgeExponent } from '@/lib/charts/describe-exponent';
import { prepareGrowthCurve } from '@/lib/charts/prepare-growth-curve';
import { findOddSession, prepareGrowthTable } from '@/lib/charts/prepare-growth-table';
import { prepareResets } from '@/lib/charts/prepare-resets';
import { prepareSessionLengths } from '@/lib/charts/prepare-session-lengths';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { fitGrowthModel } from '@/lib/cost/growth/fit-growth-model';
import type {
  Censoring,
  GrowthExponent,
  GrowthModel,
  SessionLengths,
} from '@/lib/cost/growth-model';
import type { PricedCallRow } from '@/lib/sessions/group-calls';
import { makeRows, setOf } from '../cost/growth/session-maker';

const known = {
  sessions: 40,
  firstPromptTokens: 5_000,
  tokensPerCall: 800,
  growthSpread: 0.2,
  seed: 1,
} as const;
const reset = { thresholdTokens: 15_000, retainedShare: 0.4 } as const;

const fitRows = (rows: readonly PricedCallRow[]): GrowthModel =>
  fitGrowthModel(setOf(rows), { seed: 1, resamples: 100, book: standardPriceBook });
const model = fitRows(makeRows(known));
const cutBack = fitRows(makeRows({ ...known, reset }));

function chartOf(
  from: GrowthModel,
  unit: 'byCall' | 'byTurn' = 'byCall',
  measure: 'cost' | 'tokens' = 'cost',
) {
  const curves = from[unit];
  const [main] = from.groups;
  if (curves === null || main === undefined) throw new Error('No growth.');
  return prepareGrowthCurve(curves, main, measure);
}

const exponentOf = (exponent: number, interval95: [number, number] | null): GrowthExponent => ({
  exponent,
  interval95,
  of: 'list_cost',
});

describe('describeExponent', () => {
  test.each([
    {
      exponent: exponentOf(1.85, [1.8, 1.9]),
      pace: 'full_replay',
      words: 'close to full replay: twice the calls cost 3.61 times as much',
    },
    {
      exponent: exponentOf(1.4, [1.3, 1.5]),
      pace: 'faster',
      words: 'faster than in step: twice the calls cost 2.64 times as much',
    },
    {
      exponent: exponentOf(1, [0.95, 1.05]),
      pace: 'in_step',
      words: 'about in step: twice the calls cost 2 times as much',
    },
    {
      exponent: exponentOf(0.5, [0.4, 0.6]),
      pace: 'slower',
      words: 'slower than in step: twice the calls cost 1.41 times as much',
    },
    {
      exponent: exponentOf(1.3, [0.8, 1.8]),
      pace: 'undecided',
      words: 'not decided: twice the calls cost 2.46 times as much',
    },
    {
      exponent: exponentOf(1.9, null),
      pace: 'unknown',
      words: 'too few sessions to be sure: twice the calls cost 3.73 times as much',
    },
    { exponent: null, pace: 'unknown', words: 'threads are too short to say' },
  ])('$words', ({ exponent, pace, words }) => {
    expect(judgeExponent(exponent)).toBe(pace);
    expect(describeExponent(exponent)).toBe(words);
  });

  test('says of tokens that they are sent, not that they cost', () => {
    const exponent = { ...exponentOf(2, null), of: 'prompt_tokens' } as const;
    expect(describeExponent(exponent)).toContain('twice the calls send 4 times as much');
  });
});

describe('prepareGrowthCurve', () => {
  test('draws measured points and the fit beyond what ten sessions reached', () => {
    const chart = chartOf(model);
    expect(chart?.observed).toBeGreaterThan(10);
    expect(chart?.last).toBe(Math.ceil((chart?.observed ?? 0) * 1.5));
    expect(chart?.fitted.at(-1)?.at).toBe(chart?.last);
    expect(chart?.yTicks.at(-1)).toBeGreaterThanOrEqual(chart?.fitted.at(-1)?.value ?? 0);
    expect(chart?.heading).toContain('faster than length');
    expect(chart?.summary).toContain('Extrapolated to');
  });

  test('marks every row of the table beyond what was observed', () => {
    const chart = chartOf(model);
    const beyond = chart?.table.rows.filter((row) => row[0]?.includes('extrapolated')) ?? [];
    expect(beyond.length).toBeGreaterThan(0);
    for (const row of beyond) {
      expect(Number.parseInt(row[0] ?? '', 10)).toBeGreaterThan(chart?.observed ?? 0);
    }
    expect(chart?.table.rows.length).toBeLessThanOrEqual(41);
    for (const row of chart?.table.rows ?? []) expect(row).toHaveLength(11);
  });

  test('draws the size at which history is cut back, and a far context window only in words', () => {
    expect(chartOf(cutBack)?.levels.map(({ label, isAbove }) => [label, isAbove])).toEqual([
      ['context window 200k', true],
      [expect.stringMatching(/^cut back at 14/), false],
    ]);
    expect(chartOf(model)?.levels).toHaveLength(1);
  });

  test('shows tokens per turn', () => {
    const chart = chartOf(model, 'byTurn', 'tokens');
    expect(chart).toMatchObject({ unit: 'turn', measure: 'tokens' });
    expect(chart?.method).toContain('calls a turn');
  });

  test('shows no dollars where no session is priced, and still its tokens', () => {
    const unpriced = fitRows(
      makeRows(known).map((row) => ({ ...row, listCostPicoUsd: null, inputCostPicoUsd: null })),
    );
    expect(chartOf(unpriced)).toBeNull();
    expect(chartOf(unpriced, 'byCall', 'tokens')?.measured.length).toBeGreaterThan(10);
  });

  test('says that sessions are too few where they are', () => {
    const few = fitRows(makeRows({ ...known, sessions: 8 }));
    expect(chartOf(few)?.heading).toContain('too few sessions');
    expect(chartOf(few)?.method).toContain('everything is extrapolated');
    expect(chartOf(few)?.observed).toBe(0);
  });
});

const censoring: Censoring = { openAtEnd: 1, unansweredTool: 0, withoutTimes: 0, gapSec: 60 };

describe('prepareSessionLengths', () => {
  const step = (at: number, survival: number, censored = 0) => ({
    at,
    atRisk: 10,
    events: 1,
    censored,
    survival,
    interval95: null,
  });
  const lengths: SessionLengths = {
    unit: 'call',
    sessions: 10,
    censored: 1,
    median: 4,
    steps: [step(2, 0.8), step(4, 0.5, 1), step(9, 0.005), step(400, 0)],
  };

  test('says the median, what may still go on, and by which rule', () => {
    const chart = prepareSessionLengths(lengths, censoring);
    expect(chart.heading).toBe('Half of sessions end within 4 calls');
    expect(chart.method).toContain('1 may still go on');
    expect(chart.method).toContain('1:00');
  });

  test('leaves a tail of under one in a hundred out of the picture, not out of the table', () => {
    const chart = prepareSessionLengths(lengths, censoring);
    expect(chart.last).toBe(9);
    expect(chart.steps.map(({ at }) => at)).toEqual([2, 4, 9]);
    expect(chart.table.rows.at(-1)?.[0]).toBe('400');
  });

  test.each([
    { part: { median: null, censored: 10 }, heading: 'No session is known to have ended' },
    {
      part: { median: null, censored: 7 },
      heading: 'More than half of sessions were still open: no median length',
    },
  ])('has no median where too many are open: $heading', ({ part, heading }) => {
    expect(prepareSessionLengths({ ...lengths, ...part }, censoring).heading).toBe(heading);
  });

  test('says so where no session can be told to be open', () => {
    const { method } = prepareSessionLengths(lengths, { ...censoring, withoutTimes: 10 });
    expect(method).toContain('Without times none can be told');
  });
});

describe('prepareResets', () => {
  const plateau = cutBack.groups[0]?.plateau ?? null;

  test('says where prompts are cut back and that the summarising calls are missing', () => {
    const { heading, warning, facts } = prepareResets(plateau);
    expect(heading).toMatch(
      /^Prompts are cut back at 14\.\dk tokens to (3[6-9]|4[0-4])(\.\d)?.% of that$/,
    );
    expect(warning).toContain('is not in the trace');
    expect(facts.find((fact) => fact.label === 'Told by the source')?.value).toBe('0');
  });

  test('takes resets that most sessions pass untouched for rewinds', () => {
    if (plateau === null) throw new Error('No reset.');
    const rare = { ...plateau, sessionsAtThreshold: 23, resetAtThreshold: 3 };
    expect(prepareResets(rare).heading).toContain('rewinds rather than compactions');
    const told = { ...rare, toldBySource: plateau.resets };
    expect(prepareResets(told).heading).toContain('cut back');
  });

  test('nothing is missing where every summarising call is there, or nothing was cut', () => {
    if (plateau === null) throw new Error('No reset.');
    expect(prepareResets({ ...plateau, summaryCalls: plateau.resets }).warning).toBeNull();
    expect(prepareResets(null)).toMatchObject({ facts: [], warning: null });
  });
});

describe('prepareGrowthTable', () => {
  test('has a line for the whole and each agent, with its doubt, and a CSV as wide as its head', () => {
    const { rows, csv, heading } = prepareGrowthTable(model, 'agent');
    expect(rows.map((row) => row.name)).toEqual(['All main threads', 'agent']);
    expect(rows[0]?.slope.note).toMatch(/^95 %: /);
    expect(heading).toMatch(/^agent: a prompt grows by \d+ tokens a call$/);
    for (const row of csv.rows) expect(row).toHaveLength(csv.columns.length);
  });

  test('names the fastest only where intervals tell it from the next', () => {
    const slow = makeRows({ ...known, tokensPerCall: 100, seed: 2 }).map((row) => ({
      ...row,
      sessionId: `slow ${row.sessionId}`,
      agentName: 'slow',
    }));
    const alike = makeRows({ ...known, seed: 3 }).map((row) => ({
      ...row,
      sessionId: `alike ${row.sessionId}`,
      agentName: 'alike',
    }));
    const headingOf = (rows: readonly PricedCallRow[]) =>
      prepareGrowthTable(fitRows([...makeRows(known), ...rows]), 'agent').heading;
    expect(headingOf(slow)).toMatch(/^agent grows fastest: /);
    expect(headingOf(alike)).toContain('do not tell the two fastest apart');
  });

  test('warns of one session only above a third of the weight', () => {
    expect(findOddSession(model)).toBeNull();
    const odd = Array.from({ length: 300 }, (_, call) => ({
      ...makeRows({ ...known, sessions: 1 })[0],
      sessionId: 'z',
      inputFresh: 1_000 + 20 * call,
    })) as PricedCallRow[];
    const warning = findOddSession(fitRows([...makeRows(known), ...odd]));
    expect(warning?.sessionId).toBe('z');
    expect(warning?.title).toMatch(/^One session makes [6-9]\d/);
    expect(warning?.text).toContain('instead of');
  });
});
