import type { ReadinessCheck } from './check';
import { unboundedLoops } from './checks/blast-radius/unbounded-loops';
import { costAttribution } from './checks/economics/cost-attribution';
import { costGrowth } from './checks/economics/cost-growth';
import { failedSpend } from './checks/economics/failed-spend';
import { priceCoverage } from './checks/economics/price-coverage';
import { sessionCost } from './checks/economics/session-cost';
import { callTimeouts } from './checks/load/call-timeouts';
import { sampleSize } from './checks/load/sample-size';
import { contextWindowUse } from './checks/memory/context-window-use';
import { recordCompleteness } from './checks/observability/record-completeness';
import { connectionHolding } from './checks/pools/connection-holding';
import { poolUtilization } from './checks/pools/pool-utilization';
import { saturationHeadroom } from './checks/pools/saturation-headroom';

/** Name and version of the checklist; a change of checks or thresholds changes it. */
export const checklistVersion = 'foundation@1';

/** The check whose failure caps every pass that rests on traces. */
export const sampleCheckId = sampleSize.id;

/** The checks of this version of the checklist, in the order in which they are shown. */
export const checklist: readonly ReadinessCheck[] = [
  contextWindowUse,
  sampleSize,
  callTimeouts,
  poolUtilization,
  connectionHolding,
  saturationHeadroom,
  unboundedLoops,
  recordCompleteness,
  sessionCost,
  costGrowth,
  priceCoverage,
  failedSpend,
  costAttribution,
];
