/**
 * The steps that bring a checkout from clone to running, each skipped when nothing it reads has
 * changed. Node built-ins only: this runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const stampFolder = join(root, 'node_modules', '.plimsoll');
const nextBinary = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
const prismaBinary = join(root, 'node_modules', 'prisma', 'build', 'index.js');

/** A failure whose message is the whole explanation; no stack is shown. */
export class StepError extends Error {}

/** Writes one line of progress to stderr, so that stdout stays for answers. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Throws unless this Node.js can run the product. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new StepError(
    `Plimsoll needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org and start again.`,
  );
}

/** Throws where the embedded database has no build, before a long install would end in a riddle. */
export function checkPlatform() {
  const isSupported =
    (process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)) ||
    process.platform === 'darwin';
  if (isSupported || process.env.CLICKHOUSE_URL) return;
  throw new StepError(
    `The embedded database has no build for ${process.platform} ${process.arch}. Use Linux (glibc) or macOS, on Windows through WSL2, or set CLICKHOUSE_URL to a ClickHouse server.`,
  );
}

/**
 * Runs a program; its output is kept and shown only if it fails.
 *
 * @param {string} title what the user waits for
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{env?: Record<string, string>, hint?: string}} [options] hint: what to do when it fails
 * @returns {Promise<string>} its standard output
 */
export async function run(title, command, args, options = {}) {
  const startedMs = Date.now();
  say(`${title} …`);
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [];
  const tail = [];
  child.stdout.on('data', (chunk) => {
    output.push(chunk);
    tail.push(chunk);
  });
  child.stderr.on('data', (chunk) => tail.push(chunk));
  const heartbeat = setInterval(() => {
    say(`  still at it, ${Math.round((Date.now() - startedMs) / 1000)} s`);
  }, 15_000);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(heartbeat));
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  if (code !== 0) {
    const text = Buffer.concat(tail).toString('utf8').trimEnd().split('\n').slice(-60).join('\n');
    throw new StepError(
      `${text}\n\n${title} failed after ${seconds} s (exit ${code}). ${options.hint ?? ''}`.trimEnd(),
    );
  }
  say(`  done in ${seconds} s`);
  return Buffer.concat(output).toString('utf8');
}

function filesBelow(path) {
  const whole = join(root, path);
  if (!existsSync(whole)) return [];
  return readdirSync(whole, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name === 'generated' || entry.name === 'node_modules') return [];
      const below = join(path, entry.name);
      return entry.isDirectory() ? filesBelow(below) : [below];
    });
}

/** SHA-256 over names and contents of files and folders below the root. */
function hashOf(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) {
    const files =
      existsSync(join(root, path)) && !/\.[a-z]+$/.test(path) ? filesBelow(path) : [path];
    for (const file of files) {
      if (!existsSync(join(root, file))) continue;
      hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
    }
  }
  return hash.digest('hex');
}

/** Runs `step` unless it already ran on the same inputs and its output is still there. */
async function once(name, inputs, output, step) {
  const stamp = join(stampFolder, name);
  const hash = hashOf(inputs);
  const isDone =
    existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isDone) return false;
  rmSync(stamp, { force: true });
  await step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

const npmCommand = process.env.npm_execpath
  ? [process.execPath, [process.env.npm_execpath]]
  : ['npm', []];

/** Installs the locked packages when the lock file has changed. No install script runs: none is needed. */
export function ensureInstalled() {
  return once(
    'installed',
    ['package-lock.json', 'package.json'],
    'node_modules/next/package.json',
    () =>
      run(
        'Installing packages (about 1.7 GB, once)',
        npmCommand[0],
        [...npmCommand[1], 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
        { hint: 'Check that the package registry can be reached and that the disk has 3 GB free.' },
      ),
  );
}

/** Generates the typed database client; an executable stands in for the engine, which is not needed. */
export function ensureGenerated() {
  return once('generated', ['prisma', 'package-lock.json'], 'lib/db/generated', () =>
    run('Generating the database client', process.execPath, [prismaBinary, 'generate'], {
      env: {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    }),
  );
}

const sources = [
  'app',
  'lib',
  'simulations',
  'prisma',
  'scripts/bundle.mjs',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

/** Bundles the command and the worker threads into `dist/`. */
export function ensureBundled() {
  return once('bundled', sources, 'dist/plimsoll.mjs', async () => {
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    await run('Bundling the command and the workers', process.execPath, [
      join(root, 'scripts', 'bundle.mjs'),
    ]);
  });
}

/** Builds the pages. */
export function ensureBuilt() {
  return once('built', sources, '.next/BUILD_ID', () =>
    run('Building the pages', process.execPath, [nextBinary, 'build']),
  );
}

/** Everything that has to stand before a server, a command or a test can run. */
export async function prepare() {
  checkNode();
  checkPlatform();
  await ensureInstalled();
  await ensureGenerated();
  await ensureBundled();
}

/** Runs a script's main function; a StepError ends it with its sentence and exit code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
