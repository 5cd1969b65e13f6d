import fc from 'fast-check';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import type { SessionSet } from '@/lib/sessions/session';
import { callRow, usageMissing } from '../../sessions/rows';
import { pricedRow } from '../priced-row';

/** What one call of a random session is drawn from. */
const call = fc.record({
  kind: fc.constantFrom('model', 'model', 'model', 'model', 'tool', 'missing', 'empty', 'reset'),
  thread: fc.constantFrom('main', 'main', 'main', 'sub'),
  added: fc.nat(9_000),
  output: fc.nat(3_000),
  reasoning: fc.option(fc.nat(2_000)),
  readShare: fc.double({ min: 0, max: 1, noNaN: true }),
  write: fc.constantFrom('inputFresh', 'cacheWrite5m', 'cacheWrite1h', 'cacheWriteUnknownTtl'),
  gapMs: fc.nat(900_000),
  model: fc.constantFrom('claude-opus-4-5', 'claude-opus-4-5', 'claude-haiku-4-5', 'no-such-model'),
  isNewTurn: fc.boolean(),
});

type Drawn = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** Rows of one session whose prompts grow as those of agents do, with caches, resets and gaps. */
function makeRows(sessionId: string, calls: readonly Drawn[], isDated: boolean): PricedCallRow[] {
  const context = new Map<string, number>();
  let startMs = Date.UTC(2026, 5, 1);
  let turnIndex = 0;
  return calls.map((one) => {
    startMs += one.gapMs;
    if (one.isNewTurn) turnIndex++;
    const place = {
      sessionId,
      threadId: one.thread,
      agentName: one.thread === 'main' ? 'planner' : 'worker',
      turnIndex,
      startMs: isDated ? startMs : null,
    };
    if (one.kind === 'tool') return callRow({ ...place, kind: 'tool', toolName: 'search' });
    if (one.kind === 'missing') return callRow({ ...place, ...usageMissing });
    if (one.kind === 'empty') return pricedRow({ ...place, model: one.model, output: 5 });
    const before = context.get(one.thread) ?? 2_000;
    const prompt = (one.kind === 'reset' ? Math.floor(before / 4) : before) + one.added;
    const cacheRead = Math.floor(prompt * one.readShare);
    context.set(one.thread, prompt + one.output);
    return pricedRow({
      ...place,
      model: one.model,
      cacheRead,
      [one.write]: prompt - cacheRead,
      output: one.output,
      reasoning: one.reasoning,
    });
  });
}

/** Sets of a few random sessions; prompts are never just what was sent before. */
export const randomSessions: fc.Arbitrary<SessionSet> = fc
  .tuple(fc.array(fc.array(call, { minLength: 1, maxLength: 14 }), { maxLength: 4 }), fc.boolean())
  .map(([sessions, isDated]) =>
    groupCalls(
      sessions.flatMap((calls, s) => makeRows(`session ${s}`, calls, isDated)),
      sessions.length,
    ),
  );
