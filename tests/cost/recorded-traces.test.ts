import { linearRegression, mean } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { fitCostModel } from '@/lib/cost/fit-cost-model';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import {
  hasSharedData,
  listFiles,
  readClaudeCodeCalls,
  readJson,
  readLjoukovCalls,
  readPiCalls,
  readTau2Calls,
} from './shared-traces';

const isThere = hasSharedData();

const fitRows = (rows: readonly PricedCallRow[]) =>
  fitCostModel(groupCalls(rows, new Set(rows.map((row) => row.sessionId)).size), { seed: 1 });

const promptOf = (row: PricedCallRow) =>
  (row.inputFresh ?? 0) + (row.cacheRead ?? 0) + (row.cacheWrite5m ?? 0) + (row.cacheWrite1h ?? 0);

/** Fixed-effects slope by brute force: centre every group, then one least-squares line. */
function naiveSlope(groups: readonly (readonly PricedCallRow[])[]): number {
  const points = groups
    .filter((rows) => rows.length >= 3)
    .flatMap((rows) => {
      const prompts = rows.map(promptOf);
      const middle = (rows.length - 1) / 2;
      return prompts.map((prompt, i): [number, number] => [i - middle, prompt - mean(prompts)]);
    });
  return linearRegression(points).m;
}

function cutAtResets(rows: readonly PricedCallRow[]): PricedCallRow[][] {
  const segments: PricedCallRow[][] = [];
  rows.forEach((row, i) => {
    if (i === 0 || promptOf(row) < 0.7 * promptOf(rows[i - 1])) segments.push([]);
    segments.at(-1)?.push(row);
  });
  return segments;
}

describe.skipIf(!isThere)('a pi session of 439 calls with recorded cost', () => {
  const rows = isThere ? readPiCalls('traces/pi-coding-agent/large-session.jsonl') : [];
  const truth = isThere
    ? readJson('traces/expected.json')['pi-coding-agent'].files['large-session.jsonl']
    : null;

  test('every call costs what the provider recorded, to the pico-dollar', () => {
    expect(rows).toHaveLength(truth.n_calls);
    for (const row of rows) {
      const recordedPicoUsd = (row.recordedCostUsd ?? Number.NaN) * 1e12;
      expect(Math.abs((row.listCostPicoUsd ?? 0) - recordedPicoUsd)).toBeLessThan(0.5);
    }
  });

  test('total, slope and fit are those computed independently', () => {
    const model = fitRows(rows);
    expect(model.listCostUsd).toBeCloseTo(30.330198, 6);
    expect(model.recordedCostUsd).toBeCloseTo(30.330198, 6);
    expect(model.growth?.tokensPerCall).toBeCloseTo(315.085995, 6);
    expect(model.growth?.rSquared).toBeCloseTo(0.986609, 6);
    expect(model.growth?.contextResets).toBe(0);
    expect(model.tokensPerSession?.mean).toBe(truth.session_tokens_in_plus_out.mean);
    expect(model.growthCurve.at(-1)).toMatchObject({ call: 439, isExtrapolated: true });
  });
});

describe.skipIf(!isThere)('a Claude Code session of 25 rows', () => {
  test('is 10 calls, 0.579592 dollars and grows by 1652.757576 tokens a call', () => {
    const rows = readClaudeCodeCalls('formats/tracelab/claude-raw-session.jsonl', 'tracelab');
    const model = fitRows(rows);
    expect(model.coverage.modelCalls).toBe(10);
    expect(model.listCostUsd).toBeCloseTo(0.579592, 6);
    expect(model.growth?.tokensPerCall).toBeCloseTo(1652.757576, 6);
    expect(model.growth?.rSquared).toBeCloseTo(0.954664, 6);
  });
});

