import { expect, test } from 'vitest';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { describeFileIssue } from '@/lib/scenarios/scenario-file-issue';
import { findPreset } from '@/simulations/presets/scenario-presets';
import { runScenario } from '@/simulations/run-scenario';
import type { ScenarioOutcome } from '@/simulations/scenario-outcome';

/** A preset with lines of it replaced as its lesson proposes, run as briefly as its direction allows. */
function show(
  id: string,
  edits: readonly (readonly [from: string, to: string])[] = [],
  run: { readonly horizonSec?: number; readonly replications?: number } = {},
): ScenarioOutcome {
  let text = findPreset(id)?.yaml ?? '';
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  const parsed = parseScenarioFile(text);
  if (parsed.kind === 'issues') throw new Error(parsed.issues.map(describeFileIssue).join('\n'));
  return runScenario({ ...parsed.scenario, replications: 10, ...run });
}

function resourceOf(outcome: ScenarioOutcome, name: string) {
  const found = outcome.resources.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no resource ${name}.`);
  return found;
}

function classOf(outcome: ScenarioOutcome, name: string) {
  const found = outcome.classes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no class ${name}.`);
  return found;
}

function attemptsOf(outcome: ScenarioOutcome, name: string) {
  const found = outcome.attempts.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There are no attempts of ${name}.`);
  return found;
}

test('pool exhaustion: held while thinking the pool is full and agents fail, else it idles', () => {
  const held = show('pool-exhaustion', [], { horizonSec: 3600 });
  expect(resourceOf(held, 'database').utilization?.mean).toBeGreaterThan(0.95);
  expect(classOf(held, 'agent').failureShare.mean).toBeGreaterThan(0.2);
  expect(held.slos[0].holds).toBe(false);
  const released = show('pool-exhaustion', [['            hold: turn', '            #']], {
    horizonSec: 3600,
  });
  expect(resourceOf(released, 'database').utilization?.mean).toBeLessThan(0.02);
  expect(classOf(released, 'agent').failureShare.mean).toBe(0);
  expect(released.slos[0].holds).toBe(true);
});

test('retry storm: most runs do not recover, a backoff alone is no cure, a retry budget is', () => {
  const underWayAtEnd = ({ probes }: ScenarioOutcome) => probes.at(-1)?.classes.call.mean ?? 0;
  const storm = show('retry-storm', [], { replications: 30 });
  expect(attemptsOf(storm, 'tool').attemptsPerCall.mean).toBeGreaterThan(1.6);
  expect(underWayAtEnd(storm)).toBeGreaterThan(200);
  const { endStates } = classOf(storm, 'call');
  expect(endStates?.of).toBe(30);
  expect(endStates?.interval95[0]).toBeLessThan(0.74); // P(collapse) of this model over 400 runs
  expect(endStates?.interval95[1]).toBeGreaterThan(0.74);
  const later = show('retry-storm', [['# backoff:', 'backoff:']], { replications: 30 });
  expect(underWayAtEnd(later)).toBeGreaterThan(200);
  const paid = show('retry-storm', [['# budget:', 'budget:']]);
  expect(attemptsOf(paid, 'tool').attemptsPerCall.mean).toBeLessThan(1.05);
  expect(underWayAtEnd(paid)).toBeLessThan(110);
  expect(classOf(paid, 'call').endStates).toBeNull();
  const low = show('retry-storm', [['basePerSec: 40', 'basePerSec: 20']]);
  expect(classOf(low, 'call').failureShare.mean).toBeLessThan(0.01);
});

test('cache stampede: scores of fetches per expiry, with single flight one', () => {
  const fetchesPerExpiry = (outcome: ScenarioOutcome) => {
    const { fetches, expiries } = resourceOf(outcome, 'answers').countersPerSec;
    return fetches.mean / expiries.mean;
  };
  const stampede = show('cache-stampede', [], { horizonSec: 300 });
  expect(fetchesPerExpiry(stampede)).toBeGreaterThan(30);
  expect(stampede.slos[0].holds).toBe(false);
  const single = show('cache-stampede', [['singleFlight: false', 'singleFlight: true']], {
    horizonSec: 300,
  });
  expect(fetchesPerExpiry(single)).toBeCloseTo(1, 1);
  expect(single.slos[0].holds).toBe(true);
  expect(resourceOf(single, 'origin').waitedShare.mean).toBe(0);
});

test('write hotspot: one row limits all agents, until the writes spread', () => {
  const hot = show('write-hotspot', [], { horizonSec: 1200 });
  const lockedShare = resourceOf(hot, 'ledger').countersPerSec.hottestRowLockedSec.mean;
  expect(lockedShare).toBeGreaterThan(0.9);
  expect(resourceOf(hot, 'ledger').inUseMean.mean).toBeLessThan(64 / 4);
  const spread = show('write-hotspot', [['exponent: 1.2', 'exponent: 0']], { horizonSec: 1200 });
  const gain =
    classOf(spread, 'agent').succeededPerSec.mean / classOf(hot, 'agent').succeededPerSec.mean;
  expect(gain).toBeGreaterThan(1.1);
  expect(resourceOf(spread, 'ledger').waitSec.p95.mean).toBeLessThan(0.1);
  const wider = show('write-hotspot', [['writeSlots: 64', 'writeSlots: 640']], {
    horizonSec: 1200,
  });
  expect(classOf(wider, 'agent').succeededPerSec.mean).toBeCloseTo(
    classOf(hot, 'agent').succeededPerSec.mean,
    0,
  );
});

test('provider outage: a sixth of the hour is lost without a fallback, nothing with one, for money', () => {
  const guarded = show('provider-outage');
  const without = classOf(guarded, 'without fallback');
  const withFallback = classOf(guarded, 'with fallback');
  expect(without.failureShare.mean).toBeGreaterThan(0.13);
  expect(without.failureShare.mean).toBeLessThan(0.2);
  expect(withFallback.failureShare.mean).toBe(0);
  expect(withFallback.costUsdPerSession.mean).toBeGreaterThan(1.2 * without.costUsdPerSession.mean);
  expect(attemptsOf(guarded, 'first call').attemptsPerCall.mean).toBeLessThan(1.1);
  const unguarded = show('provider-outage', [['breaker: primary', '#']]);
  expect(attemptsOf(unguarded, 'first call').attemptsPerCall.mean).toBeGreaterThan(1.25);
  expect(attemptsOf(unguarded, 'first call').backingOffMean.mean).toBeGreaterThan(
    5 * attemptsOf(guarded, 'first call').backingOffMean.mean,
  );
});

test('converging agents: most tokens are wasted, unless agents think before they read', () => {
  const early = show('converging-agents', [], { horizonSec: 5000 });
  expect(attemptsOf(early, 'edit').attemptsPerCall.mean).toBeGreaterThan(3);
  expect(classOf(early, 'swarm').wastedTokenShare.mean).toBeGreaterThan(0.6);
  const read = '                - read: plan\n';
  const model =
    '                - { model: provider, promptTokens: 12000, cachedTokens: 8000, outputTokens: 350 }\n';
  const late = show('converging-agents', [[read + model, model + read]], { horizonSec: 5000 });
  expect(attemptsOf(late, 'edit').attemptsPerCall.mean).toBeLessThan(1.2);
  expect(classOf(late, 'swarm').wastedTokenShare.mean).toBeLessThan(0.15);
  expect(classOf(late, 'swarm').responseSec.mean.mean).toBeLessThan(
    classOf(early, 'swarm').responseSec.mean.mean / 2,
  );
});

test('reboot in a spike: each alone is carried, both at once are not, and a spare node carries both', () => {
  const failed = (outcome: ScenarioOutcome) => classOf(outcome, 'agent').failureShare.mean;
  const both = show('reboot-in-spike');
  expect(failed(both)).toBeGreaterThan(0.02);
  expect(resourceOf(both, 'gateway').failuresPerSecByCause.queue_full.mean).toBeGreaterThan(0);
  expect(both.slos[0].holds).toBe(false);
  const spikeAlone = show('reboot-in-spike', [
    ['faults:', '#'],
    ['  - { resource: gateway,', '#'],
  ]);
  expect(failed(spikeAlone)).toBeLessThan(0.001);
  expect(failed(show('reboot-in-spike', [['atSec: 2100', 'atSec: 600']]))).toBeLessThan(0.001);
  expect(failed(show('reboot-in-spike', [['nodes: 4', 'nodes: 5']]))).toBeLessThan(0.001);
});

test('latency budget: medians within it, a P95 half as long again, and what helps', () => {
  const run = { horizonSec: 600 };
  const planned = show('latency-budget', [], run);
  const p95 = (outcome: ScenarioOutcome) => classOf(outcome, 'question').responseSec.p95.mean;
  expect(p95(planned)).toBeGreaterThan(2.7);
  expect(p95(planned)).toBeLessThan(3.3);
  const { goodputPerSec, succeededPerSec } = classOf(planned, 'question');
  expect(goodputPerSec.mean / succeededPerSec.mean).toBeLessThan(0.5);
  const workers = show('latency-budget', [['slots: 4', 'slots: 8']], run);
  expect(p95(planned) - p95(workers)).toBeLessThan(0.2);
  const shorter = show('latency-budget', [['mean: 0.7', 'mean: 0.31']], run);
  expect(p95(planned) - p95(shorter)).toBeGreaterThan(0.25);
});

test('budget burn: a dozen loops spend most of the money, until calls per session are capped', () => {
  const shareOfLoops = (outcome: ScenarioOutcome) => {
    const spent = ['ordinary', 'looping'].map((name) => {
      const { costUsdPerSession, succeededPerSec } = classOf(outcome, name);
      return costUsdPerSession.replications === 0
        ? 0
        : costUsdPerSession.mean * succeededPerSec.mean;
    });
    return spent[1] / (spent[0] + spent[1]);
  };
  const loose = show('budget-burn');
  expect(shareOfLoops(loose)).toBeGreaterThan(0.65);
  const capped = show('budget-burn', [['# breaker:', 'breaker:']]);
  expect(classOf(capped, 'ordinary').failureShare.mean).toBeLessThan(0.001);
  const cachedPerSec = (outcome: ScenarioOutcome) =>
    resourceOf(outcome, 'provider').countersPerSec.cacheReadTokens.mean;
  expect(cachedPerSec(capped)).toBeLessThan(0.2 * cachedPerSec(loose));
});

test('eight servers: the mean wait of Erlang lies in the interval, and 95 % load doubles it', () => {
  const wait = (outcome: ScenarioOutcome) => resourceOf(outcome, 'servers').waitSec.mean;
  const at90 = wait(show('eight-servers', [], { replications: 20 }));
  expect(at90.interval95[0]).toBeLessThan(0.8775);
  expect(at90.interval95[1]).toBeGreaterThan(0.8775);
  const at95 = wait(show('eight-servers', [['ratePerSec: 7.2', 'ratePerSec: 7.6']]));
  expect(at95.mean).toBeGreaterThan(1.6 * at90.mean);
  const over = show('eight-servers', [['ratePerSec: 7.2', 'ratePerSec: 8.2']], {
    horizonSec: 8000,
  });
  expect(resourceOf(over, 'servers').overload?.growthPerSec.mean).toBeCloseTo(0.2, 1);
});
