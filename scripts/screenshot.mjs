/**
 * Takes the pictures of the running product: `public/overview.png` for the README, or with
 * `--all DIR` every page, light and dark, wide and narrow, into a folder.
 *
 * Serves the sample project from a store of its own, so that the picture is the same everywhere.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './browser.mjs';
import { ensureBuilt, main, prepare, root, StepError, say } from './steps.mjs';

const { values } = parseArgs({ options: { all: { type: 'string' }, port: { type: 'string' } } });
const port = values.port ?? '3291';
const url = `http://localhost:${port}`;

async function until(what, condition) {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await condition().catch(() => null);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new StepError(`Waited 150 s in vain for ${what}.`);
}

const getJson = async (path) => (await fetch(`${url}${path}`)).json();

async function findSampleProject() {
  const project = await until('the sample project', async () => {
    const { projects } = await getJson('/api/v1/projects');
    return projects.find((candidate) => candidate.isSample && candidate.sessions > 0);
  });
  await until('the simulation of the sample project', async () => {
    const { simulations } = await getJson(`/api/v1/projects/${project.projectId}/simulations`);
    return simulations.find(({ status }) => status === 'completed');
  });
  return project.projectId;
}

const pages = [
  ...['', '/import', '/sessions', '/prices', '/cost', '/policies', '/forecast', '/compare'],
  ...['/simulation', '/readiness', '/reports'],
];

async function shoot(context, path, file) {
  const page = await context.newPage();
  await page.goto(`${url}${path}`);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}

async function shootAll(browser, projectId, folder) {
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        locale: 'en-US',
        timezoneId: 'UTC',
      });
      await shoot(context, '/', join(folder, `projects-${colorScheme}-${width}.png`));
      for (const page of pages) {
        const name = page === '' ? 'overview' : page.slice(1);
        await shoot(
          context,
          `/projects/${projectId}${page}`,
          join(folder, `${name}-${colorScheme}-${width}.png`),
        );
      }
      await context.close();
    }
  }
}

await main(async () => {
  await prepare();
  await ensureBuilt();
  const { chromium } = await import('@playwright/test');
  const dataDir = mkdtempSync(join(tmpdir(), 'plimsoll-picture-'));
  const server = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), '--port', port], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PLIMSOLL_DATA_DIR: dataDir },
  });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
  try {
    await until('the server', async () => (await fetch(`${url}/api/v1/health`)).ok);
    const projectId = await findSampleProject();
    if (values.all === undefined) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 960 },
        deviceScaleFactor: 1.5,
        colorScheme: 'light',
        locale: 'en-US',
        timezoneId: 'UTC',
      });
      mkdirSync(join(root, 'public'), { recursive: true });
      await shoot(context, `/projects/${projectId}`, join(root, 'public', 'overview.png'));
      say('Wrote public/overview.png');
    } else {
      await shootAll(browser, projectId, values.all);
      say(`Wrote the pictures to ${values.all}`);
    }
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    await new Promise((resolve) => server.on('exit', resolve));
    rmSync(dataDir, { recursive: true, force: true });
  }
});
