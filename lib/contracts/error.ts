import { z } from 'zod';

/** Body of every answer that is not a success. */
export const ErrorResponse = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(), //               what, where, what to do
    referenceId: z.string().optional(), // to find an unexpected error in the log
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});
export type ErrorResponse = z.infer<typeof ErrorResponse>;
