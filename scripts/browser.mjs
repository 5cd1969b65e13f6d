/**
 * Finds a Chromium for the browser tests, or installs one.
 *
 * In this order: Playwright's own build where it is or can be downloaded, a browser of the system,
 * Debian's package. A failed download is remembered for a day, so that offline machines do not wait.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root, StepError, say } from './steps.mjs';

const failedDownload = join(root, 'node_modules', '.plimsoll', 'browser-download-failed');
const dayMs = 86_400_000;
const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function playwrightBrowser() {
  const { chromium } = createRequire(join(root, 'package.json'))('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

function downloadBrowser() {
  const failedRecently =
    existsSync(failedDownload) && Date.now() - statSync(failedDownload).mtimeMs < dayMs;
  if (failedRecently) return null;
  say('Downloading a browser for the tests …');
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    cwd: root,
    stdio: 'ignore',
    timeout: 300_000,
  });
  const path = playwrightBrowser();
  if (path !== null) return path;
  mkdirSync(join(failedDownload, '..'), { recursive: true });
  writeFileSync(failedDownload, '');
  return null;
}

function installDebianPackage() {
  if (!existsSync('/usr/bin/apt-get')) return null;
  say('Installing the chromium package for the tests …');
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const words of [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    const [command, ...args] = [...asRoot, ...words];
    spawnSync(command, args, {
      stdio: 'ignore',
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  return systemBrowsers.find((path) => existsSync(path)) ?? null;
}

/**
 * @returns {string} path of an executable Chromium
 * @throws {StepError} when there is none and none can be installed
 */
export function findBrowser() {
  const path =
    process.env.PLIMSOLL_BROWSER ??
    playwrightBrowser() ??
    downloadBrowser() ??
    systemBrowsers.find((candidate) => existsSync(candidate)) ??
    installDebianPackage();
  if (path) return path;
  throw new StepError(
    'No browser for the tests: install Chromium or Chrome, or set PLIMSOLL_BROWSER to its path.',
  );
}
