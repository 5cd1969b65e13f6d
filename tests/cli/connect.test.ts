import { readdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { openInProcess, routeModules } from '@/lib/cli/in-process-transport';
import { createApiClient, type Transport } from '@/lib/http/api-client';
import { generateTrace } from '@/lib/sample/generate-trace';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { KeptText } from './kept-text';
import { runCaptured } from './run-captured';
import { commandEntry, lastLine, runProcess } from './run-process';

let root: TestRoot;
let opened: Awaited<ReturnType<typeof openInProcess>>;

/** Serves the route handlers of this process, which holds the data directory, over HTTP. */
async function answer(transport: Transport, message: IncomingMessage, reply: ServerResponse) {
  const { method = 'GET', url = '/', headers } = message;
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers: headers as Record<string, string>,
    duplex: 'half',
  };
  if (method !== 'GET') init.body = Readable.toWeb(message) as ReadableStream<Uint8Array>;
  const response = await transport(new Request(`http://${headers.host}${url}`, init));
  reply.writeHead(response.status, { 'content-type': 'application/json' });
  reply.end(await response.text());
}

const server = createServer((message, reply) => {
  answer(opened.transport, message, reply).catch(() => reply.destroy());
});

beforeAll(async () => {
  root = await openTestRoot(commandEntry);
  const options = { scenario: 'mixed', sessions: 60, seed: 5, startMs: 1_793_577_600_000 } as const;
  writeFileSync(join(root.dir, 'trace.jsonl'), [...generateTrace(options), ''].join('\n'));
  opened = await openInProcess(new AbortController().signal);
});
afterAll(async () => {
  server.close();
  await opened.close();
  await root.remove();
});

test('the command knows every route of the API, and no other', () => {
  const folder = 'app/api/v1';
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('route.ts'))
    .map((path) => `/${relative('app', join(folder, path, '..'))}`);
  expect(Object.keys(routeModules).sort()).toEqual(paths.sort());
});

test('a data directory that another process holds without answering is named', async () => {
  const run = await runProcess(root.dir, [
    'cost',
    '--project',
    'A',
    '--data-dir',
    'data',
    '--json',
  ]);
  expect(run.code).toBe(exitCode.error);
  expect(JSON.parse(run.stdout).error.code).toBe('store_locked');
  expect(lastLine(run.stderr)).toContain(root.dataDir);
});

test('while a server holds the data directory the command goes through it', async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(root.dataDir, 'server.json'), JSON.stringify({ url, pid: process.pid }));
  const args = ['import', 'trace.jsonl', '--project', 'A', '--data-dir', 'data', '--json'];
  const run = await runProcess(root.dir, args);
  expect(run.code).toBe(exitCode.ok);
  expect(JSON.parse(run.stdout).sessions).toBe(60);
  const { projects } = await createApiClient('http://localhost', opened.transport).listProjects();
  expect(projects.map((project) => [project.name, project.sessions])).toEqual([['A', 60]]);
});

test('an interrupted import is cancelled and exits with 130', async () => {
  const interruption = new AbortController();
  class InterruptingTerminal extends KeptText {
    override write(part: string): void {
      super.write(part);
      if (part.includes('Reading')) interruption.abort();
    }
  }
  const run = await runCaptured(
    ['import', join(root.dir, 'trace.jsonl'), '--project', 'B', '--json'],
    {
      stderr: new InterruptingTerminal(true),
      signal: interruption.signal,
    },
  );
  expect(run.code).toBe(exitCode.interrupted);
  expect(JSON.parse(run.stdout).error.code).toBe('cancelled');
  const client = createApiClient('http://localhost', opened.transport);
  const { projects } = await client.listProjects();
  const project = projects.find((one) => one.name === 'B');
  const { imports } = await client.listImports(project?.projectId ?? '');
  expect(imports.map((one) => one.status)).toEqual(['cancelled']);
  expect(project?.sessions).toBe(0);
  expect(readdirSync(join(root.dataDir, 'uploads'))).toEqual([]);
});
