import { ErrorResponse } from '@/lib/contracts/error';
import { AppError } from '@/lib/errors';
import type { ChosenFile } from './collect-files';

interface SendFileOptions {
  readonly projectId: string;
  readonly importId: string;
  readonly chosen: ChosenFile;
  /** Called with the bytes of this file that are sent so far. */
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends one file unparsed. `XMLHttpRequest`, because `fetch` does not say how much of a body is sent.
 *
 * @throws AppError with the server's words, or `cancelled` when the signal is aborted
 */
export function sendFile(options: SendFileOptions): Promise<void> {
  const { projectId, importId, chosen, onProgress, signal } = options;
  const part = encodeURIComponent;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const cancelled = () => reject(new AppError('cancelled', 'The upload was cancelled.'));
    if (signal.aborted) return cancelled();
    signal.addEventListener('abort', abort, { once: true });
    request.open(
      'PUT',
      `/api/v1/projects/${part(projectId)}/imports/${part(importId)}/files?name=${part(chosen.name)}`,
    );
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onabort = cancelled;
    request.onerror = () =>
      reject(
        new AppError(
          'internal',
          `The connection ended while ${chosen.name} was being sent. Check that the server is running and that the file can be read.`,
        ),
      );
    request.onload = () => {
      signal.removeEventListener('abort', abort);
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(refusalOf(request, chosen.name));
    };
    request.send(chosen.file);
  });
}

function refusalOf(request: XMLHttpRequest, name: string): AppError {
  try {
    const { error } = ErrorResponse.parse(JSON.parse(request.responseText));
    return new AppError('invalid_input', error.message);
  } catch {
    return new AppError('internal', `The server answered ${request.status} to ${name}.`);
  }
}
