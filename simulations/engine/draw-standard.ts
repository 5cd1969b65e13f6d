import { advanceStream } from '@/lib/stats/random-stream';
import { exponentialZiggurat, normalZiggurat } from '@/simulations/engine/ziggurat';

const exponentialLayers = exponentialZiggurat.layers;
const exponentialDensity = exponentialZiggurat.density;
const normalLayers = normalZiggurat.layers;
const normalDensity = normalZiggurat.density;

// Each draw is one step of sfc32. Its 32 bits lead; the fraction is filled up to 53 bits from the
// third word of the state, which is uniform beside the output and costs nothing. Values are left
// in an array because a double that a call returns may be boxed. Powers of two are written out
// (2^21, 2^29, 2^30, 2^−53): constants of a module are looked up at every use.

/**
 * Draws a uniform of 53 bits in [0, 1).
 *
 * @param state array with a state of sfc32, as `seedStream` sets it
 * @param at first word of the state
 * @param drawn receives the value at 0
 */
export function drawUniform(state: Int32Array, at: number, drawn: Float64Array): void {
  const low = state[at + 2];
  const high = advanceStream(state, at);
  drawn[0] = ((high >>> 0) * 2_097_152 + (low >>> 11)) * 1.1102230246251565e-16;
}

/**
 * Draws from the exponential distribution with mean 1, by ziggurat: 8 bits choose the layer, 53
 * others the place in it.
 *
 * @param state array with a state of sfc32, as `seedStream` sets it
 * @param at first word of the state
 * @param drawn receives the value at 0; finite, at least 0
 */
export function drawExponential(state: Int32Array, at: number, drawn: Float64Array): void {
  const low = state[at + 2];
  const high = advanceStream(state, at);
  const layer = high & 255;
  const x = ((high >>> 8) * 536_870_912 + (low >>> 3)) * exponentialLayers[2 * layer];
  drawn[0] = x;
  if (x >= exponentialLayers[2 * layer + 1]) finishExponential(state, at, drawn, layer);
}

/**
 * Takes an abscissa that lies beyond the sure part of its layer. In a wedge it stays if a uniform
 * height falls under the density, else all is drawn again. The tail is the law itself, moved to
 * where it begins.
 */
export function finishExponential(
  state: Int32Array,
  at: number,
  drawn: Float64Array,
  layer: number,
): void {
  if (layer === 0) {
    drawExponential(state, at, drawn);
    drawn[0] += exponentialZiggurat.tailStart;
    return;
  }
  const x = drawn[0];
  drawUniform(state, at, drawn);
  const bottom = exponentialDensity[layer];
  if (bottom + drawn[0] * (exponentialDensity[layer + 1] - bottom) < Math.exp(-x)) drawn[0] = x;
  else drawExponential(state, at, drawn);
}

/**
 * Draws from the normal distribution with mean 0 and variance 1, by ziggurat: 8 bits choose the
 * layer, one the sign and 53 the place.
 *
 * @param state array with a state of sfc32, as `seedStream` sets it
 * @param at first word of the state
 * @param drawn receives the value at 0; finite
 */
export function drawNormal(state: Int32Array, at: number, drawn: Float64Array): void {
  const low = state[at + 2];
  const high = advanceStream(state, at);
  const layer = high & 255;
  const x = ((high >>> 9) * 1_073_741_824 + (low >>> 2)) * normalLayers[2 * layer];
  drawn[0] = (high & 256) === 0 ? x : -x;
  if (x >= normalLayers[2 * layer + 1]) finishNormal(state, at, drawn, layer);
}

/** As for the exponential; the tail from two exponentials (Marsaglia, Technometrics 6, 1964). */
function finishNormal(state: Int32Array, at: number, drawn: Float64Array, layer: number): void {
  const x = drawn[0];
  if (layer === 0) {
    let beyond = 0;
    do {
      drawExponential(state, at, drawn);
      beyond = drawn[0] / normalZiggurat.tailStart;
      drawExponential(state, at, drawn);
    } while (2 * drawn[0] <= beyond * beyond);
    drawn[0] = x < 0 ? -normalZiggurat.tailStart - beyond : normalZiggurat.tailStart + beyond;
    return;
  }
  drawUniform(state, at, drawn);
  const bottom = normalDensity[layer];
  if (bottom + drawn[0] * (normalDensity[layer + 1] - bottom) < Math.exp(-0.5 * x * x)) {
    drawn[0] = x;
  } else drawNormal(state, at, drawn);
}
