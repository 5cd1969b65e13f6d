import { callsOf, type PredictableSessions } from './predictable-sessions';

/** Sessions to learn from, and others to predict. */
export interface SessionSplit {
  readonly fit: readonly number[];
  readonly test: readonly number[];
}

/**
 * Sessions by the agent that begins them; those that are the only one of theirs are taken together.
 *
 * @param order indexes of sessions, which is kept within an agent
 */
export function groupByAgent(
  sessions: PredictableSessions,
  order: readonly number[],
): (readonly number[])[] {
  const byAgent = new Map<string | null, number[]>();
  for (const session of order) {
    const { agentName } = sessions.groups[sessions.group[sessions.firstCall[session]]];
    const of = byAgent.get(agentName) ?? [];
    byAgent.set(agentName, of);
    of.push(session);
  }
  const agents = [...byAgent.values()];
  const several = agents.filter((of) => of.length > 1);
  const single = agents.filter((of) => of.length === 1).flat();
  return single.length === 0 ? several : [...several, single];
}

/**
 * The shorter half by calls, and the longer one, of the sessions that each agent begins.
 *
 * Halves of a mix of agents would be of different agents, and say nothing about length.
 *
 * @param order indexes of sessions; among equals the first of them counts as the shorter
 */
export function cutByLength(sessions: PredictableSessions, order: readonly number[]): SessionSplit {
  const byLength = order.toSorted((a, b) => callsOf(sessions, a) - callsOf(sessions, b));
  const agents = groupByAgent(sessions, byLength);
  return {
    fit: agents.flatMap((of) => of.slice(0, Math.floor(of.length / 2))),
    test: agents.flatMap((of) => of.slice(Math.floor(of.length / 2))),
  };
}
