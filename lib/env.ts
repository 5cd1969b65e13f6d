import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors';

const gibibyte = 1024 ** 3;

const Env = z.object({
  PLIMSOLL_ROOT: z.string().optional(),
  PLIMSOLL_DATA_DIR: z.string().default('.data'),
  PLIMSOLL_URL: z.url().optional(), //            where this server answers; set by the start script
  PLIMSOLL_HOSTS: z.string().default(''), //      further Host names, separated by commas
  PLIMSOLL_MAX_FILE_GIB: z.coerce.number().positive().default(20),
  PLIMSOLL_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  PLIMSOLL_NO_SAMPLE: z.string().optional(), //   '1': start without the sample project
  CLICKHOUSE_URL: z.url().optional(),
  HOSTNAME: z.string().optional(),
  PORT: z.string().optional(),
});

/** The settings of this process, checked; nothing else reads environment variables. */
export interface Settings {
  readonly rootDir: string;
  readonly dataDir: string;
  readonly url: string;
  readonly hosts: readonly string[];
  readonly maxFileBytes: number;
  readonly logLevel: z.infer<typeof Env>['PLIMSOLL_LOG_LEVEL'];
  readonly wantsSample: boolean;
  readonly clickhouseUrl: string | null;
}

/**
 * Reads the settings from the environment, each time it is called.
 *
 * @throws AppError naming the variable that cannot be used
 */
export function readSettings(): Settings {
  const parsed = Env.safeParse(process.env);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new AppError(
      'invalid_input',
      `The environment variable ${names} cannot be used. Correct or unset it, then start again.`,
    );
  }
  const env = parsed.data;
  const rootDir = resolve(/* turbopackIgnore: true */ env.PLIMSOLL_ROOT ?? process.cwd());
  return {
    rootDir,
    dataDir: resolve(/* turbopackIgnore: true */ rootDir, env.PLIMSOLL_DATA_DIR),
    url: env.PLIMSOLL_URL ?? `http://localhost:${env.PORT ?? '3000'}`,
    hosts: env.PLIMSOLL_HOSTS.split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
    maxFileBytes: env.PLIMSOLL_MAX_FILE_GIB * gibibyte,
    logLevel: env.PLIMSOLL_LOG_LEVEL,
    wantsSample: env.PLIMSOLL_NO_SAMPLE !== '1',
    clickhouseUrl: env.CLICKHOUSE_URL ?? null,
  };
}

/** Path of a worker bundle made by `scripts/bundle.mjs`. */
export function workerPath(
  name:
    | 'import-worker'
    | 'model-worker'
    | 'preview-worker'
    | 'replication-worker'
    | 'reprice-worker'
    | 'scenario-worker',
): string {
  return join(/* turbopackIgnore: true */ readSettings().rootDir, 'dist', `${name}.mjs`);
}
