import { standardPriceBook } from '../../lib/cost/create-price-book';
import { buildReplaySet } from '../../lib/cost/replay/build-replay-set';
import { encodeReplaySet } from '../../lib/cost/replay/replay-codec';
import { groupCalls, type PricedCallRow } from '../../lib/sessions/group-calls';
import { createRandomStream } from '../../lib/stats/random-stream';
import { pricedRow } from '../cost/priced-row';

const sessions = 10_000;
const callsPerSession = 12;

function* makeRows(): Generator<PricedCallRow> {
  const stream = createRandomStream(1, 0, 'browser sessions', 0);
  for (let session = 0; session < sessions; session++) {
    let prompt = 3_000 + stream.nextInt(2_000);
    for (let call = 0; call < callsPerSession; call++) {
      const added = stream.nextInt(9_000);
      yield pricedRow({
        sessionId: `s${String(session).padStart(5, '0')}`,
        agentName: 'planner',
        model: 'claude-haiku-4-5',
        turnIndex: Math.floor(call / 3),
        startMs: Date.UTC(2026, 9, 1) + call * 20_000,
        cacheRead: call === 0 ? 0 : prompt,
        cacheWrite5m: added,
        output: 50 + stream.nextInt(900),
      });
      prompt += added;
    }
  }
}

/** Ten thousand sessions as the server sends them to the browser. */
export function encodeTenThousandSessions() {
  const set = buildReplaySet(groupCalls(makeRows(), sessions), standardPriceBook);
  return { bytes: encodeReplaySet({ set, catalogue: [] }), sessions, calls: set.price.length };
}
