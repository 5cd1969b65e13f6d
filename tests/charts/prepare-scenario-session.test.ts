import { expect, test } from 'vitest';
import { prepareSessionLog } from '@/lib/charts/prepare-scenario-session';
import { traceSession } from '@/simulations/trace-session';
import { deskScenario } from './example-scenario';

const asked = { className: 'visitor', ordinal: 3 };

test('a session is told step by step, with the time since the step before', () => {
  const log = prepareSessionLog(traceSession(deskScenario(), asked), asked);
  expect(log?.heading).toMatch(/^Session 3 of visitor ends well .+ after it starts$/);
  expect(log?.rows[0]).toMatchObject({ sincePrevious: '', branch: '', text: 'starts' });
  expect(log?.rows.at(-1)?.text).toBe('ends well');
  expect(log?.rows.some(({ text }) => text === 'is served by desk')).toBe(true);
  expect(log?.hasBranches).toBe(false);
  expect(log?.csv).toHaveLength((log?.rows.length ?? 0) + 1);
});

test('a session that never starts has no log', () => {
  const never = { ...asked, ordinal: 1_000_000 };
  expect(prepareSessionLog(traceSession(deskScenario(), never), never)).toBeNull();
});

test('branches are named, a session under way at the end and what is left out are said', () => {
  const steps = [
    { timeSec: 1, branch: 1, text: 'starts' },
    { timeSec: 2.5, branch: 2, text: 'waits for `desk`' },
  ];
  const log = prepareSessionLog({ steps, isTruncated: true }, asked);
  expect(log?.heading).toContain('is still under way 1.5\u00a0s after it starts');
  expect(log?.rows[1]).toMatchObject({
    sincePrevious: '+1.5\u00a0s',
    branch: 'branch 2',
    text: 'waits for desk',
  });
  expect(log?.note).toContain('the rest is left out');
});
