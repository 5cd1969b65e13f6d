import { expect, test } from 'vitest';
import { playLiteral } from '../policies/play-literal';

const call = { model: 'provider', promptTokens: 900, outputTokens: 100, durationSec: 1 };
const slower = { ...call, durationSec: 5 };

function playSteps(steps: readonly object[]) {
  return playLiteral({
    horizonSec: 100,
    resources: { provider: { kind: 'provider' } },
    classes: {
      agents: {
        arrivals: { kind: 'burst', sessions: 1 },
        program: [call, { attempt: 'outer', steps: [call, { attempt: 'inner', steps }] }],
      },
    },
  });
}

test('a session that ends well within attempts has wasted nothing of what led there', () => {
  const played = playSteps([call, { end: 'success' }]);
  expect(played.sessions(0, 'succeeded')).toBe(1);
  expect(played.sessions(0, 'spentTokens')).toBe(3_000);
  expect(played.sessions(0, 'wastedTokens')).toBe(0);
});

test('a session that ends within an attempt right after a service gives its slot back once', () => {
  const played = playLiteral({
    horizonSec: 50,
    resources: { pool: { kind: 'pool', slots: 1 } },
    classes: {
      agents: {
        arrivals: { kind: 'burst', sessions: 4 },
        program: [{ attempt: 'call', steps: [{ use: 'pool', forSec: 10 }, { end: 'success' }] }],
      },
    },
  });
  expect(played.responseSec(0).sum, 'one after the other').toBe(10 + 20 + 30 + 40);
  expect(played.station(0, 'inUseIntegralSec')).toBe(40);
});

test('a branch that was still at work when another one ended the session well was wasted', () => {
  const played = playSteps([
    {
      parallel: [
        [call, { end: 'success' }],
        [call, slower],
      ],
    },
  ]);
  expect(played.sessions(0, 'succeeded')).toBe(1);
  expect(played.sessions(0, 'wastedTokens')).toBeGreaterThanOrEqual(1_000);
  expect(played.sessions(0, 'wastedTokens')).toBeLessThan(played.sessions(0, 'spentTokens'));
});

test('a session that fails within an attempt has wasted all that it spent', () => {
  const played = playSteps([call, { end: 'failure' }]);
  expect(played.sessions(0, 'wastedTokens')).toBe(played.sessions(0, 'spentTokens'));
});

test('the end of a turn gives back what was taken for it, and not what was acquired beside', () => {
  const played = playLiteral({
    horizonSec: 20,
    resources: { pool: { kind: 'pool', slots: 10 } },
    classes: {
      agents: {
        arrivals: { kind: 'burst', sessions: 1 },
        program: [
          {
            turn: [
              { use: 'pool', forSec: 1, hold: 'turn' },
              { acquire: 'pool', units: 5 },
            ],
          },
          { think: 9 },
        ],
      },
    },
  });
  expect(played.station(0, 'inUseIntegralSec')).toBe(1 + 5 * 9);
});
