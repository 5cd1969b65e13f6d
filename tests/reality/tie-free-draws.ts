import { createRandomStream } from '@/lib/stats/random-stream';
import { type CycleDraws, drawCycles } from './cycle-draws';

/**
 * Draws cycles as they are for a server, each duration moved by up to a millisecond: no two things
 * then happen at the same time, and who goes first does not depend on how ties are broken.
 */
export function drawTieFree(
  size: { readonly agents: number; readonly cycles: number },
  seed: number,
): CycleDraws {
  const means = { thinkSec: 0.8, serviceSec: 0.1, modelCallSec: 0.5 };
  const draws = drawCycles(means, size, { seed, point: 0 });
  const stream = createRandomStream(seed, 0, 'ties', 0);
  const move = (values: Float64Array) => values.map((value) => value + stream.nextFloat() / 1_000);
  return {
    ...size,
    thinkSec: move(draws.thinkSec),
    firstQuerySec: move(draws.firstQuerySec),
    modelCallSec: move(draws.modelCallSec),
    secondQuerySec: move(draws.secondQuerySec),
  };
}
