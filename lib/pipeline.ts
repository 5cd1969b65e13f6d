import type { PoolStudy } from '@/simulations/pool-study';
import { runPoolStudy } from '@/simulations/run-pool-study';
import type { SimulationRun } from '@/simulations/simulation-run';
import type { CostModel } from './cost/cost-model';
import { standardPriceBook } from './cost/create-price-book';
import { fitCostModel } from './cost/fit-cost-model';
import type { PriceBook } from './cost/price-book';
import type { Assessment, LaunchProfile } from './readiness/assessment';
import { evaluateReadiness } from './readiness/evaluate-readiness';
import { buildReport } from './report/build-report';
import type { DataQuality, Report } from './report/report';
import { groupCalls, type PricedCallRow } from './sessions/group-calls';
import type { SessionSet } from './sessions/session';
import type { SystemDescription } from './system/system-description';
import { lowerSessions } from './workload/lower-sessions';
import type { WorkloadModel } from './workload/workload-model';

/** Everything from which a report follows: calls, what is declared, and the seeds and clock. */
export interface PipelineInput {
  readonly rows: Iterable<PricedCallRow>; // ordered by session, start, file, line
  readonly sessionsInStore: number;
  readonly system: SystemDescription;
  readonly scenario: PoolStudy;
  readonly profile: LaunchProfile;
  readonly dataQuality: DataQuality;
  readonly seed: number;
  readonly now: Date;
  readonly reportId: string;
  readonly projectName: string;
  readonly appVersion: string;
  readonly book?: PriceBook; //          the installed one unless given
}

/** What each stage made of it, in order. */
export interface PipelineOutput {
  readonly set: SessionSet;
  readonly cost: CostModel;
  readonly workload: WorkloadModel;
  readonly run: SimulationRun;
  readonly assessment: Assessment;
  readonly report: Report;
}

/**
 * The stages in order, from priced calls to a report: the map of the system in code.
 *
 * The server runs the same stages one at a time and stores what lies between them. The output is a
 * pure function of the input.
 */
export function runPipeline(input: PipelineInput): PipelineOutput {
  const { system, profile, dataQuality, now, book = standardPriceBook } = input;
  const set = groupCalls(input.rows, input.sessionsInStore);
  const cost = fitCostModel(set, { seed: input.seed, book });
  const workload = lowerSessions(set, system.pool);
  const run = runPoolStudy(workload, input.scenario);
  const assessment = evaluateReadiness(
    {
      set,
      cost,
      run,
      isRunStale: false,
      system,
      dataQuality,
      contextWindowTokens: (model) => book.contextWindowTokens(model, null),
    },
    { profile, now },
  );
  const report = buildReport({
    reportId: input.reportId,
    projectName: input.projectName,
    createdAt: now,
    appVersion: input.appVersion,
    system,
    dataQuality,
    cost,
    run,
    isRunStale: false,
    assessment,
  });
  return { set, cost, workload, run, assessment, report };
}
