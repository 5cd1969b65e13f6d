import { describe, expect, test } from 'vitest';
import { runBacktest } from '@/lib/cost/backtest/run-backtest';
import type { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { forecastCost } from '@/lib/cost/forecast/forecast-cost';
import { anatomyLines } from '@/lib/report/anatomy-lines';
import { backtestLines } from '@/lib/report/backtest-lines';
import { buildReport } from '@/lib/report/build-report';
import { canonicalJson } from '@/lib/report/canonical-json';
import { forecastLines } from '@/lib/report/forecast-lines';
import type { FrozenAnatomy } from '@/lib/report/frozen-anatomy';
import type { FrozenForecast } from '@/lib/report/frozen-forecast';
import { renderMarkdown } from '@/lib/report/render-markdown';
import { Report } from '@/lib/report/report';
import { groupCalls } from '@/lib/sessions/group-calls';
import { basisOf, lognormalCosts, plainPlan } from '../cost/forecast/example-basis';
import { replaySession, rowsOf } from '../cost/predict/made-sessions';
import { plainParts } from './report-parts';

const plan: ForecastPlan = {
  ...plainPlan,
  months: 3,
  sessionsPerDay: { low: 1_200, high: 2_000 },
  totalBudgetUsd: 40_000,
};
const basis = basisOf(lognormalCosts(200));
const result = forecastCost(plan, basis, { seed: 1, draws: 2_000 });
if (result.kind !== 'forecast') throw new Error('No forecast.');
const forecast: FrozenForecast = { plan, policies: null, result };

const made = Array.from({ length: 20 }, (_, i) => replaySession(6 + i, 2_000 + 100 * (i % 3), 400));
const backtest = runBacktest(groupCalls(rowsOf(made), made.length), { seed: 1 });
const few = runBacktest(groupCalls(rowsOf(made.slice(0, 3)), 3), { seed: 1 });

const anatomy: FrozenAnatomy = {
  sessions: 20,
  sessionsInStore: 20,
  historyShare: 0.75,
  whole: {
    costPicoUsd: '5000000000000',
    pricedCalls: 9,
    unpricedCalls: 0,
    cells: [
      {
        part: 'resentHistory',
        state: 'cacheRead',
        tokens: 300,
        unpricedTokens: 0,
        costPicoUsd: '3000000000000',
      },
      {
        part: 'newInput',
        state: 'fresh',
        tokens: 100,
        unpricedTokens: 0,
        costPicoUsd: '1000000000000',
      },
      {
        part: 'output',
        state: null,
        tokens: 10,
        unpricedTokens: 0,
        costPicoUsd: '1000000000000',
      },
    ],
  },
};

describe('what a report keeps of cost at launch', () => {
  test('is kept to the last digit, and reads again as the same bytes', () => {
    const text = canonicalJson(buildReport({ ...plainParts, forecast, backtest, anatomy }));
    const opened = Report.parse(JSON.parse(text));
    expect(opened).toMatchObject({ forecast, backtest, anatomy });
    expect(canonicalJson(opened)).toBe(text);
  });

  test('may be absent: a report from before opens with the same bytes, and says nothing of it', () => {
    const text = canonicalJson(buildReport(plainParts));
    for (const key of ['forecast', 'backtest', 'anatomy']) expect(text).not.toContain(`"${key}"`);
    const opened = Report.parse(JSON.parse(text));
    expect(canonicalJson(opened)).toBe(text);
    expect(renderMarkdown(opened)).not.toMatch(/plan saved|## Cost at launch|## How far off/);
  });

  test('says that no plan was saved, which is not the same as a report from before', () => {
    const text = canonicalJson(buildReport({ ...plainParts, forecast: null }));
    const opened = Report.parse(JSON.parse(text));
    expect(canonicalJson(opened)).toBe(text);
    expect(renderMarkdown(opened)).toContain('## Cost at launch\n\nNo plan saved.');
  });
});

describe('cost at launch as Markdown', () => {
  const cellsOf = (line: string) => line.split(/(?<!\\)\|/).map((cell) => cell.trim());

  test('has the plan in words, a row for every month and one for all, budgets and assumptions', () => {
    const lines = forecastLines(forecast);
    const text = lines.join('\n');
    expect(text).toContain('- Sessions a day: 1,200 to 2,000');
    expect(text).toContain('- Policies: as today');
    const months = result.months.map(({ from, to }) => `${from} to ${to}`);
    const rows = lines.filter((line) => line.startsWith('| ')).map((line) => cellsOf(line)[1]);
    expect(rows).toEqual(expect.arrayContaining([...months, 'All together']));
    expect(text).toContain('| Passed, share of draws |');
    expect(text).toContain('80 % sure');
    for (const sentence of result.assumptions) expect(text).toContain(sentence.slice(0, 20));
    expect(result.assumptions.length).toBeGreaterThan(3);
  });

  test('every row of a table has as many cells as its head, whatever names hold', () => {
    const hostile: FrozenForecast = {
      ...forecast,
      plan: {
        ...plan,
        policySetId: 'one',
        mix: { by: 'agent', shares: [{ name: '<img src=x> | a', share: 1 }] },
      },
      policies: { name: 'x](https://evil.example)', words: ['every model replaced by a|b'] },
    };
    const all = [...forecastLines(hostile), ...backtestLines(backtest), ...anatomyLines(anatomy)];
    const text = all.join('\n');
    expect(text).not.toContain('<img');
    expect(text).not.toContain('https://');
    let width = 0;
    let tables = 0;
    for (const [at, line] of all.entries()) {
      if (!line.startsWith('| ')) continue;
      if (all[at + 1]?.startsWith('| ---') === true) {
        width = cellsOf(line).length;
        tables++;
      }
      expect(cellsOf(line), line).toHaveLength(width);
    }
    // Months, budgets, three of the backtest and the parts of the cost.
    expect(tables).toBe(6);
  });

  test('a forecast that could not be is told with its reason, and a set that is gone as such', () => {
    const text = forecastLines({
      plan: { ...plan, policySetId: 'gone' },
      policies: null,
      result: { kind: 'not_drawn', reason: 'The policy set of this plan is gone.' },
    }).join('\n');
    expect(text).toContain('The policy set of this plan is gone.');
    expect(text).toContain('- Policies: a set that is gone');
    expect(text).not.toContain('P50');
  });

  test('too few sessions are told as such, by the forecast and by the backtest', () => {
    const none = forecastCost(plan, basisOf(lognormalCosts(3)), { seed: 1, draws: 100 });
    expect(forecastLines({ ...forecast, result: none }).join('\n')).toMatch(
      /A forecast needs \d+ priced sessions; there are 3/,
    );
    const text = backtestLines(few).join('\n');
    expect(text).toContain('too few to say how far off');
    expect(text.match(/Too little data/g)).toHaveLength(3);
    expect(text).not.toContain('| ---');
  });

  test('the backtest says what was foretold from what, and the parts of the cost their shares', () => {
    const text = backtestLines(backtest).join('\n');
    expect(text).toContain('On these sessions, longer ones foretold from shorter ones');
    expect(text).toContain('Inside the 80 % interval');
    const lines = anatomyLines(anatomy);
    expect(lines[0]).toContain('75\u00a0% of the input spend is history sent again');
    const history = lines.find((line) => line.startsWith('| History'));
    expect(cellsOf(history ?? '').slice(1, -1)).toEqual([
      'History sent again',
      ...[String.raw`\$0.00`, String.raw`\$3.00`, String.raw`\$0.00`, String.raw`\$3.00`],
      '60\u00a0%',
    ]);
  });
});
