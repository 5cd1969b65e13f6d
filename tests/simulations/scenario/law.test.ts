import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Law } from '@/simulations/scenario/law';

const messagesOf = (law: unknown) => JSON.stringify(Law.safeParse(law).error?.issues ?? []);

const accepted: readonly z.input<typeof Law>[] = [
  0,
  0.25,
  { law: 'constant', value: 3 },
  { law: 'exponential', mean: 0.1 },
  { law: 'uniform', min: 1, max: 1 },
  { law: 'normal', mean: 1, sd: 0.5, below: 'reflect' },
  { law: 'lognormal', mean: 1, cv: 2 },
  { law: 'lognormal', median: 1, p99: 10 },
  { law: 'lognormal', median: 1, sigma: 0.5 },
  { law: 'gamma', mean: 1, cv: 0.5 },
  { law: 'erlang', mean: 1, stages: 3 },
  { law: 'hyperexponential', mean: 1, cv: 1 },
  { law: 'weibull', mean: 1, shape: 0.7 },
  { law: 'pareto', min: 1, shape: 1.5 },
  { law: 'pareto', min: 1, shape: 1.5, max: 9 },
  { law: 'empirical', values: [1, 2, 2] },
  { law: 'zipf', items: 1_000_000, exponent: 0 },
  { law: 'geometric', mean: 1 },
  { law: 'poisson', mean: 0 },
  {
    law: 'mixture',
    of: [
      { weight: 1, law: { law: 'mixture', of: [{ weight: 2, law: 5 }] } },
      { weight: 3, law: { law: 'exponential', mean: 2 } },
    ],
  },
];

describe('Law', () => {
  test.each(accepted)('lets %j through', (law) => {
    expect(Law.safeParse(law).error).toBeUndefined();
  });

  test('draws a negative normal again unless told to reflect it', () => {
    expect(Law.parse({ law: 'normal', mean: 1, sd: 1 })).toEqual({
      law: 'normal',
      mean: 1,
      sd: 1,
      below: 'redraw',
    });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e16, '1', null, undefined, []])(
    'refuses %s as a number, wherever one stands',
    (bad) => {
      expect(Law.safeParse(bad).success).toBe(false);
      for (const law of accepted) {
        if (typeof law === 'number') continue;
        for (const name of Object.keys(law)) {
          if (name === 'law' || name === 'below' || name === 'of') continue;
          // An absent max is no bound: nothing to refuse.
          if (name === 'max' && law.law === 'pareto' && bad === undefined) continue;
          expect(Law.safeParse({ ...law, [name]: bad }).success, `${law.law} ${name}`).toBe(false);
        }
      }
      expect(Law.safeParse({ law: 'empirical', values: [1, bad] }).success).toBe(false);
      expect(Law.safeParse({ law: 'mixture', of: [{ weight: bad, law: 1 }] }).success).toBe(false);
    },
  );

  test('refuses a key that the law does not have, at any depth', () => {
    for (const law of accepted) {
      if (typeof law === 'number') continue;
      expect(messagesOf({ ...law, means: 1 }), law.law).toContain('unrecognized_keys');
    }
    const inner = { law: 'exponential', mean: 1, cv: 1 };
    expect(messagesOf({ law: 'mixture', of: [{ weight: 1, law: inner }] })).toContain(
      'unrecognized_keys',
    );
    expect(messagesOf({ law: 'exponentiel', mean: 1 })).toContain("'exponential' | ");
  });

  test.each([
    [{ law: 'lognormal', mean: 1, cv: 1, median: 1, sigma: 1 }, 'exactly one of these pairs'],
    [{ law: 'lognormal', median: 1, p99: 2, sigma: 1 }, 'exactly one of these pairs'],
    [{ law: 'lognormal', mean: 1, sigma: 1 }, 'exactly one of these pairs'],
    [{ law: 'lognormal', mean: 1 }, 'exactly one of these pairs'],
    [{ law: 'lognormal', median: 2, p99: 1 }, '99th percentile'],
    [{ law: 'uniform', min: 2, max: 1 }, '`max` 1 is below `min` 2.'],
    [{ law: 'pareto', min: 2, shape: 1, max: 2 }, 'above min'],
    [{ law: 'hyperexponential', mean: 1, cv: 0.9 }, '>=1'],
    [{ law: 'geometric', mean: 0.9 }, '>=1'],
    [{ law: 'erlang', mean: 1, stages: 1.5 }, 'int'],
    [{ law: 'zipf', items: 1_000_001, exponent: 1 }, '<=1000000'],
    [{ law: 'empirical', values: [] }, '>=1 items'],
    [{ law: 'empirical', values: new Array(100_001).fill(1) }, '<=100000 items'],
    [{ law: 'mixture', of: [] }, '>=1 items'],
    [{ law: 'mixture', of: new Array(101).fill({ weight: 1, law: 1 }) }, '<=100 items'],
  ])('refuses what contradicts itself or has no bounds, and says why (%#)', (law, reason) => {
    expect(messagesOf(law)).toContain(reason);
  });

  test('refuses mixtures three deep, and says so of text of any depth', () => {
    let law: unknown = 1;
    for (let depth = 0; depth < 3; depth++) law = { law: 'mixture', of: [{ weight: 1, law }] };
    expect(Law.safeParse(law).success).toBe(false);
    for (let depth = 0; depth < 10_000; depth++) law = { law: 'mixture', of: [{ weight: 1, law }] };
    expect(Law.safeParse(law).success).toBe(false);
  });

  test('has a JSON Schema in which each field says what it is', () => {
    const schema = z.toJSONSchema(Law, { unrepresentable: 'throw', io: 'input' });
    const Described = z.looseObject({ description: z.string().min(5) });
    const Node = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
    let fields = 0;
    const visit = (node: unknown, name: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const found = Node.safeParse(node);
      // The bans of a lognormal's pairs carry no words.
      for (const [field, value] of Object.entries(found.data?.properties ?? {})) {
        if (value === false || field === 'law') continue;
        expect(Described.safeParse(value).success, `${name}.${field}`).toBe(true);
        fields++;
      }
      for (const [key, value] of Object.entries(node)) visit(value, `${name}.${key}`);
    };
    visit(schema, '');
    expect(fields).toBeGreaterThan(60);
  });
});
