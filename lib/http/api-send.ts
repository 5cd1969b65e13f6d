import type { z } from 'zod';

/** Sends one request and reads its answer; every group of calls is given the client's own. */
export type Send = <T>(
  schema: z.ZodType<T>,
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
) => Promise<T>;

/** Sends one file as the body of a request and reads the answer. */
export type SendFile = <T>(
  schema: z.ZodType<T>,
  method: string,
  path: string,
  file: Blob,
) => Promise<T>;

/** Escapes one part of a path. */
export const segment = encodeURIComponent;

/** Path of a project in the API. */
export const projectPath = (projectId: string) => `/api/v1/projects/${segment(projectId)}`;

/** A query as it stands behind the `?`; lists are joined by commas. */
export function searchOf(query: object): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    // A name may hold a comma.
    search.set(key, Array.isArray(value) ? value.map(segment).join(',') : String(value));
  }
  return search.toString();
}
