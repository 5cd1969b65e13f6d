import { z } from 'zod';
import { Step, stepForms } from '@/simulations/scenario/step';
import { type ValuePath, valueAt } from './describe-place';

/** Schemas that stand behind wrappers and alternatives; a union stands for each of its options. */
function alternatives(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema === Step) return stepForms;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodLazy) {
    return alternatives(schema.unwrap());
  }
  if (schema instanceof z.ZodDefault) return alternatives(schema.unwrap());
  if (schema instanceof z.ZodPipe) return alternatives(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternatives);
  return [schema];
}

/** Whether the value carries what marks an object form: its `kind`, `law`, `measure`, or its name. */
function isOfForm(form: z.ZodObject, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const isStepForm = stepForms.some((step) => step === form);
  if (isStepForm) return Object.hasOwn(value, Object.keys(form.shape)[0]);
  return Object.entries(form.shape).every(([key, schema]) => {
    if (!(schema instanceof z.ZodLiteral) || schema.def.values.includes(true)) return true;
    return schema.def.values.includes(Reflect.get(value, key));
  });
}

function isObject(schema: z.core.$ZodType): schema is z.ZodObject {
  return schema instanceof z.ZodObject;
}

/** Of several forms those that the value says it is of. */
function meant(candidates: readonly z.core.$ZodType[], value: unknown) {
  if (candidates.length === 1) return candidates;
  return candidates.filter((one) => !isObject(one) || isOfForm(one, value));
}

function inner(schema: z.core.$ZodType, key: string | number) {
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodArray) return [schema.element];
  if (!isObject(schema)) return [];
  const of = schema.shape[key];
  return of === undefined ? [] : [of];
}

/** Keys that a schema takes in the mapping at a path, by what the mapping already says it is. */
export function knownKeys(schema: z.core.$ZodType, root: unknown, path: ValuePath): string[] {
  let candidates = alternatives(schema);
  path.forEach((key, index) => {
    const value = valueAt(root, path.slice(0, index));
    candidates = meant(candidates, value)
      .flatMap((one) => inner(one, key))
      .flatMap(alternatives);
  });
  return meant(candidates, valueAt(root, path))
    .filter(isObject)
    .flatMap((form) => Object.keys(form.shape));
}
