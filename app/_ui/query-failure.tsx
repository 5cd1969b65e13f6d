'use client';

import { Button } from './button';
import { Notice } from './notice';

interface QueryFailureProps {
  /** What could not be shown: `The sessions could not be read`. */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What failed, why in a sentence, and a way to try again. */
export function QueryFailure({ title, error, onRetry }: QueryFailureProps) {
  return (
    <div className="py-6">
      <Notice
        tone="no_go"
        title={title}
        isAlert
        actions={onRetry === undefined ? undefined : <Button onClick={onRetry}>Try again</Button>}
      >
        <p>{messageOf(error)}</p>
      </Notice>
    </div>
  );
}

/** The sentence to show for an error: its own where it was written for people. */
export function messageOf(error: unknown): string {
  // Errors are told apart by name: primitives know no class of the domain.
  if (error instanceof Error && error.name === 'AppError') return error.message;
  if (error instanceof TypeError) {
    return 'The server did not answer. Check that it is running, then try again.';
  }
  return 'The answer of the server was not understood. Reload the page; the server may be newer.';
}
