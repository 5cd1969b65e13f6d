import { findRepeat, getImportOrThrow, moveImport, updateImport } from '../db/import-store';
import { AppError } from '../errors';
import { jobRunner } from './job-runner';
import { hashOf } from './session-source';

/**
 * Closes an import to further files and queues its reading.
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
  const contentHash = hashOf(target.files.map((file) => file.sha256).sort());
  const repeat = options.allowRepeat ? null : await findRepeat(projectId, contentHash, importId);
  if (repeat !== null) {
    throw new AppError(
      'conflict',
      `These files are in this project already, imported as “${repeat.label}”. Import them again only if the calls are meant to count twice.`,
    );
  }
  if (!(await moveImport(importId, ['receiving'], 'queued'))) {
    throw new AppError('conflict', 'This import was started before.');
  }
  await updateImport(importId, { contentHash });
  await runner.enqueue('import', importId);
}
