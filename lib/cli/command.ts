import type { Connection } from './connect';
import type { ExitCode } from './exit-code';
import type { OptionSpec, OptionValues } from './option-values';
import type { Output } from './output';

/** What a command is given to work with. */
export interface CommandContext {
  readonly options: OptionValues;
  readonly positionals: readonly string[];
  readonly output: Output;
  /** Aborted by Ctrl+C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Opens the data directory, through the server that holds it or in this process. */
  connect(): Promise<Connection>;
}

/** One command of `plimsoll`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Its arguments, after the name. */
  readonly synopsis: string;
  /** Further lines of `--help`. */
  readonly detail: readonly string[];
  readonly options: readonly OptionSpec[];
  /** Whether it takes file arguments. */
  readonly takesFiles: boolean;
  run(context: CommandContext): Promise<ExitCode>;
}
