import { z } from 'zod';
import { Scenario } from '@/simulations/scenario/scenario';
import { Step, stepForms } from '@/simulations/scenario/step';

const step: z.core.$ZodType = Step;
const stepRef = '#/$defs/Step';

/** As JSON Schema of what a person writes; a step becomes a reference, since steps hold steps. */
function toJsonSchema(schema: z.ZodType) {
  return z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (step === zodSchema) jsonSchema.$ref = stepRef;
    },
  });
}

/**
 * The form of a scenario file as JSON Schema (draft 2020-12), for editors that complete and check
 * YAML and JSON. It says what the schema of the engine says; what is contradictory or endless is
 * found by `checkScenario`.
 */
export function scenarioJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, $defs, properties, ...root } = toJsonSchema(Scenario);
  const { $schema: _, $defs: ofSteps, ...forms } = toJsonSchema(z.union(stepForms));
  return {
    $schema,
    title: 'Plimsoll scenario',
    description: 'A system of resources, the load on it, and what is asked of it.',
    ...root,
    properties: {
      $schema: { type: 'string', description: 'Where this schema is, for editors.' },
      ...properties,
    },
    $defs: {
      ...$defs,
      ...ofSteps,
      Step: { description: 'One operation of a session program.', ...forms },
    },
  };
}