describe.skipIf(!isThere)('26 Claude Code sessions with compactions and sub-agents', () => {
  const folder = 'traces/entire-claude-code';
  const truth = isThere ? readJson('traces/expected.json')['entire-claude-code'] : { files: {} };
  const sessions = Object.keys(truth.files).map((file) =>
    readClaudeCodeCalls(`${folder}/${file}`, file),
  );
  const mains = sessions.map((rows) => rows.filter((row) => row.threadId === 'main'));

  test('calls and tokens are those computed independently', () => {
    const model = fitRows(sessions.flat());
    expect(model.coverage).toMatchObject({
      sessions: truth.totals.sessions,
      modelCalls: truth.totals.calls,
      unpricedCalls: 0,
    });
    const tokens = Object.values<{ input: number; output: number }>(truth.files);
    expect((model.tokensPerSession?.mean ?? 0) * 26).toBeCloseTo(
      tokens.reduce((sum, file) => sum + file.input + file.output, 0),
      3,
    );
    expect(listFiles(folder, '.jsonl').length).toBeGreaterThanOrEqual(26);
  });

  test('pooled growth, with and without segments, equals a brute-force fixed-effects fit', () => {
    const { growth } = fitRows(sessions.flat());
    expect(growth?.tokensPerCallUnsegmented).toBeCloseTo(naiveSlope(mains), 6);
    expect(growth?.tokensPerCall).toBeCloseTo(naiveSlope(mains.flatMap(cutAtResets)), 6);
    const resets = mains.reduce((sum, rows) => sum + Math.max(0, cutAtResets(rows).length - 1), 0);
    expect(growth?.contextResets).toBe(resets);
    expect(resets).toBeGreaterThan(0);
    const interval = growth?.interval95;
    expect(interval?.[0]).toBeLessThan(growth?.tokensPerCall ?? 0);
    expect(interval?.[1]).toBeGreaterThan(growth?.tokensPerCall ?? 0);
  });

  test('growth of every single session equals least squares over its calls', () => {
    for (const rows of mains.filter((main) => main.length >= 3)) {
      const points = rows.map((row, i): [number, number] => [i + 1, promptOf(row)]);
      const { growth } = fitRows(rows);
      if (growth === null) continue;
      const expected = linearRegression(points).m;
      expect(Math.abs(growth.tokensPerCallUnsegmented - expected)).toBeLessThan(1e-6);
    }
  });
});

describe.skipIf(!isThere)('tau2-bench agents', () => {
  const truth = isThere ? readJson('traces/expected.json')['tau2-bench'].files : {};

  test.each(Object.keys(truth))(
    'growth and session tokens of %s are those computed independently',
    (file) => {
      const { agent } = truth[file];
      const { growth, tokensPerSession, coverage } = fitRows(
        readTau2Calls(`traces/tau2-bench/${file}`),
      );
      expect(coverage.modelCalls).toBe(agent.n_calls);
      expect(growth?.tokensPerCall).toBeCloseTo(agent.growth_segmented.slope, 5);
      expect(growth?.tokensPerCallUnsegmented).toBeCloseTo(
        agent.growth.pooled_within_session.slope,
        5,
      );
      expect(growth?.rSquared).toBeCloseTo(agent.growth_segmented.r2, 5);
      expect(growth).toMatchObject({
        calls: agent.growth_segmented.n,
        segments: agent.growth_segmented.segments,
        contextResets: agent.growth_segmented.resets,
      });
      const tokens = agent.session_tokens_in_plus_out;
      for (const key of ['mean', 'p50', 'p95', 'p99'] as const) {
        expect(Math.abs((tokensPerSession?.[key] ?? 0) / tokens[key] - 1)).toBeLessThan(1e-6);
      }
    },
  );

  test('list cost of calls without hidden caching is what was recorded, and so are its quantiles', () => {
    const file = 'claude-sonnet-4-5_airline.json';
    const rows = readTau2Calls(`traces/tau2-bench/${file}`);
    const { listCostUsd, costPerSessionUsd } = fitRows(rows);
    const recorded = truth[file].agent.recorded_cost_usd;
    expect(listCostUsd).toBeCloseTo(recorded.total, 6);
    for (const key of ['mean', 'p50', 'p95', 'p99'] as const) {
      expect(costPerSessionUsd?.[key]).toBeCloseTo(recorded[key], 6);
    }
  });
});

describe.skipIf(!isThere)('ljoukov agent runs', () => {
  const truth = isThere ? readJson('traces/expected.json')['ljoukov-llm-agent-runs'].by_model : {};

  test.each(['gpt-5.2', 'gemini-2.5-pro'])(
    '%s: calls cost what was recorded and growth is reproduced',
    (model) => {
      const rows = readLjoukovCalls(model);
      expect(rows).toHaveLength(truth[model].n_calls);
      for (const row of rows) {
        const recordedPicoUsd = Math.round((row.recordedCostUsd ?? Number.NaN) * 1e12);
        expect(row.listCostPicoUsd).toBe(recordedPicoUsd);
      }
      const { growth } = fitRows(rows);
      expect(growth?.tokensPerCall).toBeCloseTo(truth[model].growth_segmented.slope, 5);
      expect(growth?.rSquared).toBeCloseTo(truth[model].growth_segmented.r2, 5);
    },
  );
});
