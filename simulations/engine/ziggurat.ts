/** Layers of each ziggurat. */
const layerCount = 256;

/**
 * Layers of a ziggurat: a decreasing density covered by 256 pieces of equal area, of which piece 0
 * is the bottom strip with the tail beyond `tailStart`.
 */
export interface Ziggurat {
  /** Where the tail begins: the right edge of layer 1. */
  readonly tailStart: number;
  /**
   * Two numbers per layer i: at 2i the width of the layer over 2^53, by which a 53-bit integer
   * becomes an abscissa, at 2i + 1 the abscissa below which the layer lies under the density.
   */
  readonly layers: Float64Array;
  /** Density, not normalised, at the right edge of layer i; 257 numbers, the last of which is 1. */
  readonly density: Float64Array;
}

/**
 * Cuts a density into layers of equal area.
 *
 * @param tailStart right edge of the bottom rectangle
 * @param area of each layer; the bottom one with its tail
 * @param densityAt the density, not normalised, 1 at 0 and decreasing
 * @param abscissaOf inverse of the density
 */
function buildZiggurat(
  tailStart: number,
  area: number,
  densityAt: (x: number) => number,
  abscissaOf: (density: number) => number,
): Ziggurat {
  const layers = new Float64Array(2 * layerCount);
  const density = new Float64Array(layerCount + 1);
  let edge = area / densityAt(tailStart); // of layer 0: as if it were a rectangle
  let height = 0;
  for (let layer = 0; layer < layerCount; layer++) {
    const top =
      layer === layerCount - 1 ? 1 : layer === 0 ? densityAt(tailStart) : height + area / edge;
    const inner = layer === layerCount - 1 ? 0 : layer === 0 ? tailStart : abscissaOf(top);
    layers[2 * layer] = edge / 2 ** 53;
    layers[2 * layer + 1] = inner;
    density[layer] = height;
    height = top;
    edge = inner;
  }
  density[layerCount] = 1;
  return { tailStart, layers, density };
}

/**
 * Layers under e^−x.
 *
 * @see Marsaglia and Tsang, The Ziggurat Method for Generating Random Variables, Journal of
 * Statistical Software 5 (2000), no. 8
 */
export const exponentialZiggurat = buildZiggurat(
  7.697117470131049,
  0.003949659822581557,
  (x) => Math.exp(-x),
  (density) => -Math.log(density),
);

/** Layers under e^(−x²/2), x ≥ 0, as in the same paper. */
export const normalZiggurat = buildZiggurat(
  3.654152885361009,
  0.004928673233992336,
  (x) => Math.exp(-0.5 * x * x),
  (density) => Math.sqrt(-2 * Math.log(density)),
);
