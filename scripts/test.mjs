/**
 * All checks, from formatting to the browser, on a machine that has only Node.js.
 *
 * Ends with one line that counts every test and every check; the exit code is 1 if anything failed
 * or if nothing ran. `--only lint,types,unused,unit,browser` runs a part of them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './browser.mjs';
import { ensureBuilt, main, prepare, root, StepError, say } from './steps.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const allParts = ['lint', 'types', 'unused', 'unit', 'browser'];
const parts = values.only?.split(',') ?? allParts;
const results = join(root, 'test-results');
const bin = (name) => join(root, 'node_modules', '.bin', name);

const total = { passed: 0, failed: 0, skipped: 0 };

function runLoud(title, command, args, env = {}) {
  const startedMs = Date.now();
  say(`\n── ${title}`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  say(`── ${title}: exit ${status} after ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
  return status === 0;
}

function check(title, command, args) {
  total[runLoud(title, command, args) ? 'passed' : 'failed'] += 1;
}

/** Adds a runner's own counts; a runner that dies without a report is one failure. */
function addReport(path, hasPassed, countsOf) {
  if (!existsSync(path)) {
    total.failed += 1;
    return;
  }
  const counts = countsOf(JSON.parse(readFileSync(path, 'utf8')));
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (!hasPassed && counts.failed === 0) total.failed += 1;
}

function runUnit() {
  const path = join(results, 'unit.json');
  const hasPassed = runLoud('Unit, property and integration tests', bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${path}`,
  ]);
  addReport(path, hasPassed, (report) => ({
    passed: report.numPassedTests,
    failed:
      report.numFailedTests + report.numFailedTestSuites * (report.numTotalTests === 0 ? 1 : 0),
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

function runBrowser() {
  const path = join(results, 'browser.json');
  const hasPassed = runLoud('Browser tests', bin('playwright'), ['test'], {
    PLIMSOLL_BROWSER: findBrowser(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: path,
  });
  addReport(path, hasPassed, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
}

await main(async () => {
  for (const part of parts) {
    if (!allParts.includes(part)) {
      throw new StepError(`No part is called ${part}. There are: ${allParts.join(', ')}.`);
    }
  }
  await prepare();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  if (parts.includes('types') || parts.includes('browser')) await ensureBuilt();

  if (parts.includes('lint')) {
    check('Format and lint', bin('biome'), ['ci', '--colors=off', '--error-on-warnings', '.']);
  }
  if (parts.includes('types')) check('Types', bin('tsc'), ['--noEmit']);
  if (parts.includes('unused')) check('Unused files, exports and packages', bin('knip'), []);
  if (parts.includes('unit')) runUnit();
  if (parts.includes('browser')) runBrowser();

  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
  process.stdout.write(
    `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
  );
});
