/** A stream that text is written to: `process.stdout`, `process.stderr` or a test's own. */
export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** Where a command says things: results on stdout, everything else on stderr. */
export interface Output {
  readonly isJson: boolean;
  /** Writes the one JSON document of `--json`. */
  json(value: unknown): void;
  /** Writes a line of the result for people. */
  line(text?: string): void;
  /** Says something about the way there, on stderr. */
  note(text: string): void;
  /** Shows how far a long step has come: in place on a terminal, else a line now and then. */
  progress(text: string): void;
  /** Ends a line that `progress` left open. */
  endProgress(): void;
}

/** On anything but a terminal, progress is a line at most this often. */
const plainProgressMs = 5_000;

/** Terminals render control characters that a file name or a trace may hold; results must not. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '\u{fffd}');
}

/**
 * Makes the output of one command.
 *
 * @param now milliseconds of a monotonic clock
 */
export function createOutput(options: {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly isJson: boolean;
  readonly now: () => number;
}): Output {
  const { stdout, stderr, isJson, now } = options;
  let lastProgressMs: number | null = null;
  let isProgressOpen = false;

  const endProgress = () => {
    if (isProgressOpen) stderr.write('\n');
    isProgressOpen = false;
  };
  return {
    isJson,
    json: (value) => {
      endProgress();
      stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    line: (text = '') => {
      endProgress();
      stdout.write(`${printable(text)}\n`);
    },
    note: (text) => {
      endProgress();
      stderr.write(`${printable(text)}\n`);
    },
    progress: (text) => {
      if (stderr.isTTY === true) {
        stderr.write(`\r\u001b[2K${printable(text)}`);
        isProgressOpen = true;
        return;
      }
      const isFirst = lastProgressMs === null;
      lastProgressMs ??= now();
      if (isFirst || now() - lastProgressMs < plainProgressMs) return;
      lastProgressMs = now();
      stderr.write(`${printable(text)}\n`);
    },
    endProgress,
  };
}
