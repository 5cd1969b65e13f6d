import { describe, expect, test } from 'vitest';
import { call, playProvider } from './play-provider';

const burst = (sessions: number) => ({ kind: 'burst', sessions });
const every = (gapSec: number) => ({ kind: 'renewal', gapSec });

describe('latency', () => {
  const latency = { baseSec: 0.5, prefillSecPerToken: 0.001, decodeSecPerToken: 0.02 };

  test('base, uncached prompt and output add up', () => {
    const { busySec } = playProvider({ provider: latency, call: { cachedTokens: 400 } });
    expect(busySec).toBeCloseTo(0.5 + 0.001 * 600 + 0.02 * 100, 9);
  });

  test('it grows with the calls that are under way', () => {
    const { busySec } = playProvider({
      provider: { baseSec: 1, slowdownPerInFlight: 0.5 },
      arrivals: burst(3),
    });
    expect(busySec).toBeCloseTo(1 + 1.5 + 2, 9);
  });

  test("the step's own duration stands instead, and a fault makes it longer", () => {
    const { busySec } = playProvider({
      provider: latency,
      call: { durationSec: 7 },
      faults: [{ atSec: 0, resource: 'llm', latencyFactor: 3 }],
      arrivals: { kind: 'recorded', atSec: [1] },
    });
    expect(busySec).toBeCloseTo(21, 9);
  });

  test('output ends at what the call asks for', () => {
    const { counter } = playProvider({ call: { outputTokens: 900, maxTokens: 256 } });
    expect(counter('outputTokens')).toBe(256);
  });
});

describe('quotas', () => {
  test('a refusal says when all quotas will have room, and the limit is the last of them', () => {
    const provider = {
      quotas: [
        { measure: 'requests', perMinute: 60, burst: 1 },
        { measure: 'inputTokens', perMinute: 6_000, burst: 1_000 },
      ],
    };
    const retry = { attempts: 2, honourRetryAfter: true };
    const result = playProvider({
      provider,
      arrivals: burst(2),
      program: [{ attempt: 'call', steps: [call], retry }],
    });
    expect(result.session('succeeded')).toBe(2);
    expect(result.failures('rate_limited')).toBe(1);
    expect(result.counter('limitedBy.inputTokens')).toBe(1);
    expect(result.counter('limitedBy.requests')).toBe(0);
    expect(result.counter('exhaustedSec.inputTokens')).toBeCloseTo(10, 6);
  });

  test('paced calls go in order of arrival as the quotas refill', () => {
    const result = playProvider({
      provider: {
        quotas: [{ measure: 'tokens', perMinute: 66_000, burst: 1_100 }],
        onLimit: 'wait',
      },
      arrivals: burst(4),
    });
    expect(result.session('succeeded')).toBe(4);
    expect(result.waitSec).toBeCloseTo(1 + 2 + 3, 6);
    expect(result.counter('limitedBy.tokens')).toBe(3);
    expect(result.counter('exhaustedSec.tokens')).toBeCloseTo(1, 6);
  });

  test('a call larger than the bucket is refused without a time to come back', () => {
    const provider = { quotas: [{ measure: 'tokens', perMinute: 1_000 }], onLimit: 'wait' };
    expect(playProvider({ provider }).failures('rate_limited')).toBe(1);
  });

  test('output charged as it was produced takes the bucket below 0, and the next call waits', () => {
    const quotas = [{ measure: 'outputTokens', perMinute: 60, burst: 60, admission: 'none' }];
    const result = playProvider({
      provider: { quotas, baseSec: 1, onLimit: 'wait', concurrency: 1 },
      arrivals: burst(2),
    });
    // 60 − 100 at 1 s is 40 s of refill away from 0; the second call also ends 40 below.
    expect(result.waitSec).toBeCloseTo(41, 6);
    expect(result.counter('charged.outputTokens')).toBe(200);
  });

  test('refused calls that count take from a bucket what is there, and never more', () => {
    const quotas = (failedCallsCount: boolean) => [
      { measure: 'requests', perMinute: 60, burst: 2, failedCallsCount },
    ];
    const calls = (counts: boolean) =>
      playProvider({
        provider: { quotas: quotas(counts) },
        arrivals: every(0.5),
        horizonSec: 100.25,
      });
    expect(calls(false).session('succeeded')).toBe(101);
    // Each refusal takes the half token that has come since: nobody gets through any more.
    expect(calls(true).session('succeeded')).toBe(3);
  });

  test('reserved output comes back at the end', () => {
    const result = playProvider({
      provider: {
        baseSec: 1,
        quotas: [{ measure: 'tokens', perMinute: 600_000, burst: 10_000, admission: 'maxTokens' }],
      },
      call: { maxTokens: 4_000 },
      arrivals: burst(3),
    });
    expect(result.failures('rate_limited')).toBe(1);
    expect(result.counter('charged.tokens')).toBe(10_000);
    expect(result.counter('settledBack.tokens')).toBe(2 * 3_900);
  });

  test('the larger of prompt and output asked for is charged', () => {
    const quotas = [{ measure: 'tokens', perMinute: 1e6, admission: 'largerOfBoth' }];
    expect(
      playProvider({ provider: { quotas }, call: { maxTokens: 600 } }).counter('charged.tokens'),
    ).toBe(1_000);
    expect(
      playProvider({ provider: { quotas }, call: { maxTokens: 6_000 } }).counter('charged.tokens'),
    ).toBe(6_000);
  });

  test('a quota cut slows the refill, and a full cut holds calls until it ends', () => {
    const result = playProvider({
      provider: { quotas: [{ measure: 'requests', perMinute: 60, burst: 1 }], onLimit: 'wait' },
      faults: [{ atSec: 0, forSec: 10, resource: 'llm', quotaFactor: 0 }],
      arrivals: { kind: 'recorded', atSec: [1, 1] },
    });
    expect(result.session('succeeded')).toBe(2);
    expect(result.waitSec).toBeCloseTo(10, 6); // until 10 s + 1 s of refill
  });
});

