import { measureContext } from '../../sessions/context-growth';
import type { SessionSet } from '../../sessions/session';
import type { GrowthModel } from '../growth-model';
import type { PriceBook } from '../price-book';
import { prepareCurves } from './fit-curves';
import { createWindowLookup, type FittedGroup, fitGroup } from './fit-group';
import { listResets } from './list-resets';
import { groupThreads, listThreads, type ThreadGroup } from './list-threads';
import { findOpenSessions, measureLengths } from './measure-lengths';
import { RatioBatch } from './ratio-batch';

/** What a fit needs besides the sessions. */
export interface FitGrowthOptions {
  readonly seed: number; //                of the bootstrap; a safe integer
  readonly book: PriceBook; //             for context windows
  readonly resamples?: number; //          1,000 unless given
}

/**
 * Fits how cost grows with history: slopes and exponents by agent and model, the plateau where
 * history is cut back, the length of sessions, and the curve that follows from them.
 *
 * Pure: the same sessions and seed give the same model. Intervals come from one bootstrap over
 * sessions that all ratios share. Time is linear in calls, plus resamples × the sessions of
 * every group.
 */
export function fitGrowthModel(set: SessionSet, options: FitGrowthOptions): GrowthModel {
  const context = measureContext(set);
  const threads = listThreads(set, context);
  const batch = new RatioBatch();
  const inputs = {
    set,
    context,
    batch,
    resets: listResets(set, context, threads),
    windowOfRow: createWindowLookup(set, options.book),
  };
  const { groups, leftOut } = groupThreads(set, threads);
  const fitted = new Map<ThreadGroup['threads'], FittedGroup>();
  const fits = groups.map((group) => {
    const fit = fitted.get(group.threads) ?? fitGroup(group, inputs);
    fitted.set(group.threads, fit);
    return fit;
  });
  const mainThreads = threads.filter((thread) => thread.isMainThread);
  const main = fits[groups.findIndex((group) => group.by === 'all' && group.isMainThread)];
  const curves = main === undefined ? null : prepareCurves(mainThreads, main, inputs);
  batch.run(set.sessionIds.length, { seed: options.seed, resamples: options.resamples ?? 1000 });
  const { isOpen, censoring } = findOpenSessions(set, mainThreads);
  return {
    sessions: set.sessionIds.length,
    sessionsInStore: set.sessionsInStore,
    groups: fits.map((fit, i) => ({ ...fit.finish(), by: groups[i].by, name: groups[i].name })),
    groupsLeftOut: leftOut,
    byCall: curves?.byCall() ?? null,
    byTurn: curves?.byTurn() ?? null,
    callsPerSession: measureLengths(set, mainThreads, isOpen, 'call'),
    turnsPerSession: measureLengths(set, mainThreads, isOpen, 'turn'),
    censoring,
  };
}
