import type { CallRecord, ImportIssue } from './call-record';

/** The beginning of a file, from which its format is told. */
export interface TraceHead {
  readonly fileName: string;
  /** Decoded text of the first 64 KiB at most; the last line may be cut. */
  readonly text: string;
}

/** One JSON text of a file with the 1-based line at which it begins. */
export interface TraceLine {
  readonly line: number;
  readonly text: string;
}

/** What an adapter yields: a call, an issue, or a note that a record was a repeat and was dropped. */
export type TraceItem =
  | { readonly type: 'call'; readonly call: CallRecord }
  | { readonly type: 'issue'; readonly issue: ImportIssue }
  | { readonly type: 'duplicate'; readonly count: number };

/**
 * Reads one file line by line, in file order; what it finds is appended to `items`.
 *
 * A line that cannot be read becomes an issue and is counted, not skipped; nothing here throws for
 * what a file contains. It is handed lines instead of awaiting them, because a promise per line
 * costs more than most lines do.
 */
export interface TraceReader {
  readLine(line: TraceLine, items: TraceItem[]): void;
  /** Hands over what was held back until the file's end. */
  end(items: TraceItem[]): void;
}

/** Reads one trace format. Adding a format is one file that exports one of these. */
export interface TraceAdapter {
  /** Stable name, shown to users and stored: `otlp-json`, `claude-code`, `pi`. */
  readonly id: string;
  readonly label: string;

  /** How sure we are that the file is ours, in [0, 1]; 0 means "not mine". */
  sniff(head: TraceHead): number;

  createReader(fileIndex: number): TraceReader;
}