describe('a retry', () => {
  test('asks for the same tokens again, so what is too large stays so', () => {
    const result = playProvider({
      provider: { quotas: [{ measure: 'inputTokens', perMinute: 1e6, burst: 1_000 }] },
      program: [
        {
          attempt: 'call',
          steps: [{ ...call, promptTokens: { law: 'uniform', min: 0, max: 2_000 } }],
          retry: { attempts: 4, delaySec: 1 },
        },
      ],
      arrivals: every(20),
      horizonSec: 40_000,
    });
    // One prompt in two is above the bucket, and each of its four attempts is refused.
    const failures = result.failures('rate_limited');
    expect(failures % 4).toBe(0);
    expect(result.session('succeeded') + failures / 4).toBe(result.requests - (3 * failures) / 4);
    expect(Math.abs(failures / 4 / 2_000 - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 2_000));
  });

  test('after a timeout asks for the same tokens, the next session for others', () => {
    const result = playProvider({
      provider: { decodeSecPerToken: 1 },
      program: [
        {
          attempt: 'call',
          steps: [{ ...call, outputTokens: { law: 'uniform', min: 0, max: 100 } }],
          timeoutSec: 50,
          retry: { attempts: 3 },
        },
      ],
      arrivals: every(400),
      horizonSec: 400_000,
    });
    const givenUp = (result.requests - result.session('succeeded')) / 3;
    expect(Number.isInteger(givenUp)).toBe(true);
    expect(Math.abs(givenUp / 1_000 - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 1_000));
  });
});

