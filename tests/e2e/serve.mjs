/** Serves a fresh store on the port given, for the browser tests; the store goes when the server does. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const port = process.argv[2];
const dataDir = mkdtempSync(join(tmpdir(), 'plimsoll-e2e-'));

const server = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), '--port', port], {
  stdio: 'inherit',
  env: { ...process.env, PLIMSOLL_DATA_DIR: dataDir },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => {
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(code ?? 0);
});
