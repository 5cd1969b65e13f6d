import type { StatusTone } from '@/app/_ui/status-mark';
import type { ScenarioFinding } from '@/lib/charts/prepare-scenario-finding';
import { formatCounted } from '@/lib/format';
import type { ReadScenario } from './use-read-scenario';

/** What stands at the head of the page. */
export interface ScenarioHead {
  readonly status: { readonly tone: StatusTone; readonly word: string } | null;
  readonly title: string;
  readonly lede: string | undefined;
}

interface HeadParts {
  readonly read: Pick<ReadScenario, 'scenario' | 'issues'>;
  /** Of the last run; null before the first. */
  readonly finding: ScenarioFinding | null;
  /** The text is not the one that was run. */
  readonly isChanged: boolean;
  readonly isRunning: boolean;
}

const changed = 'Changed since the run';

/**
 * The finding of the last run while the text is the one that was run; otherwise what the text is, or
 * what keeps it from being run. A verdict is never shown as that of a text that was not run.
 */
export function describeHead({ read, finding, isChanged, isRunning }: HeadParts): ScenarioHead {
  if (finding !== null && !isChanged) {
    const { tone, word, headline, lede } = finding;
    return { status: { tone, word }, title: headline, lede };
  }
  const errors = read.issues.filter(({ severity }) => severity === 'error');
  const cannotRun = `The scenario cannot be run: ${formatCounted(errors.length, 'thing')} to mend`;
  if (finding !== null) {
    return {
      status: { tone: 'unknown', word: changed },
      title: read.scenario === null ? cannotRun : `${changed}: ${read.scenario.name}`,
      lede: `${errors[0] === undefined ? '' : `${errors[0].message} `}The results below are of the text as it was run: ${finding.headline}.`,
    };
  }
  if (read.scenario === null) return { status: null, title: cannotRun, lede: errors[0]?.message };
  return {
    status: null,
    title: read.scenario.name,
    lede: isRunning
      ? 'Simulating in this browser.'
      : 'Not run yet. Choose or write a scenario, then press Run: it is simulated in this browser.',
  };
}
