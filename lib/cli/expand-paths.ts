import type { Dirent } from 'node:fs';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../errors';

/** A file to be imported. */
export interface ImportPath {
  readonly path: string;
  /** What it is called in the import: its name, or its path below the directory that was given. */
  readonly name: string;
}

/** More files than this in one import are taken for a wrong directory. */
const maxFiles = 20_000;

function explain(path: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'ENOENT') {
    return new AppError('not_found', `There is no file or directory ${path}. Check the path.`);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError('forbidden', `${path} may not be read. Change its permissions.`);
  }
  return new AppError('invalid_input', `${path} cannot be read (${code}).`);
}

function compareNames(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

/** Walks a directory in name order; hidden entries and links to directories are left out. */
async function walk(directory: string, name: string, found: ImportPath[]): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw explain(directory, error);
  });
  for (const entry of entries.sort(compareNames)) {
    if (entry.name.startsWith('.')) continue;
    const path = join(directory, entry.name);
    const entryName = `${name}/${entry.name}`;
    if (entry.isDirectory()) {
      await walk(path, entryName, found);
      continue;
    }
    const isLinkedFile =
      entry.isSymbolicLink() && (await stat(path).catch(() => null))?.isFile() === true;
    if (entry.isFile() || isLinkedFile) found.push({ path, name: entryName });
    if (found.length > maxFiles) {
      throw new AppError(
        'too_large',
        `${directory} holds more than ${maxFiles} files. Import a directory further down.`,
      );
    }
  }
}

/**
 * Lists the files that the given paths stand for; a directory stands for all files below it.
 *
 * @returns files in the order given, those of a directory in name order
 * @throws AppError naming the first path that cannot be read
 */
export async function expandPaths(paths: readonly string[]): Promise<ImportPath[]> {
  const found: ImportPath[] = [];
  for (const path of paths) {
    const status = await stat(path).catch((error: unknown) => {
      throw explain(path, error);
    });
    if (status.isDirectory()) {
      const before = found.length;
      await walk(path, basename(resolve(path)), found);
      if (found.length === before) {
        throw new AppError('invalid_input', `The directory ${path} holds no files.`);
      }
    } else if (status.isFile() || status.isFIFO()) {
      found.push({ path, name: basename(path) });
    } else {
      throw new AppError('invalid_input', `${path} is neither a file nor a directory.`);
    }
  }
  for (const { path } of found) {
    await access(path, constants.R_OK).catch((error: unknown) => {
      throw explain(path, error);
    });
  }
  return found;
}
