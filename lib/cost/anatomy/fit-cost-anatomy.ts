import { measureContext } from '../../sessions/context-growth';
import type { SessionSet } from '../../sessions/session';
import type { CostAnatomy } from '../cost-anatomy';
import type { PriceBook } from '../price-book';
import { listLines, listTools, listTurns } from './anatomy-lines';
import { compareRecorded } from './compare-recorded';
import { findDearSessions } from './dear-sessions';
import { addUp, dissectCalls } from './dissect-calls';
import { findHiddenCaches } from './hidden-caches';

/**
 * Takes the cost of sessions apart: by what tokens are and how they were charged, by every name that
 * calls carry, by session, and against what was recorded.
 *
 * Pure: the same sessions and prices give the same anatomy, in whatever order the sessions stand.
 * All costs are whole pico-dollars, and every breakdown adds up to the whole exactly.
 */
export function fitCostAnatomy(set: SessionSet, book: PriceBook): CostAnatomy {
  const context = measureContext(set);
  const input = { set, context, book };
  const dissected = dissectCalls(input);
  const whole = addUp(dissected.byModel.values());
  const inputCost = whole.inputCost();
  const difference = compareRecorded(set, book);
  return {
    sessions: set.sessionIds.length,
    sessionsInStore: set.sessionsInStore,
    priceBook: book.identity,
    whole: whole.toCells(),
    historyShare:
      inputCost > 0n ? Number(whole.costOfPart('resentHistory')) / Number(inputCost) : null,
    byModel: listLines(dissected.byModel, set.names),
    byAgent: listLines(dissected.byAgent, set.names),
    byTenant: listLines(dissected.byTenant, set.names),
    byTurn: listTurns(dissected.byTurn),
    byTool: listTools(dissected.tools.tools, whole, set.names),
    ...findDearSessions(input, dissected, findHiddenCaches(difference)),
    difference,
  };
}
