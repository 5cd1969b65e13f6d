/**
 * From clone to a running server: installs, builds, and serves.
 *
 * `--dev` serves with hot reload. Port and address: `--port`, `--host` or PORT, PLIMSOLL_HOST.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt, main, prepare, root, StepError, say } from './steps.mjs';

const { values } = parseArgs({
  options: {
    dev: { type: 'boolean', default: false },
    port: { type: 'string', default: process.env.PORT ?? '3000' },
    host: { type: 'string', default: process.env.PLIMSOLL_HOST ?? '127.0.0.1' },
  },
});

async function checkPortIsFree(port, host) {
  const probe = createServer();
  await new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(port, host, resolve);
  }).catch((error) => {
    throw new StepError(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken. If that is Plimsoll, it is already running; else choose another: npm start -- --port 3001`
        : `Cannot listen on ${host} port ${port} (${error.code}). Choose another: npm start -- --port 3001`,
    );
  });
  await new Promise((resolve) => probe.close(resolve));
}

async function waitUntilHealthy(url, server) {
  while (server.exitCode === null) {
    const answer = await fetch(`${url}/api/v1/health`).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return false;
}

await main(async () => {
  const startedMs = Date.now();
  const { dev: isDev, host } = values;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StepError(`Got port ${values.port} when expected a whole number from 1 to 65535.`);
  }
  await prepare();
  if (!isDev) await ensureBuilt();
  await checkPortIsFree(port, host);

  const shownHost = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  const url = `http://${shownHost}:${port}`;
  const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(host);
  const isWildcard = ['0.0.0.0', '::'].includes(host);
  const reachable = isWildcard ? '127.0.0.1' : host;
  const reachableUrl = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
  if (!isLoopback) {
    say('Warning: this address can be reached from other machines, and there is no sign-in yet.');
    if (isWildcard && !process.env.PLIMSOLL_HOSTS) {
      say('Set PLIMSOLL_HOSTS to the names others will use, or they are refused.');
    }
  }
  const server = spawn(
    process.execPath,
    [
      '--import',
      pathToFileURL(join(root, 'scripts', 'long-requests.mjs')).href,
      join(root, 'node_modules', 'next', 'dist', 'bin', 'next'),
      isDev ? 'dev' : 'start',
      '-H',
      host,
      '-p',
      String(port),
    ],
    {
      cwd: root,
      stdio: ['ignore', isDev ? 'inherit' : 'ignore', 'inherit'],
      env: {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: '1',
        PLIMSOLL_ROOT: root,
        PLIMSOLL_HOSTS: [process.env.PLIMSOLL_HOSTS, isWildcard ? '' : host]
          .filter(Boolean)
          .join(','),
        PLIMSOLL_URL: reachableUrl,
      },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => {
    process.exitCode = code ?? 0;
  });

  if (await waitUntilHealthy(reachableUrl, server)) {
    const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
    say(`Plimsoll is at ${url} (ready after ${seconds} s). Stop it with Ctrl+C.`);
  } else {
    throw new StepError('The server stopped before it was ready; the reason stands above.');
  }
});
