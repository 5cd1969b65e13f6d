import { describe, expect, test } from 'vitest';
import { describeScenario } from '@/lib/charts/prepare-scenario-finding';
import { crowd, deskOutcome, seen } from './example-scenario';

const outcome = deskOutcome();
const slo = (holds: boolean | null, text: string) => ({
  text,
  observed: seen(1),
  atMost: 1,
  holds,
});

describe('the finding of a run', () => {
  test('names the resource that is overloaded, and how fast its queue grows', () => {
    const crowded = deskOutcome({ classes: crowd });
    const { headline, lede, tone } = describeScenario(crowded);
    const growth = crowded.resources[0].overload?.growthPerSec.mean;
    expect(growth).toBeCloseTo(2, 0); // 4 a second come, 2 are served
    expect(headline).toBe(
      `desk is overloaded: its queue grows by ${growth?.toPrecision(3)} waiters a second`,
    );
    expect(lede).toContain('no steady state');
    expect(tone).toBe('no_go');
  });

  test('says that a run stopped before anything else', () => {
    const stopped = deskOutcome({ classes: crowd, maxEvents: 500 });
    const { headline, lede, tone } = describeScenario(stopped);
    expect(headline).toMatch(/^Stopped after .+ of 6:40$/);
    expect(lede).toContain('measured so far');
    expect(tone).toBe('conditional');
  });

  test('gives the probability of collapse where replications end in two states, whatever their mean', () => {
    const [visitor] = outcome.classes;
    const endStates = {
      collapsed: 30,
      of: 40,
      interval95: [0.598, 0.858] as [number, number],
      recoveredShare: 0.25,
    };
    const slos = [slo(true, 'A')];
    const { headline, lede, tone } = describeScenario({
      ...outcome,
      slos,
      classes: [{ ...visitor, endStates }],
    });
    expect(headline).toBe('30 of 40 replications end collapsed, the others well');
    expect(lede).toContain('75\u00a0% (59.8\u00a0% to 85.8\u00a0%)');
    expect(lede).toContain('25\u00a0% came back');
    expect(tone).toBe('no_go');
  });

  test('counts the objectives that fail, and states the first', () => {
    const slos = [slo(true, 'A'), slo(false, 'P95 wait'), slo(false, 'C')];
    const { headline, tone } = describeScenario({ ...outcome, slos });
    expect(headline).toBe('2 of 3 objectives fail: P95 wait');
    expect(tone).toBe('no_go');
  });

  test('is not sure where an interval holds the limit', () => {
    const { headline, tone } = describeScenario({
      ...outcome,
      slos: [slo(true, 'A'), slo(null, 'B')],
    });
    expect(headline).toBe('1 of 2 objectives is undecided: B');
    expect(tone).toBe('conditional');
  });

  test('says of what an objective was observed where more replications would not tell', () => {
    const coverage = { of: 'turns that ended', share: 0.47 } as const;
    const { lede } = describeScenario({ ...outcome, slos: [{ ...slo(null, 'B'), coverage }] });
    expect(lede).toContain('observed of the turns that ended: 47\u00a0%, and the others may');
    expect(lede).not.toContain('More replications');
  });

  test('says how many sessions were not over at the end', () => {
    const classes = outcome.classes.map((one) => ({ ...one, unfinishedShare: seen(0.12) }));
    expect(describeScenario({ ...outcome, classes }).lede).toMatch(
      /12\s% of the sessions of visitor were not over at the end: their times are lower bounds/,
    );
    expect(describeScenario(outcome).lede).not.toContain('not over');
  });

  test('says that all objectives hold only where each does', () => {
    const slos = [slo(true, 'A'), slo(true, 'B'), slo(true, 'C')];
    expect(describeScenario({ ...outcome, slos })).toMatchObject({
      headline: 'All 3 objectives hold',
      tone: 'go',
    });
  });

  test('without objectives tells who fails, else what is busiest, and calls neither a pass', () => {
    expect(describeScenario(outcome).headline).toMatch(
      /^desk is \d+(\.\d)?\u00a0% in use, and P95/,
    );
    const [visitor] = outcome.classes;
    const failing = { ...outcome, classes: [{ ...visitor, failureShare: seen(0.31) }] };
    expect(describeScenario(failing).headline).toBe('31\u00a0% of visitor sessions fail');
    expect(describeScenario(outcome).tone).toBe('unknown');
  });

  test('finds nothing where no session starts', () => {
    const none = { visitor: { ...crowd.visitor, arrivals: { kind: 'poisson', ratePerSec: 1e-9 } } };
    const objective = { measure: 'waitSec', resource: 'desk', quantile: 0.95, atMost: 1 };
    expect(describeScenario(deskOutcome({ classes: none, slos: [objective] }))).toMatchObject({
      headline: 'No session starts within 6:40',
      tone: 'unknown',
    });
  });
});
