import type { SessionSet } from '../../sessions/session';
import { isMetered } from '../price-session';
import type { MixKey } from './forecast';

/** Groups that are told apart; the rest of the sessions is one more. */
const groupsMax = 8;

/** Name of the sessions that belong to none of the most frequent groups. */
const otherSessions = '(others)';
const notRecorded = '(not recorded)';

/** Sessions that share a name. */
export interface SessionGroup {
  readonly name: string;
  readonly sessions: readonly number[]; //  indices into the set
}

/**
 * Groups sessions by the agent of their first model call, by their dearest model, or by their tenant.
 *
 * @returns the most frequent groups first, at most eight and one for the rest
 */
export function groupSessions(set: SessionSet, key: MixKey): SessionGroup[] {
  const byName = new Map<string, number[]>();
  for (let session = 0; session < set.sessionIds.length; session++) {
    const index = key === 'model' ? dearestModel(set, session) : firstName(set, session, key);
    const name = index < 0 ? notRecorded : (set.names[index] ?? notRecorded);
    const group = byName.get(name);
    if (group === undefined) byName.set(name, [session]);
    else group.push(session);
  }
  const groups = [...byName]
    .map(([name, sessions]) => ({ name, sessions }))
    .sort((a, b) => b.sessions.length - a.sessions.length || (a.name < b.name ? -1 : 1));
  if (groups.length <= groupsMax) return groups;
  const rest = groups.slice(groupsMax).flatMap(({ sessions }) => sessions);
  return [...groups.slice(0, groupsMax), { name: otherSessions, sessions: rest }];
}

function firstName(set: SessionSet, session: number, key: 'agent' | 'tenant'): number {
  const column = key === 'agent' ? set.calls.agent : set.calls.tenant;
  for (let row = set.firstCall[session]; row < set.firstCall[session + 1]; row++) {
    if (isMetered(set, row) && column[row] >= 0) return column[row];
  }
  return -1;
}

function dearestModel({ calls, firstCall }: SessionSet, session: number): number {
  const spent = new Map<number, number>();
  for (let row = firstCall[session]; row < firstCall[session + 1]; row++) {
    const cost = calls.listCostPicoUsd[row];
    if (calls.model[row] < 0 || Number.isNaN(cost)) continue;
    spent.set(calls.model[row], (spent.get(calls.model[row]) ?? 0) + cost);
  }
  let dearest = -1;
  for (const [model, cost] of spent) {
    if (dearest === -1 || cost > (spent.get(dearest) ?? 0)) dearest = model;
  }
  return dearest;
}
