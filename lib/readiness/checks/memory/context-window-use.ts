import {
  type CheckOutcome,
  conditionsCustomerLaunch,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact } from '../../facts';
import { doubtOf, judgeAtMost } from '../../judge';
import type { ContextUseMeasure } from '../../measure-context-use';
import { listNames, writeValue } from '../../write-fact';

const maxP95 = 0.8;
const maxPeak = 0.95;
const minCoverage = 0.99;

/** MEM-10. How near prompts come to the context windows of their models. */
export const contextWindowUse: ReadinessCheck = {
  id: 'MEM-10',
  version: '1.0.0',
  area: 'memory',
  question: 'Do prompts stay clear of the context window?',
  titles: {
    pass: 'Prompts stay clear of the context window',
    warn: 'Prompts may come close to the context window',
    fail: 'Prompts come too close to the context window',
    unknown: 'How full the context windows get is not known',
  },
  severity: conditionsCustomerLaunch,
  threshold: 'P95 at most 80 %, largest at most 95 %, usage on at least 99 % of model calls',
  remedy: 'Compact or trim history earlier, cap tool results, or use a model with a larger window.',
  isTraceDerived: true,
  assess: ({ traces }) => {
    if (traces === null) return noSessionsOutcome();
    const use = traces.contextUse;
    if (use.callsWithUsage === 0) {
      return unknownOutcome(
        'no_evidence',
        'No model call records its token usage.',
        'Export token usage on every model call.',
      );
    }
    return judge(use);
  },
};

function judge(use: ContextUseMeasure): CheckOutcome {
  const p95 = fact('trace.context.util_p95', 'Prompt ÷ context window, P95', use.p95, 'ratio', {
    sample: use.callsWithWindow,
    interval95: use.p95Interval95,
  });
  const max = fact('trace.context.util_max', 'Prompt ÷ context window, largest', use.max, 'ratio');
  const coverage = use.callsWithUsage / use.modelCalls;
  const windows = use.callsWithWindow / use.callsWithUsage;
  const evidence = [
    p95,
    max,
    fact('trace.llm.usage_coverage', 'Model calls with usage', coverage, 'ratio', {
      sample: use.modelCalls,
    }),
    fact('config.context_windows', 'Of those, with a known window', windows, 'ratio', {
      basis: 'declared',
    }),
  ];
  const common = { basis: 'measured', observed: observedFrom(p95), evidence } as const;
  const found = `P95 of the context window is ${writeValue(use.p95, 'ratio')} and the largest prompt ${writeValue(use.max, 'ratio')}`;
  const peak = judgeAtMost(max, maxPeak, false);
  const usual = judgeAtMost(p95, maxP95, true);
  if (peak.status === 'fail' || usual.status === 'fail') {
    return {
      ...common,
      status: 'fail',
      reason: 'not_met',
      detail: `${found}, against 80 % and 95 %.`,
    };
  }
  if (windows < minCoverage) {
    return unknownOutcome(
      'not_declared',
      `The context window of ${listNames(use.modelsWithoutWindow)} is not known.`,
      'Declare the context window of these models in the system description.',
      { evidence, observed: common.observed },
    );
  }
  if (coverage < minCoverage) {
    return {
      ...common,
      status: 'fail',
      reason: 'not_met',
      title: 'Token usage is missing on too many model calls',
      remedy: 'Export token usage on every model call, streamed and failed ones included.',
      detail: `${found}, but only ${writeValue(coverage, 'ratio')} of model calls record usage, against 99 %.`,
    };
  }
  if (usual.status !== 'pass') {
    return { ...common, ...usual, detail: `${found}, within 80 % and 95 %${doubtOf(usual, p95)}.` };
  }
  return { ...common, ...usual, detail: `${found}, within 80 % and 95 %.` };
}
