import type { VerdictKind } from '../readiness/assessment';

/** What the command tells its caller on exit. */
export const exitCode = {
  ok: 0, //            also the verdict GO
  error: 1,
  noGo: 2,
  conditional: 3,
  usage: 64, //        EX_USAGE of sysexits.h
  interrupted: 130, // 128 + SIGINT, as shells report it
} as const;
/** One of {@link exitCode}. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Lines of the exit codes for `--help`, in ascending order. */
export const exitCodeLines: readonly string[] = [
  `${exitCode.ok}    done; for readiness and report: GO`,
  `${exitCode.error}    failed; one line on stderr says why`,
  `${exitCode.noGo}    readiness and report: NO-GO`,
  `${exitCode.conditional}    readiness and report: CONDITIONAL`,
  `${exitCode.usage}   the command line could not be understood`,
  `${exitCode.interrupted}  interrupted; an import that was running is cancelled`,
];

/** The exit code that stands for a verdict. */
export function exitCodeOfVerdict(verdict: VerdictKind): ExitCode {
  switch (verdict) {
    case 'go':
      return exitCode.ok;
    case 'conditional':
      return exitCode.conditional;
    case 'no_go':
      return exitCode.noGo;
    default:
      return verdict satisfies never;
  }
}
