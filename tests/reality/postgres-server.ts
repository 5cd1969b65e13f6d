import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';

/** There is no PostgreSQL server on this machine; the message says what to install. */
class PostgresNotFound extends Error {
  constructor() {
    super(
      'No PostgreSQL server is on this machine: neither on the PATH nor where packages put it. Install one (Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17) and start again.',
    );
    this.name = 'PostgresNotFound';
  }
}

/** A running server that nobody else uses. */
export interface PostgresServer {
  readonly version: string; // such as 15.18
  /** How `pg` reaches it: over a socket in a folder of its own. */
  readonly connection: { readonly host: string; readonly user: string; readonly database: string };
  /** Stops it and removes its files; to call it again does nothing. */
  stop(): Promise<void>;
}

const packageFolders = [
  '/usr/lib/postgresql', //   Debian: one folder per version, bin in it
  '/opt/homebrew/opt', //     Homebrew: postgresql@17/bin
  '/usr/local/opt',
  '/usr/pgsql', //            Red Hat: /usr/pgsql-17/bin is on the PATH or linked here
];

/** Folder that holds both `initdb` and `postgres`, the newest where there are several. */
function findBinaries(): string {
  const packaged = packageFolders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^(\d+|postgresql@?\d*)$/.test(name))
      .sort((a, b) => Number(/\d+$/.exec(b) ?? 0) - Number(/\d+$/.exec(a) ?? 0))
      .map((name) => join(folder, name, 'bin')),
  );
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...packaged];
  const found = folders.find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
  if (found === undefined) throw new PostgresNotFound();
  return found;
}

/** Account to run the server under: PostgreSQL refuses to run as root. */
function findAccount(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const idOf = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: idOf('-u'), gid: idOf('-g') };
    } catch {
      // There is no such account; the next one may be there.
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither an account postgres nor nobody to run it under. Start this as another user.',
  );
}

const user = 'plimsoll';

/** Nothing of the run has to survive it, and nothing may run beside it. */
const settings = {
  listen_addresses: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  shared_buffers: '16MB',
  max_wal_senders: '0',
  wal_level: 'minimal',
};

/**
 * Starts a server of its own in a temporary folder, reachable over a socket in that folder only.
 *
 * Started as root it runs as `postgres` or `nobody`. It is in a process group of its own, so that
 * ctrl-C reaches this process first; however that ends, the server is stopped and its files go.
 *
 * @throws an error named PostgresNotFound where no server is installed
 */
export async function startPostgres(maxConnections: number): Promise<PostgresServer> {
  const binaries = findBinaries();
  const account = findAccount();
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-pg-'));
  if (account !== null) chownSync(folder, account.uid, account.gid);
  const options = {
    ...account,
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, LC_ALL: 'C', TZ: 'UTC' },
  };
  let server: ChildProcess | null = null;
  const removeAtOnce = () => {
    server?.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  process.once('exit', removeAtOnce);
  const stop = async () => {
    if (server !== null) await stopProcess(server);
    process.removeListener('exit', removeAtOnce);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    const data = join(folder, 'data');
    execFileSync(
      join(binaries, 'initdb'),
      ['-D', data, '-U', user, '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
      { ...options, stdio: 'pipe' },
    );
    const args = Object.entries({
      ...settings,
      max_connections: String(maxConnections),
      unix_socket_directories: folder,
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const started: ChildProcess = spawn(join(binaries, 'postgres'), ['-D', data, ...args], {
      ...options,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server = started;
    const connection = { host: folder, user, database: 'postgres' };
    return { version: await awaitAnswer(started, connection), connection, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends a server: first by asking, then without letting it tidy up. */
async function stopProcess(server: ChildProcess): Promise<void> {
  const hasEnded = () => server.exitCode !== null || server.signalCode !== null;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    server.kill(signal);
    for (let i = 0; i < 50 && !hasEnded(); i++) await wait(100);
    if (hasEnded()) return;
  }
}

/** Waits until the server answers. Returns its version. */
async function awaitAnswer(
  server: ChildProcess,
  connection: PostgresServer['connection'],
): Promise<string> {
  let errors = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    errors = `${errors}${chunk.toString()}`.slice(-4_000);
  });
  for (let i = 0; i < 300; i++) {
    if (server.exitCode !== null) break;
    const client = new Client(connection);
    try {
      await client.connect();
      const { rows } = await client.query('show server_version');
      return String(rows[0]?.server_version).split(' ')[0];
    } catch {
      await wait(100); // It is still starting: it refuses connections until it is ready.
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new Error(`The PostgreSQL server did not start within 30 s:\n${errors}`);
}
