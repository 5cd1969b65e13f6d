import { open } from 'node:fs/promises';
import { AppError } from '../errors';
import { formatCount } from '../format';
import { maxScenarioChars, shorten } from '../scenarios/find-text-fault';

/** Bytes that a text of the longest scenario can take in UTF-8. */
const maxBytes = 3 * maxScenarioChars;

/**
 * Reads the text of a scenario file, or of standard input for `-`.
 *
 * @throws AppError when it cannot be read or is too large
 */
export async function readScenarioFile(path: string): Promise<string> {
  try {
    return path === '-' ? await readAll(process.stdin) : await readPath(path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') {
      throw new AppError('not_found', `There is no file ${path}. Check the path.`);
    }
    if (code === 'EISDIR')
      throw new AppError('invalid_input', `${path} is a directory: name a file.`);
    throw new AppError('invalid_input', `${path} cannot be read (${code}).`);
  }
}

async function readPath(path: string): Promise<string> {
  const file = await open(path);
  try {
    return await readAll(file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream) {
    const chunk = typeof part === 'string' ? new TextEncoder().encode(part) : part;
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw new AppError(
        'too_large',
        `A scenario has ${formatCount(maxScenarioChars)} characters at most: ${shorten}.`,
      );
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}
