import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Health } from '../contracts/project';
import { readSettings } from '../env';
import { AppError } from '../errors';
import { type ApiClient, createApiClient, type Transport } from '../http/api-client';

/** The API of one data directory, however it is reached. */
export interface Connection {
  readonly client: ApiClient;
  /** Where a browser finds the same data, without a trailing slash. */
  readonly url: string;
  /** Ends what was opened, so that the process can end. */
  close(): Promise<void>;
}

/** What a server leaves in its data directory to be found by. */
const ServerFile = z.object({ url: z.url(), pid: z.int() });

/** A server on the same machine answers within this, or is taken not to be there. */
const healthTimeoutMs = 3_000;

/** Origin of requests that never leave the process; handlers answer to loopback names. */
const inProcessOrigin = 'http://localhost';

async function readServerUrl(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, 'server.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return ServerFile.parse(JSON.parse(text)).url.replace(/\/$/, '');
  } catch {
    // A server that was killed while it wrote the file left one that names no server.
    return null;
  }
}

async function isSameDirectory(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([a, b].map((path) => realpath(path).catch(() => path)));
  return left === right;
}

/** Finds the server that holds a data directory; null where none answers for it. */
async function findServer(dataDir: string): Promise<string | null> {
  const url = await readServerUrl(dataDir);
  if (url === null) return null;
  const health: Health | null = await createApiClient(url)
    .getHealth(AbortSignal.timeout(healthTimeoutMs))
    .catch(() => null);
  return health !== null && (await isSameDirectory(health.dataDir, dataDir)) ? url : null;
}

/**
 * Opens the data directory of the settings: through the server that holds it, else in this process.
 *
 * @param signal ends an upload early; other requests run to their end, cancelling ones among them
 * @throws AppError when another process holds it and does not answer
 */
export async function connect(signal: AbortSignal): Promise<Connection> {
  const { dataDir, url: configuredUrl } = readSettings();
  const serverUrl = await findServer(dataDir);
  if (serverUrl !== null) {
    const transport: Transport = (request) =>
      request.method === 'PUT' ? fetch(request, { signal }) : fetch(request);
    return {
      client: createApiClient(serverUrl, transport),
      url: serverUrl,
      close: () => Promise.resolve(),
    };
  }
  const { openInProcess } = await import('./in-process-transport');
  const { transport, close } = await openInProcess(signal).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'store_locked'
      ? new AppError(
          'store_locked',
          `Another process holds ${dataDir} and no server answers for it. Wait until it ends, or give another directory with --data-dir.`,
        )
      : error;
  });
  return { client: createApiClient(inProcessOrigin, transport), url: configuredUrl, close };
}
