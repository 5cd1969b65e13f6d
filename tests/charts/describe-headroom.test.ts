import { describe, expect, test } from 'vitest';
import { describeHeadroom } from '@/lib/charts/describe-headroom';
import { prepareLoadLine } from '@/lib/charts/prepare-load-line';

const pool = { name: 'Database pool', agents: 400, basis: 'simulated', isBinding: true } as const;

/** Numbers and units are joined by no-break spaces. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('describeHeadroom', () => {
  test('headroom is the share of the binding load that the plan leaves free', () => {
    const text = describeHeadroom(prepareLoadLine([pool], 300));
    expect(plain(text)).toBe('25 % headroom before the database pool binds');
  });

  test('a plan above the limit is not headroom', () => {
    expect(describeHeadroom(prepareLoadLine([pool], 500))).toContain(
      'binds below the planned peak',
    );
  });

  test('what is not known is said', () => {
    expect(describeHeadroom(prepareLoadLine([], 300))).toContain('No constraint is known');
    expect(describeHeadroom(prepareLoadLine([pool], null))).toContain('no planned peak');
  });
});
