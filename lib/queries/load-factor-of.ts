import type { SimulationRun } from '@/simulations/simulation-run';
import type { LoadFactor } from '../cost/forecast/forecast';
import { formatCount, formatCounted } from '../format';

/**
 * What sessions that fail under load add to the cost of one that succeeds.
 *
 * A session that gives up waiting for a connection has spent something between nothing and all that
 * it would have: its cost is shared out over those that succeed. Sessions still running at the end
 * of the simulated time count for neither.
 *
 * @param run the newest completed run; null where there is none
 */
export function loadFactorOf(run: SimulationRun | null): LoadFactor {
  if (run === null) {
    return {
      low: 1,
      high: 1,
      source: 'No simulation was run: sessions that fail under load are left out.',
    };
  }
  const { completed, failedAcquireTimeout: failed } = run.outcomes;
  const place = `At ${formatCounted(run.atLoad.agents, 'concurrent agent')} of the last simulation`;
  if (completed === 0) {
    return {
      low: 1,
      high: 1,
      source: `${place} no session was completed: what failed ones add cannot be said, and is left out.`,
    };
  }
  if (failed === 0) {
    return {
      low: 1,
      high: 1,
      source: `${place} no session failed: load adds nothing to the cost.`,
    };
  }
  return {
    low: 1,
    high: (completed + failed) / completed,
    source: `${place} ${formatCount(failed)} of ${formatCount(completed + failed)} ended sessions failed: those that succeed pay for what they had spent, anything from nothing to all of it.`,
  };
}
