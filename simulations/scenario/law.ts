import { z } from 'zod';

const maxValue = 1e15;
const minPositive = 1e-12;
const maxCv = 100;

const ofQuantity = 'in the unit of the quantity (seconds for a time)';

const value = z.number().min(0).max(maxValue);
const positive = z.number().min(minPositive).max(maxValue);
const cv = z.number().min(0).max(maxCv);
const shape = z.number().min(0.1).max(1000);

const mean = value.describe(`Mean, ${ofQuantity}.`);

const Constant = z.strictObject({
  law: z.literal('constant').describe('The same value every time.'),
  value: value.describe(`The value, ${ofQuantity}.`),
});

const Exponential = z.strictObject({
  law: z.literal('exponential').describe('Exponential: memoryless, coefficient of variation 1.'),
  mean,
});

const Uniform = z
  .strictObject({
    law: z.literal('uniform').describe('Every value between two bounds equally likely.'),
    min: value.describe(`Lower bound, ${ofQuantity}.`),
    max: value.describe(`Upper bound, ${ofQuantity}; at least the lower bound.`),
  })
  .check(({ value: law, issues }) => {
    if (law.min <= law.max) return;
    const message = `\`max\` ${law.max} is below \`min\` ${law.min}.`;
    issues.push({ code: 'custom', path: ['max'], message, input: law });
  });

const Normal = z.strictObject({
  law: z.literal('normal').describe('Normal, kept at or above zero.'),
  mean: value.describe(`Mean before negative draws are dealt with, ${ofQuantity}.`),
  sd: value.describe(`Standard deviation before negative draws are dealt with, ${ofQuantity}.`),
  below: z
    .enum(['reflect', 'redraw'])
    .default('redraw')
    .describe(
      'What becomes of a negative draw: its absolute value is taken, or it is drawn again.',
    ),
});

const lognormalPairs = [
  ['mean', 'cv'],
  ['median', 'p99'],
  ['median', 'sigma'],
] as const;
const lognormalNames = ['mean', 'cv', 'median', 'p99', 'sigma'] as const;

const Lognormal = z
  .strictObject({
    law: z.literal('lognormal').describe('Lognormal: the logarithm is normal; long right tail.'),
    mean: positive.optional().describe(`Mean, ${ofQuantity}; with cv.`),
    cv: cv.optional().describe('Standard deviation over mean, a plain number; with mean.'),
    median: positive.optional().describe(`Median, ${ofQuantity}; with p99 or sigma.`),
    p99: positive
      .optional()
      .describe(`99th percentile, ${ofQuantity}, at least the median; with median.`),
    sigma: z
      .number()
      .min(0)
      .max(10)
      .optional()
      .describe('Standard deviation of the natural logarithm, a plain number; with median.'),
  })
  .refine((law) => {
    const given = lognormalNames.filter((name) => law[name] !== undefined).join();
    return lognormalPairs.some((pair) => pair.join() === given);
  }, 'A lognormal law is given by exactly one of these pairs: mean and cv, median and p99, median and sigma.')
  .refine((law) => law.p99 === undefined || law.median === undefined || law.p99 >= law.median, {
    path: ['p99'],
    message: 'The 99th percentile of a lognormal law is not below its median.',
  })
  .meta({
    oneOf: lognormalPairs.map((pair) => ({
      required: [...pair],
      properties: Object.fromEntries(
        lognormalNames.filter((name) => !pair.some((one) => one === name)).map((no) => [no, false]),
      ),
    })),
  });

const Gamma = z.strictObject({
  law: z.literal('gamma').describe('Gamma, by its mean and spread.'),
  mean,
  cv: cv.describe('Standard deviation over mean, a plain number; 1 is the exponential law.'),
});

const Erlang = z.strictObject({
  law: z.literal('erlang').describe('Sum of equal exponential stages.'),
  mean: mean.describe(`Mean of the sum, ${ofQuantity}.`),
  stages: z.int().min(1).max(10_000).describe('Number of stages.'),
});

