import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import type { SessionSet } from '@/lib/sessions/session';
import { createRandomStream } from '@/lib/stats/random-stream';
import { callRow } from '../../sessions/rows';

/** How sessions are made whose growth is known. */
export interface KnownGrowth {
  readonly sessions: number;
  readonly firstPromptTokens: number; //   S, mean over sessions
  readonly tokensPerCall: number; //       g, mean over sessions
  readonly growthSpread: number; //        a session's own g lies within this share of it
  /** Prompt at which history is cut back, and what is kept of it; without it history only grows. */
  readonly reset?: { readonly thresholdTokens: number; readonly retainedShare: number };
  readonly seed: number;
}

const meanCalls = 24;

/**
 * Calls of sessions with a first prompt and a growth of their own, so that calls of one session are
 * alike: what a bootstrap over calls would not see.
 */
export function makeRows(known: KnownGrowth): PricedCallRow[] {
  const rows: PricedCallRow[] = [];
  for (let session = 0; session < known.sessions; session++) {
    const stream = createRandomStream(known.seed, 0, 'known growth', session);
    const ownSpread = known.growthSpread * (2 * stream.nextFloat() - 1);
    const growth = known.tokensPerCall * (1 + ownSpread);
    let line = known.firstPromptTokens * (1 + 0.5 * (2 * stream.nextFloat() - 1));
    let deviation = 0;
    const calls = 4 + stream.nextInt(2 * (meanCalls - 4));
    for (let call = 0; call < calls; call++) {
      // What one call has above its line, the next one still has in part.
      deviation = 0.7 * deviation + 0.3 * known.tokensPerCall * stream.nextNormal();
      const tokens = Math.max(1, Math.round(line + deviation));
      rows.push(
        callRow({
          sessionId: `s${session}`,
          model: 'claude-opus-4-5',
          agentName: 'agent',
          turnIndex: Math.floor(call / 3),
          inputFresh: tokens,
          output: 100,
          inputCostPicoUsd: tokens * 5_000_000,
          listCostPicoUsd: tokens * 5_000_000 + 100 * 25_000_000,
        }),
      );
      line += growth;
      const { reset } = known;
      if (reset !== undefined && line > reset.thresholdTokens) {
        line = tokens * (reset.retainedShare + 0.1 * (2 * stream.nextFloat() - 1));
        deviation = 0;
      }
    }
  }
  return rows;
}

/** Rows as a set. */
export function setOf(rows: readonly PricedCallRow[]): SessionSet {
  return groupCalls(rows, new Set(rows.map((row) => row.sessionId)).size);
}
