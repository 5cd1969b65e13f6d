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

/**
 * Lines of the exit codes for `--help`, in ascending order.
 *
 * @param command its name; without one, of all commands
 */
export function listExitCodes(command?: string): readonly string[] {
  const ofVerdict = command === undefined || command === 'readiness' || command === 'report';
  const whose = command === undefined ? 'readiness and report: ' : '';
  return [
    `${exitCode.ok}    done${ofVerdict ? `; for ${whose || 'a verdict: '}GO` : ''}`,
    `${exitCode.error}    failed; one line on stderr says why`,
    ...(ofVerdict
      ? [`${exitCode.noGo}    ${whose}NO-GO`, `${exitCode.conditional}    ${whose}CONDITIONAL`]
      : []),
    `${exitCode.usage}   the command line could not be understood`,
    `${exitCode.interrupted}  interrupted; what was running is cancelled`,
  ];
}

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
