import { describe, expect, test } from 'vitest';
import {
  defaultSides,
  listSides,
  readSide,
  type SideChoices,
} from '@/app/projects/[projectId]/compare/compare-side';
import { ImportState } from '@/lib/contracts/import';
import type { PolicySet } from '@/lib/cost/policies/policy';

const at = '2026-11-20T10:00:00.000Z';

const set: PolicySet = {
  policySetId: 's1',
  name: 'Short windows',
  policies: [{ kind: 'sliding_window', turns: 3 }],
  createdAt: at,
  updatedAt: at,
};

const imported = (importId: string, label: string) =>
  ImportState.parse({
    importId,
    projectId: 'p',
    label,
    isLive: false,
    status: 'completed',
    createdAt: at,
    finishedAt: at,
    files: [],
    progress: { bytesRead: 0, bytesTotal: 0, records: 0, recordsPerSec: 0, secondsLeft: null },
    issues: [],
    options: {},
    summary: null,
    error: null,
  });

const choices: SideChoices = {
  sets: [set],
  imports: [imported('i2', 'November'), imported('i1', '')],
};

describe('a side of a comparison', () => {
  test('is read again from the address under which it is offered', () => {
    for (const side of listSides(choices)) {
      expect(readSide(side.address, choices)).toEqual({ side, problem: null });
    }
    expect(listSides(choices).map(({ name }) => name)).toEqual([
      'today',
      'Short windows',
      'November',
      'i1',
    ]);
  });

  test('can be policies that nobody saved', () => {
    const { side } = readSide('policies:compact:120000:2000,window:3', choices);
    expect(side).toMatchObject({
      name: 'Compaction at 120k and a window of 3 turns',
      importId: null,
    });
    expect(side.policies).toHaveLength(2);
  });

  test.each([
    'set:gone',
    'import:gone',
    'policies:',
    'policies:magic:1',
    'policies:window:3,magic:1',
    'today:1',
    '',
    '__proto__',
  ])('%j gives way to today and says so', (address) => {
    const { side, problem } = readSide(address, choices);
    expect(side.address).toBe('today');
    expect(problem).toContain('today stands in its place');
    expect(problem).toContain('Left out because it');
  });
});

describe('what is compared where nothing is said', () => {
  test('is today with the first set', () => {
    expect(defaultSides(choices)).toEqual({ a: 'today', b: 'set:s1' });
  });

  test('is the earlier import with the newest where no set is saved', () => {
    expect(defaultSides({ ...choices, sets: [] })).toEqual({ a: 'import:i1', b: 'import:i2' });
  });

  test('is today with itself where there is nothing else', () => {
    expect(defaultSides({ sets: [], imports: [] })).toEqual({ a: 'today', b: 'today' });
  });
});
