import {
  findRepeat,
  getImportOrThrow,
  moveImport,
  type StoredImport,
  updateImport,
} from '../db/import-store';
import { AppError } from '../errors';
import { ImportJobProgress } from './import-job';
import { jobRunner } from './job-runner';
import { hashOf } from './session-source';

/**
 * Closes an import to further files and queues its reading.
 *
 * Calls that the project holds already are left out, unless a repeat is meant: then they count
 * again.
 *
 * @throws AppError conflict when the same files are in the project already and that is not meant
 */
export async function startImport(
  projectId: string,
  importId: string,
  options: { allowRepeat: boolean },
): Promise<void> {
  const runner = await jobRunner();
  const target = await getImportOrThrow(projectId, importId);
  if (target.files.length === 0) {
    throw new AppError('invalid_input', 'No file was received. Add at least one trace file.');
  }
  const repeat = options.allowRepeat
    ? null
    : await findRepeat(projectId, contentHashOf(target), importId);
  if (repeat !== null) {
    throw new AppError(
      'conflict',
      `These files are in this project already, imported as “${repeat.label}”. Import them again only if the calls are meant to count twice.`,
    );
  }
  if (!(await moveImport(importId, ['receiving'], 'queued'))) {
    throw new AppError('conflict', 'This import was started before.');
  }
  // Read again: until the move just made, another file may have come in.
  const contentHash = contentHashOf(await getImportOrThrow(projectId, importId));
  await updateImport(importId, { contentHash });
  const progress = ImportJobProgress.parse({ isRepeatMeant: options.allowRepeat });
  await runner.enqueue('import', importId, progress);
}

function contentHashOf({ files }: StoredImport): string {
  return hashOf(files.map((file) => file.sha256).sort());
}
