import { describe, expect, test } from 'vitest';
import { measureSide } from '@/lib/cost/compare/measure-side';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { fitCostModel } from '@/lib/cost/fit-cost-model';
import { measureLeverBasis } from '@/lib/cost/levers/measure-lever-basis';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { measureToday } from '@/lib/cost/replay/measure-today';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { groupCalls } from '@/lib/sessions/group-calls';
import { callRow } from '../../sessions/rows';
import { pricedRow } from '../priced-row';

/** Prompts that grow by 1,000 a call and fall back to 2,000 once, and a sub-agent beside them. */
const prompts = [2_000, 3_000, 4_000, 5_000, 2_000, 3_000, 4_000];
const sessions = groupCalls(
  [
    ...prompts.flatMap((prompt, i) => [
      pricedRow({
        sessionId: 's',
        agentName: 'planner',
        model: 'claude-haiku-4-5',
        inputFresh: prompt,
        output: 100,
        turnIndex: i < 4 ? 0 : 1,
        startMs: i * 10_000,
      }),
      callRow({ sessionId: 's', kind: 'tool', toolName: 'search', startMs: i * 10_000 + 5 }),
    ]),
    pricedRow({
      sessionId: 's',
      threadId: 'sub',
      agentName: 'worker',
      model: 'claude-opus-4-5',
      inputFresh: 10_000,
      output: 1,
      startMs: 90_000,
    }),
  ],
  1,
);
const set = buildReplaySet(sessions, standardPriceBook);
const today = measureToday(set);
const asMeasured = {
  promptTokens: today.promptTokens,
  picoUsd: today.callPicoUsd,
  callsAdded: 0,
};

describe('a side of a comparison', () => {
  test('is measured as the cost model measures it', () => {
    const facts = measureSide(set, asMeasured);
    const { growth } = fitCostModel(sessions, { seed: 1 });
    expect(facts.growthTokensPerCall).toBeCloseTo(1_000, 9);
    expect(facts.growthTokensPerCall).toBeCloseTo(growth?.tokensPerCall ?? 0, 9);
    expect(facts.contextResets).toBe(growth?.contextResets);
    expect(facts).toMatchObject({ sessions: 1, calls: 8, callsPerSession: 8 });
  });

  test('tells the share of its prompts that had been sent, by hand', () => {
    // Each call re-sends prompt and output before it; the one after the reset sends no more than it has.
    const resent = [2_100, 3_100, 4_100, 2_000, 2_100, 3_100].reduce((sum, n) => sum + n, 0);
    const whole = prompts.reduce((sum, n) => sum + n, 0) + 10_000;
    expect(measureSide(set, asMeasured).resentShare).toBeCloseTo(resent / whole, 12);
  });

  test('parts its dollars by model, the dearest first, and loses none', () => {
    const { byModel } = measureSide(set, asMeasured);
    expect(byModel.map(({ name }) => name)).toEqual(['claude-opus-4-5', 'claude-haiku-4-5']);
    const sum = byModel.reduce((total, { usd }) => total + usd, 0);
    expect(sum).toBeCloseTo((today.sessionPicoUsd[0] ?? 0) / 1e12, 12);
  });

  test('counts calls that policies add and not those that are not sent', () => {
    const promptTokens = today.promptTokens.slice();
    promptTokens[0] = Number.NaN;
    const facts = measureSide(set, { ...asMeasured, promptTokens, callsAdded: 3 });
    expect(facts.calls).toBe(7 + 3);
  });

  test('grows by less under a policy that drops history', () => {
    const costs = replayPolicies(set, [{ kind: 'sliding_window', turns: 1 }], []);
    const facts = measureSide(set, {
      promptTokens: costs.callChangedPromptTokens,
      picoUsd: costs.callChangedPicoUsd,
      callsAdded: costs.callsAdded,
    });
    expect(facts.promptTokensPerCall).toBeLessThanOrEqual(
      measureSide(set, asMeasured).promptTokensPerCall ?? 0,
    );
  });

  test('knows nothing of sessions that are not there', () => {
    const empty = buildReplaySet(groupCalls([], 0), standardPriceBook);
    const none = { promptTokens: new Float64Array(0), picoUsd: new Float64Array(0), callsAdded: 0 };
    expect(measureSide(empty, none)).toEqual({
      sessions: 0,
      calls: 0,
      callsPerSession: null,
      promptTokensPerCall: null,
      resentShare: null,
      growthTokensPerCall: null,
      contextResets: 0,
      byModel: [],
    });
  });
});

describe('where levers stand', () => {
  test('follows from what was measured', () => {
    const basis = measureLeverBasis(set);
    expect(basis.promptTokens).toMatchObject({ p50: 3_500, max: 10_000 });
    expect(basis.outputTokens?.max).toBe(100);
    expect(basis.turns).toMatchObject({ p50: 2, max: 2 });
    expect(basis.agents).toEqual(['planner', 'worker']);
    expect(basis.models).toEqual(['claude-haiku-4-5', 'claude-opus-4-5']);
    // New content after a tool: 1,000 less the output before it; nothing new after the reset.
    expect(basis.toolResultTokens).toMatchObject({ p50: 900, max: 900 });
  });

  test('is not known where nothing was measured', () => {
    const basis = measureLeverBasis(buildReplaySet(groupCalls([], 0), standardPriceBook));
    expect(basis).toEqual({
      promptTokens: null,
      newTokens: null,
      toolResultTokens: null,
      outputTokens: null,
      turns: null,
      agents: [],
      models: [],
      pricedAs: [],
    });
  });
});