const Hyperexponential = z.strictObject({
  law: z
    .literal('hyperexponential')
    .describe('One of two exponential phases, each of which carries half of the mean.'),
  mean,
  cv: cv.min(1).describe('Standard deviation over mean, a plain number of at least 1.'),
});

const Weibull = z.strictObject({
  law: z.literal('weibull').describe('Weibull, by its mean and shape.'),
  mean,
  shape: shape.describe('Shape, a plain number; 1 is the exponential law, below 1 heavier.'),
});

const Pareto = z
  .strictObject({
    law: z.literal('pareto').describe('Pareto: a power tail, bounded where max is given.'),
    min: positive.describe(`Smallest value, ${ofQuantity}.`),
    shape: shape.describe(
      'Tail index, a plain number; without max the mean is infinite up to 1, the variance up to 2.',
    ),
    max: positive
      .optional()
      .describe(`Largest value, ${ofQuantity}, above min: draws above it are drawn again.`),
  })
  .refine((law) => law.max === undefined || law.max > law.min, {
    path: ['max'],
    message: 'A bounded Pareto law ends at max, which is above min.',
  });

const Empirical = z.strictObject({
  law: z.literal('empirical').describe('One of the listed values, each equally likely.'),
  values: z.array(value).min(1).max(100_000).describe(`Observed values, each ${ofQuantity}.`),
});

const Zipf = z.strictObject({
  law: z
    .literal('zipf')
    .describe(
      'An integer i from 0 to items − 1 with probability proportional to 1/(i + 1)^exponent.',
    ),
  items: z.int().min(1).max(1_000_000).describe('Number of items.'),
  exponent: z.number().min(0).max(100).describe('Exponent, a plain number; 0 is uniform.'),
});

const Geometric = z.strictObject({
  law: z.literal('geometric').describe('Trials until the first success: 1, 2, 3, …'),
  mean: z.number().min(1).max(1e9).describe('Mean, a count of at least 1.'),
});

const Poisson = z.strictObject({
  law: z.literal('poisson').describe('Poisson counts: 0, 1, 2, …'),
  mean: z.number().min(0).max(1_000_000).describe('Mean, a count.'),
});

const simpleLaws = [
  Constant,
  Exponential,
  Uniform,
  Normal,
  Lognormal,
  Gamma,
  Erlang,
  Hyperexponential,
  Weibull,
  Pareto,
  Empirical,
  Zipf,
  Geometric,
  Poisson,
] as const;

const constantNumber = value.describe(`The same value every time, ${ofQuantity}.`);

/** A mixture of laws of the level below: levels are written out, so that no text can nest deeper. */
function mixtureOf<Component extends z.ZodType>(component: Component) {
  return z.strictObject({
    law: z.literal('mixture').describe('One of several laws, drawn by weight.'),
    of: z
      .array(
        z.strictObject({
          weight: z
            .number()
            .min(minPositive)
            .max(maxValue)
            .describe('Weight, a plain number; weights need not sum to 1.'),
          law: component,
        }),
      )
      .min(1)
      .max(100)
      .describe('The laws and their weights.'),
  });
}

const SimpleLaw = z.union([constantNumber, z.discriminatedUnion('law', simpleLaws)]).meta({
  id: 'SimpleLaw',
  description: 'A law without mixtures: a number, or an object that names its law.',
});

const InnerLaw = z
  .union([constantNumber, z.discriminatedUnion('law', [...simpleLaws, mixtureOf(SimpleLaw)])])
  .meta({
    id: 'MixedLaw',
    description: 'A law that may be a mixture of laws without mixtures.',
  });

/**
 * A random law of a scenario: a bare number, the same every time, or an object whose `law` names
 * it. Draws are at or above zero and finite. Units are those of the quantity that is drawn
 * (seconds for times); mixtures nest twice at most.
 */
export const Law = z
  .union([constantNumber, z.discriminatedUnion('law', [...simpleLaws, mixtureOf(InnerLaw)])])
  .meta({
    id: 'Law',
    description: 'A random law: a number, the same every time, or an object that names its law.',
  });
export type Law = z.infer<typeof Law>;
