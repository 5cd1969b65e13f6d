import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { Arrivals } from '@/simulations/scenario/arrivals';
import { Resource } from '@/simulations/scenario/resource';
import { Slo } from '@/simulations/scenario/slo';
import { stepNames } from '@/simulations/scenario/step';

const text = readFileSync('docs/scenario-format.md', 'utf8');

/** Values of the key by which the forms of a union are told apart. */
function valuesOf(schema: { readonly options: readonly z.core.$ZodType[] }, key: string): string[] {
  return schema.options.flatMap((option) => {
    const value = option instanceof z.ZodObject ? option.shape[key] : undefined;
    return value instanceof z.ZodLiteral ? [...value.values].map(String) : [];
  });
}

test('the examples of the description of the format are scenarios without a doubt', () => {
  const examples = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) {
    expect(parseScenarioFile(example)).toMatchObject({ kind: 'scenario', warnings: [] });
  }
});

test('the description names every form of arrivals, steps, resources and objectives', () => {
  const names = [
    ...valuesOf(Arrivals, 'kind'),
    ...valuesOf(Resource, 'kind'),
    ...valuesOf(Slo, 'measure'),
    ...stepNames,
  ];
  expect(names.length).toBeGreaterThan(40);
  const missing = names.filter((name) => !new RegExp(`\`${name}\\b`).test(text));
  expect(missing).toEqual([]);
});
