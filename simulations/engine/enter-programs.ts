import { createRandomStream } from '@/lib/stats/random-stream';
import type { CompiledPoolStudy } from '../compile/compile-pool-study';
import type { PoolStudy } from '../pool-study';
import { drawLoopEntry, drawPoisson } from './enter-loop';
import type { Kernel } from './kernel';
import { holdScope } from './op';

/**
 * Sets the scene at time 0 as it would be with slots for everybody: each agent of a closed loop
 * somewhere in its cycle; with open arrivals a Poisson number of sessions somewhere in theirs. What
 * is granted or asked for at that moment is no sample of anything.
 */
export function enterPrograms(
  kernel: Kernel,
  compiled: CompiledPoolStudy,
  {
    study,
    agents,
    replication,
  }: {
    readonly study: PoolStudy;
    readonly agents: number;
    readonly replication: number;
  },
): void {
  const { load, pool, seed } = study;
  const entries = createRandomStream(seed, replication, 'entries', 0);
  const isClosed = load.kind === 'closed';
  const restSecMean = isClosed ? load.restSecMean : 0;
  const scope = pool.holdingScope;
  kernel.entryScope = scope === 'query' ? holdScope.use : holdScope[scope];
  const entering = isClosed ? agents : drawPoisson(agents, entries);
  for (let i = 0; i < entering; i++) {
    const root = kernel.sessions.addAgent(0);
    const entry = drawLoopEntry(compiled.programs, restSecMean, scope, entries);
    if (entry.op < 0) {
      kernel.sessions.rest(root);
      continue;
    }
    kernel.tasks.pc[root] = compiled.pcOfOp[entry.op];
    kernel.tasks.residualSec[root] = entry.residualSec;
    kernel.sessions.enter(root, entry.isHolding && scope !== 'query' ? 0 : -1);
  }
  kernel.advanceTo(0, Number.POSITIVE_INFINITY);
  for (const { statistics } of kernel.stations) statistics.forgetSamples();
}
