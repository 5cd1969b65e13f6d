import type { SimulationRun } from '@/simulations/simulation-run';
import type { CostModel } from '../cost/cost-model';
import type { SessionSet } from '../sessions/session';
import type { SystemDescription } from '../system/system-description';

/** The part of a report's data quality that readiness needs; the whole of it fits too. */
interface EvidenceWindow {
  readonly sessions: number;
  readonly firstCallAt: string | null;
  readonly lastCallAt: string | null;
}

/** What an assessment is computed from. What is missing is null, and never counts in favour. */
export interface ReadinessEvidence {
  readonly set: SessionSet | null;
  readonly cost: CostModel | null;
  readonly run: SimulationRun | null;
  /** Imports or engine have changed since the run, so that it decides nothing. */
  readonly isRunStale: boolean;
  readonly system: SystemDescription;
  readonly dataQuality: EvidenceWindow;
  contextWindowTokens(model: string): number | null;
}
