/**
 * Holds the simulation against a real PostgreSQL server: starts one of its own, drives it with a
 * `pg` pool, and prints measured and predicted throughput and waits side by side.
 *
 * `node scripts/compare-postgres.mjs [--seconds 60] [--pool 10] [--seed 1] [--mode hold|release|both] [--json]`.
 * Takes 16 points one after another. Ctrl-C ends it with the points measured so far, twice at once.
 * Ends with status 2 where no server is installed, 1 where a prediction is not
 * within its tolerance, and 130 where it was stopped.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkNode, ensureInstalled, main, root, StepError, say } from './steps.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    pool: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    mode: { type: 'string', default: 'both' },
    json: { type: 'boolean', default: false },
  },
});

function wholeNumber(name, min, max) {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new StepError(
    `--${name} is ${values[name]}; it has to be a whole number, ${min} to ${max}.`,
  );
}

/** Bundles the comparison and loads it. */
async function load() {
  const outfile = join(root, 'dist', 'reality', 'compare-postgres.mjs');
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: ['tests/reality/compare-postgres.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
    alias: { '@': root },
  });
  return import(outfile);
}

await main(async () => {
  const holdings = { both: ['hold', 'release'], hold: ['hold'], release: ['release'] }[values.mode];
  if (holdings === undefined) {
    throw new StepError(`--mode is ${values.mode}; it has to be hold, release or both.`);
  }
  const asked = {
    secondsPerPoint: wholeNumber('seconds', 2, 3_600),
    slots: wholeNumber('pool', 1, 100),
    seed: wholeNumber('seed', 0, 2 ** 32 - 1),
    holdings,
  };
  checkNode();
  await ensureInstalled();
  const { comparePostgres, formatComparison, isWithinTolerance } = await load();

  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(130);
    say('Stopping; press ctrl-C again to stop at once.');
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
  try {
    const comparison = await comparePostgres({ ...asked, signal: stop.signal, say });
    const text = values.json ? JSON.stringify(comparison, null, 2) : formatComparison(comparison);
    process.stdout.write(`${text}\n`);
    if (stop.signal.aborted) process.exitCode = 130;
    else if (!isWithinTolerance(comparison)) process.exitCode = 1;
  } catch (error) {
    if (error.name !== 'PostgresNotFound') throw error;
    say(error.message);
    process.exitCode = 2;
  } finally {
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
    process.removeListener('SIGHUP', onSignal);
  }
});
