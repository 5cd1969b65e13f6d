import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { AppError } from '../../errors';
import { formatBytes, formatCounted } from '../../format';
import { type GenerateOptions, generateTrace, sampleScenarios } from '../../sample/generate-trace';
import type { Command, CommandContext } from '../command';
import { exitCode } from '../exit-code';
import { UsageError } from '../usage-error';

const defaults = { scenario: 'mixed', sessions: 300, seed: 7, hours: 30, burstiness: 2 } as const;

/** A Monday. Fixed, so that a command line alone decides the bytes. */
const defaultStart = '2026-11-02T00:00:00Z';

/** Text is handed on in pieces of about this size. */
const chunkChars = 256 * 1024;

/** Writes a synthetic trace file. */
export const generateCommand: Command = {
  name: 'generate',
  summary: 'Write a synthetic trace file with bursty traffic',
  synopsis: '--out FILE [options]',
  detail: [
    'Writes OTLP/JSON, one export request a line, of a support agent, a coding agent and a research',
    'swarm. The same options give the same bytes.',
  ],
  options: [
    {
      name: 'out',
      value: 'FILE',
      help: 'file to write, compressed if it ends in .gz; - is stdout',
    },
    { name: 'scenario', value: 'NAME', help: `${sampleScenarios.join(', ')}; default: mixed` },
    { name: 'sessions', value: 'N', help: `sessions to write; default: ${defaults.sessions}` },
    { name: 'seed', value: 'N', help: `seed of the random streams; default: ${defaults.seed}` },
    { name: 'hours', value: 'N', help: `window of their starts; default: ${defaults.hours}` },
    {
      name: 'burstiness',
      value: 'CV',
      help: `coefficient of variation of the gaps; default: ${defaults.burstiness}`,
    },
    { name: 'start', value: 'TIME', help: `start of the window; default: ${defaultStart}` },
  ],
  takesFiles: false,
  run: runGenerate,
};

function readOptions({ options }: CommandContext): GenerateOptions {
  const startMs = Date.parse(options.text('start') ?? defaultStart);
  if (!Number.isFinite(startMs) || startMs < 0 || startMs > Date.UTC(2200, 0)) {
    throw new UsageError(`--start takes a time such as ${defaultStart}.`);
  }
  return {
    scenario: options.choice('scenario', sampleScenarios) ?? defaults.scenario,
    sessions: options.integer('sessions', { min: 1, max: 5_000_000 }) ?? defaults.sessions,
    seed: options.integer('seed', { min: 0, max: 2 ** 32 - 1 }) ?? defaults.seed,
    hours: options.number('hours', { min: 0.01, max: 8_760 }) ?? defaults.hours,
    burstiness: options.number('burstiness', { min: 1, max: 100 }) ?? defaults.burstiness,
    startMs,
  };
}

async function runGenerate(context: CommandContext) {
  const { options, output, signal } = context;
  const out = options.requiredText('out', 'FILE');
  const isStdout = out === '-';
  if (isStdout && output.isJson) {
    throw new UsageError('--json and --out - both claim stdout: give one of them.');
  }
  const generateOptions = readOptions(context);
  const written = { lines: 0, bytes: 0 };
  const chunks = Readable.from(chunksOf(generateTrace(generateOptions), written), {
    objectMode: false,
    highWaterMark: chunkChars,
  });
  if (isStdout) {
    await pipeline(chunks, process.stdout, { end: false, signal });
    return exitCode.ok;
  }
  const file = createWriteStream(out);
  const sinks: Writable[] = out.endsWith('.gz') ? [createGzip(), file] : [file];
  await pipeline([chunks, ...sinks], { signal }).catch((error: unknown) => {
    throw explainWriting(out, error);
  });
  const { startMs, ...told } = generateOptions;
  const startAt = new Date(startMs).toISOString();
  if (output.isJson) output.json({ out, ...told, startAt, ...written });
  else {
    output.line(
      `Wrote ${formatCounted(told.sessions, 'session')} in ${formatCounted(written.lines, 'line')} (${formatBytes(written.bytes)}) to ${out}.`,
    );
  }
  return exitCode.ok;
}

function* chunksOf(
  lines: Iterable<string>,
  written: { lines: number; bytes: number },
): Generator<Buffer> {
  let text = '';
  const take = () => {
    const chunk = Buffer.from(text);
    written.bytes += chunk.length;
    text = '';
    return chunk;
  };
  for (const line of lines) {
    text += `${line}\n`;
    written.lines += 1;
    if (text.length >= chunkChars) yield take();
  }
  if (text !== '') yield take();
}

function explainWriting(out: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  return new AppError('invalid_input', `${out} cannot be written (${String(error.code)}).`);
}
