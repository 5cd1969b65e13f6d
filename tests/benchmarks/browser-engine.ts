import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import type { WorkerReport } from './engine-worker';

const browsers = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** Path of a browser: `PLIMSOLL_BROWSER`, Playwright's own or the system's; null where there is none. */
function findBrowser(): string | null {
  const candidates = [process.env.PLIMSOLL_BROWSER, chromium.executablePath(), ...browsers];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/**
 * Plays M/M/8 in a worker of a browser.
 *
 * @returns null where there is no browser
 */
export async function playInBrowser(): Promise<WorkerReport | null> {
  const executablePath = findBrowser();
  if (executablePath === null) return null;
  const { outputFiles } = await build({
    entryPoints: ['tests/benchmarks/engine-worker.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    alias: { '@': resolve('.') },
  });
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    return await page.evaluate(
      (source) =>
        new Promise<WorkerReport>((answer, fail) => {
          const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
          const worker = new Worker(url);
          worker.onmessage = ({ data }: MessageEvent<WorkerReport>) => answer(data);
          worker.onerror = ({ message }) => fail(new Error(message));
        }),
      outputFiles[0].text,
    );
  } finally {
    await browser.close();
  }
}