describe('slots, overload and errors', () => {
  test('calls beyond the slots are refused or wait, and the peak is the slots', () => {
    const slots = { concurrency: 2, baseSec: 1 };
    const refusing = playProvider({ provider: slots, arrivals: burst(5) });
    expect(refusing.failures('rate_limited')).toBe(3);
    expect(refusing.counter('limitedBy.concurrency')).toBe(3);
    expect(refusing.mostInFlight).toBe(2);
    const waiting = playProvider({ provider: { ...slots, onLimit: 'wait' }, arrivals: burst(5) });
    expect(waiting.session('succeeded')).toBe(5);
    expect(waiting.waitSec).toBeCloseTo(0 + 0 + 1 + 1 + 2, 9);
    expect(waiting.mostInFlight).toBe(2);
  });

  test('beyond the point of overload it answers overloaded', () => {
    const result = playProvider({ provider: { overloadAt: 3, baseSec: 1 }, arrivals: burst(5) });
    expect(result.failures('overloaded')).toBe(2);
    expect(result.session('succeeded')).toBe(3);
  });

  test('an outage fails every call that comes and every call in line, not those under way', () => {
    const result = playProvider({
      provider: { concurrency: 1, baseSec: 10, onLimit: 'wait' },
      arrivals: { kind: 'recorded', atSec: [0, 1, 6, 20] },
      faults: [{ atSec: 5, forSec: 5, resource: 'llm', outage: true }],
    });
    expect(result.failures('outage')).toBe(2);
    expect(result.session('succeeded')).toBe(2);
  });

  test('errors come at their rate after the latency without tokens, free of charge', () => {
    const result = playProvider({
      provider: { errorRate: 0.25, baseSec: 2, decodeSecPerToken: 0.1 },
      arrivals: every(50),
      horizonSec: 200_000,
    });
    const errors = result.failures('error');
    expect(Math.abs(errors / result.requests - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / 4_000));
    const succeeded = result.session('succeeded');
    expect(result.busySec).toBeCloseTo(12 * succeeded + 2 * errors, 3);
    expect(result.session('spentTokens')).toBe(1_100 * succeeded);
  });
});

describe('the bill', () => {
  const priceUsdPerMillion = { fresh: 3, cacheRead: 0.3, cacheWrite: 3.75, output: 15 };

  test('each kind of token has its price', () => {
    const result = playProvider({
      provider: { priceUsdPerMillion },
      call: { cachedTokens: 500, cacheWriteTokens: 200 },
    });
    expect(result.session('spentUsd')).toBeCloseTo(
      (3 * 300 + 0.3 * 500 + 3.75 * 200 + 15 * 100) / 1e6,
      12,
    );
    expect(result.session('wastedUsd')).toBe(0);
    expect(result.session('unpricedTokens')).toBe(0);
  });

  test('without a price tokens are counted and called unpriced', () => {
    const result = playProvider({});
    expect(result.session('spentTokens')).toBe(1_100);
    expect(result.session('unpricedTokens')).toBe(1_100);
    expect(result.counter('unpricedTokens')).toBe(1_100);
  });

  test.each([
    { timeoutSec: 0.5, output: 0, because: 'before the first token' },
    { timeoutSec: 3, output: 40, because: '2 of 5 s of output were produced' },
  ])('a call cancelled $because pays for its prompt and the output so far', (each) => {
    const result = playProvider({
      provider: { baseSec: 1, decodeSecPerToken: 0.05, priceUsdPerMillion },
      program: [{ attempt: 'call', steps: [call], timeoutSec: each.timeoutSec }],
    });
    const usd = (3 * 1_000 + 15 * each.output) / 1e6;
    expect(result.session('spentUsd')).toBeCloseTo(usd, 12);
    expect(result.session('wastedUsd')).toBeCloseTo(usd, 12);
    expect(result.session('wastedTokens')).toBe(1_000 + each.output);
  });

  test('a call that goes on unheard is billed in full and wasted', () => {
    const result = playProvider({
      provider: { baseSec: 5 },
      program: [{ attempt: 'call', steps: [call], timeoutSec: 1, afterTimeout: 'continues' }],
    });
    expect(result.session('spentTokens')).toBe(1_100);
    expect(result.session('wastedTokens')).toBe(1_100);
  });

  test('a call that is given up while it waits costs nothing', () => {
    const result = playProvider({
      provider: { quotas: [{ measure: 'requests', perMinute: 1 }], onLimit: 'wait' },
      program: [{ attempt: 'call', steps: [call], timeoutSec: 4 }],
      arrivals: burst(2),
    });
    expect(result.counter('callsBilled')).toBe(1);
    expect(result.waitSec).toBeCloseTo(4, 9);
  });
});
