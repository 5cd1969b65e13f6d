import { replicationBins, type ScenarioReplication } from '../measure/scenario-replication';
import type { EndStates } from '../scenario-outcome';
import { judgeCollapse } from './collapse';

/** The last quarter of the run is judged; collapsed is less than half of the sessions in time. */
const lastShare = 0.25;
const goodputBelow = 0.5;

/** Between the two states lie no replications over this much of the goodput. */
const gapLeast = 0.2;

/** With fewer sessions in the last quarter the share of one replication says little. */
const sessionsLeast = 30;

/**
 * Finds whether the replications of a class end in two states, well and collapsed, of which no mean
 * is a description.
 *
 * @returns null where they end in one state, or where too few sessions come to tell
 */
export function findEndStates(
  replications: readonly ScenarioReplication[],
  sessionClass: number,
): EndStates | null {
  const rule = { sessionClass, lastShare, goodputBelow };
  const { collapse, recovery, goodputShares } = judgeCollapse(replications, rule);
  const well = goodputShares.filter((share) => share >= goodputBelow);
  const down = goodputShares.filter((share) => share < goodputBelow);
  if (well.length === 0 || down.length === 0) return null;
  if (Math.min(...well) - Math.max(...down) < gapLeast) return null;
  const from = Math.round((1 - lastShare) * replicationBins);
  const isFew = replications.some(({ startedPaths }) => {
    const started = startedPaths[sessionClass].subarray(from).reduce((sum, each) => sum + each, 0);
    return started < sessionsLeast;
  });
  if (isFew) return null;
  return {
    collapsed: collapse.count,
    of: collapse.of,
    interval95: [...collapse.interval95],
    recoveredShare: recovery.share,
  };
}
