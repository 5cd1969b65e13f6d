import type { SystemDescription } from '@/lib/system/system-description';

/** What the form holds, as typed. Empty text means "not said". */
export interface DeclaredDraft {
  readonly plannedPeakAgents: string;
  readonly costTargetUsdP95: string;
  readonly maxStepsPerSession: string;
  readonly hasCompaction: 'yes' | 'no' | 'unsaid';
  readonly traces: 'all' | 'sample' | 'unsaid';
  readonly timeouts: readonly { readonly name: string; readonly sec: string }[];
}

/** Field of the draft with what is wrong with it. */
export type DraftErrors = Readonly<Partial<Record<keyof DeclaredDraft, string>>>;

/** The draft that shows a description. */
export function draftOf(system: SystemDescription): DeclaredDraft {
  return {
    plannedPeakAgents: system.plannedPeakAgents?.toString() ?? '',
    costTargetUsdP95: system.costTargetUsdP95?.toString() ?? '',
    maxStepsPerSession: system.maxStepsPerSession?.toString() ?? '',
    hasCompaction: system.hasCompaction === null ? 'unsaid' : system.hasCompaction ? 'yes' : 'no',
    traces: tracesWord(system.tracesAreComplete),
    timeouts: Object.entries(system.declaredTimeoutsSec).map(([name, sec]) => ({
      name,
      sec: sec.toString(),
    })),
  };
}

/** The description that a draft says, or what is wrong with it field by field. */
export function readDraft(
  draft: DeclaredDraft,
  system: SystemDescription,
): { readonly system: SystemDescription } | { readonly errors: DraftErrors } {
  const errors: Partial<Record<keyof DeclaredDraft, string>> = {};
  const whole = (key: 'plannedPeakAgents' | 'maxStepsPerSession', max: number) => {
    const value = readNumber(draft[key]);
    if (value === null || (Number.isInteger(value) && value >= 1 && value <= max)) return value;
    errors[key] = `A whole number from 1 to ${max.toLocaleString('en-US')}, or nothing`;
    return null;
  };
  const plannedPeakAgents = whole('plannedPeakAgents', 1_000_000);
  const maxStepsPerSession = whole('maxStepsPerSession', 1_000_000);
  const costTargetUsdP95 = readNumber(draft.costTargetUsdP95);
  if (costTargetUsdP95 !== null && !(costTargetUsdP95 > 0)) {
    errors.costTargetUsdP95 = 'Dollars above 0, or nothing';
  }
  const timeouts = new Map<string, number>();
  for (const { name, sec } of draft.timeouts) {
    const value = readNumber(sec);
    if (name.trim() === '' && value === null) continue;
    if (name.trim() === '' || value === null || !(value > 0)) {
      errors.timeouts = 'Each timeout needs a name and seconds above 0';
    } else timeouts.set(name.trim(), value);
  }
  if (Object.keys(errors).length > 0) return { errors };
  return {
    system: {
      ...system,
      plannedPeakAgents,
      maxStepsPerSession,
      costTargetUsdP95,
      hasCompaction: draft.hasCompaction === 'unsaid' ? null : draft.hasCompaction === 'yes',
      tracesAreComplete: draft.traces === 'unsaid' ? null : draft.traces === 'all',
      declaredTimeoutsSec: Object.fromEntries(timeouts),
    },
  };
}

function tracesWord(
  tracesAreComplete: SystemDescription['tracesAreComplete'],
): DeclaredDraft['traces'] {
  if (tracesAreComplete === null || tracesAreComplete === undefined) return 'unsaid';
  return tracesAreComplete ? 'all' : 'sample';
}

/** NaN where something was typed that is no number. */
function readNumber(text: string): number | null {
  const clean = text.replaceAll(/[,\s$]/g, '');
  return clean === '' ? null : Number(clean);
}
