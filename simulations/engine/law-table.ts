import { seedStream } from '@/lib/stats/random-stream';
import type { AliasTable } from '@/simulations/engine/alias-table';
import { type CompiledLaw, drawKind } from '@/simulations/engine/compile-law';
import { exponentialZiggurat, normalZiggurat } from '@/simulations/engine/ziggurat';

const initialCapacity = 16;

const noAliases: AliasTable = { threshold: new Float64Array(0), alias: new Int32Array(0) };
const noValues = new Float64Array(0);
const noRows = new Int32Array(0);

const twoTo29 = 536_870_912;
const twoTo30 = 1_073_741_824;
const twoToMinus53 = 2 ** -53;

/**
 * Random draws of one replication: each use site of a law has a row of parameters and an sfc32
 * stream of its own, all in typed arrays. A draw allocates nothing and leaves its value in `drawn`.
 *
 * Streams depend on their keys alone: another use site leaves the draws of the others as they were.
 * Exponential and normal draws are by ziggurat from 53 random bits, gamma by Marsaglia and Tsang
 * (ACM Transactions on Mathematical Software 26, 2000), integers and mixtures by alias table.
 */
export class LawTable {
  /** One number: the value that the last draw left. */
  readonly drawn = new Float64Array(1);

  #size = 0;
  #kind = new Uint8Array(initialCapacity);
  #a: Float64Array = new Float64Array(initialCapacity);
  #b: Float64Array = new Float64Array(initialCapacity);
  #c: Float64Array = new Float64Array(initialCapacity);
  #state = new Int32Array(4 * initialCapacity);
  readonly #aliases: AliasTable[] = [];
  readonly #values: Float64Array[] = [];
  readonly #components: Int32Array[] = [];
  readonly #componentsOf = new Map<CompiledLaw, Int32Array>();

  /**
   * Adds a use site with its own stream.
   *
   * @param law what `draw` draws there; compile it once and share it between sites and replications
   * @param streamKey safe integers and text; equal keys give equal draws, so sites that are to be
   * independent have different keys
   * @returns index of the site
   * @throws RangeError when a number of the key is not a safe integer
   */
  add(law: CompiledLaw, streamKey: readonly (number | string)[]): number {
    const components = this.#addComponents(law);
    const site = this.#addRow(law, components);
    seedStream(this.#state, 4 * site, streamKey);
    return site;
  }

  /**
   * Draws a value of the site's law into `drawn[0]`; finite and at least 0.
   *
   * @param site index that `add` returned
   */
  draw(site: number): void {
    if (this.#kind[site] === drawKind.exponential) {
      this.#drawExponential(4 * site);
      this.drawn[0] *= this.#a[site];
      return;
    }
    this.#drawRow(site, 4 * site);
  }

  /**
   * Draws a uniform of 53 random bits in [0, 1) into `drawn[0]` from the site's stream.
   *
   * @param site index that `add` returned, of a site with any law
   */
  drawFloat(site: number): void {
    this.#drawFloat(4 * site);
  }

  /** Adds a row for each law of a mixture, without a stream; once for all sites of the mixture. */
  #addComponents(law: CompiledLaw): Int32Array {
    if (law.components === undefined) return noRows;
    const known = this.#componentsOf.get(law);
    if (known !== undefined) return known;
    const rows = Int32Array.from(law.components, (component) =>
      this.#addRow(component, this.#addComponents(component)),
    );
    this.#componentsOf.set(law, rows);
    return rows;
  }

  #addRow(law: CompiledLaw, components: Int32Array): number {
    if (this.#size === this.#kind.length) this.#grow();
    const row = this.#size++;
    this.#kind[row] = law.kind;
    this.#a[row] = law.a;
    this.#b[row] = law.b;
    this.#c[row] = law.c;
    this.#aliases.push(law.aliases ?? noAliases);
    this.#values.push(law.values ?? noValues);
    this.#components.push(components);
    return row;
  }

  #grow(): void {
    const capacity = 2 * this.#kind.length;
    const kind = new Uint8Array(capacity);
    kind.set(this.#kind);
    this.#kind = kind;
    this.#a = widened(this.#a, capacity);
    this.#b = widened(this.#b, capacity);
    this.#c = widened(this.#c, capacity);
    const state = new Int32Array(4 * capacity);
    state.set(this.#state);
    this.#state = state;
  }

  /** Draws by the parameters of a row from the stream whose state begins at a word. */
  #drawRow(row: number, at: number): void {
    const drawn = this.drawn;
    const a = this.#a[row];
    switch (this.#kind[row]) {
      case drawKind.constant:
        drawn[0] = a;
        return;
      case drawKind.exponential:
        this.#drawExponential(at);
        drawn[0] *= a;
        return;
      case drawKind.uniform:
        this.#drawFloat(at);
        drawn[0] = a + this.#b[row] * drawn[0];
        return;
      case drawKind.lognormal:
        this.#drawNormal(at);
        drawn[0] = Math.exp(a + this.#b[row] * drawn[0]);
        return;
      case drawKind.gamma:
        this.#drawGamma(row, at);
        return;
      case drawKind.weibull:
        this.#drawExponential(at);
        drawn[0] = a * drawn[0] ** this.#b[row];
        return;
      case drawKind.pareto:
        this.#drawExponential(at);
        drawn[0] = a * Math.exp(drawn[0] * this.#b[row]);
        return;
      case drawKind.paretoBounded:
        this.#drawFloat(at);
        drawn[0] = a * Math.exp(-this.#b[row] * Math.log1p(-drawn[0] * this.#c[row]));
        return;
      case drawKind.geometric:
        this.#drawExponential(at);
        drawn[0] = 1 + Math.floor(drawn[0] / a);
        return;
      case drawKind.empirical:
        this.#drawEmpirical(row, at);
        return;
      case drawKind.integers:
        this.#drawOutcome(row, at);
        drawn[0] += a;
        return;
      case drawKind.mixture:
        this.#drawOutcome(row, at);
        this.#drawRow(this.#components[row][drawn[0]], at);
        return;
      case drawKind.hyperexponential:
        this.#drawHyperexponential(row, at);
        return;
      default:
        this.#drawNormalAboveZero(row, at);
    }
  }

  /** A uniform of 53 bits in [0, 1): two steps of sfc32. */
  #drawFloat(at: number): void {
    const state = this.#state;
    const b = state[at + 1];
    const c = state[at + 2];
    const counter = state[at + 3];
    const high = (state[at] + b + counter) | 0;
    const nextB = (c + (c << 3)) | 0;
    const nextC = (((c << 21) | (c >>> 11)) + high) | 0;
    const low = ((b ^ (b >>> 9)) + nextB + counter + 1) | 0;
    state[at] = nextB ^ (nextB >>> 9);
    state[at + 1] = nextC + (nextC << 3);
    state[at + 2] = ((nextC << 21) | (nextC >>> 11)) + low;
    state[at + 3] = counter + 2;
    this.drawn[0] = ((high >>> 5) * 67_108_864 + (low >>> 6)) * twoToMinus53;
  }

  /** Exponential with mean 1: 8 bits choose the layer, 53 others the place in it. */
  #drawExponential(at: number): void {
    const state = this.#state;
    const b = state[at + 1];
    const c = state[at + 2];
    const counter = state[at + 3];
    const high = (state[at] + b + counter) | 0;
    const nextB = (c + (c << 3)) | 0;
    const nextC = (((c << 21) | (c >>> 11)) + high) | 0;
    const low = ((b ^ (b >>> 9)) + nextB + counter + 1) | 0;
    state[at] = nextB ^ (nextB >>> 9);
    state[at + 1] = nextC + (nextC << 3);
    state[at + 2] = ((nextC << 21) | (nextC >>> 11)) + low;
    state[at + 3] = counter + 2;
    const layer = high & 255;
    const x = ((high >>> 8) * twoTo29 + (low >>> 3)) * exponentialZiggurat.layers[2 * layer];
    this.drawn[0] = x;
    if (x >= exponentialZiggurat.layers[2 * layer + 1]) this.#finishExponential(at, layer);
  }

  /**
   * Takes an abscissa in `drawn[0]` that lies beyond the sure part of its layer. In the wedge it
   * stays if a uniform height falls under the density, else all is drawn again. The tail is the
   * law itself, moved to where it begins.
   */
  #finishExponential(at: number, layer: number): void {
    const { density, tailStart } = exponentialZiggurat;
    const x = this.drawn[0];
    if (layer === 0) {
      this.#drawExponential(at);
      this.drawn[0] += tailStart;
      return;
    }
    this.#drawFloat(at);
    const height = density[layer] + this.drawn[0] * (density[layer + 1] - density[layer]);
    if (height < Math.exp(-x)) this.drawn[0] = x;
    else this.#drawExponential(at);
  }

  /** Normal with mean 0 and variance 1: 8 bits choose the layer, one the sign, 53 the place. */
  #drawNormal(at: number): void {
    const state = this.#state;
    const b = state[at + 1];
    const c = state[at + 2];
    const counter = state[at + 3];
    const high = (state[at] + b + counter) | 0;
    const nextB = (c + (c << 3)) | 0;
    const nextC = (((c << 21) | (c >>> 11)) + high) | 0;
    const low = ((b ^ (b >>> 9)) + nextB + counter + 1) | 0;
    state[at] = nextB ^ (nextB >>> 9);
    state[at + 1] = nextC + (nextC << 3);
    state[at + 2] = ((nextC << 21) | (nextC >>> 11)) + low;
    state[at + 3] = counter + 2;
    const layer = high & 255;
    const x = ((high >>> 9) * twoTo30 + (low >>> 2)) * normalZiggurat.layers[2 * layer];
    const sign = 1 - ((high >>> 7) & 2);
    this.drawn[0] = sign * x;
    if (x >= normalZiggurat.layers[2 * layer + 1]) this.#finishNormal(at, layer, sign);
  }

  /** As for the exponential; the tail by two exponentials (Marsaglia 1964). */
  #finishNormal(at: number, layer: number, sign: number): void {
    const { density, tailStart } = normalZiggurat;
    const drawn = this.drawn;
    if (layer === 0) {
      for (;;) {
        this.#drawExponential(at);
        const beyond = drawn[0] / tailStart;
        this.#drawExponential(at);
        if (2 * drawn[0] > beyond * beyond) {
          drawn[0] = sign * (tailStart + beyond);
          return;
        }
      }
    }
    const x = drawn[0];
    this.#drawFloat(at);
    const height = density[layer] + drawn[0] * (density[layer + 1] - density[layer]);
    if (height < Math.exp(-0.5 * x * x)) drawn[0] = x;
    else this.#drawNormal(at);
  }

  #drawNormalAboveZero(row: number, at: number): void {
    const drawn = this.drawn;
    const mean = this.#a[row];
    const sd = this.#b[row];
    for (;;) {
      this.#drawNormal(at);
      const value = mean + sd * drawn[0];
      if (value >= 0 || this.#kind[row] === drawKind.normalReflected) {
        drawn[0] = Math.abs(value);
        return;
      }
    }
  }

  /** Shapes below 1 are drawn one above and multiplied by U^(1/shape). */
  #drawGamma(row: number, at: number): void {
    const drawn = this.drawn;
    const d = this.#b[row];
    const c = this.#c[row];
    for (;;) {
      this.#drawNormal(at);
      const x = drawn[0];
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      this.#drawFloat(at);
      const u = 1 - drawn[0];
      const square = x * x;
      if (
        u < 1 - 0.0331 * square * square ||
        Math.log(u) < 0.5 * square + d * (1 - v + Math.log(v))
      ) {
        const value = this.#a[row] * d * v;
        const inverseShape = this.#values[row][0];
        if (inverseShape === 0) {
          drawn[0] = value;
          return;
        }
        this.#drawExponential(at);
        drawn[0] = value * Math.exp(-drawn[0] * inverseShape);
        return;
      }
    }
  }

  #drawHyperexponential(row: number, at: number): void {
    this.#drawFloat(at);
    const mean = this.drawn[0] < this.#a[row] ? this.#b[row] : this.#c[row];
    this.#drawExponential(at);
    this.drawn[0] *= mean;
  }

  #drawEmpirical(row: number, at: number): void {
    const values = this.#values[row];
    this.#drawFloat(at);
    this.drawn[0] = values[Math.floor(this.drawn[0] * values.length)];
  }

  /** Number of an outcome by the row's alias table. */
  #drawOutcome(row: number, at: number): void {
    const { threshold, alias } = this.#aliases[row];
    this.#drawFloat(at);
    const place = this.drawn[0] * alias.length;
    const column = Math.floor(place);
    this.drawn[0] = place - column < threshold[column] ? column : alias[column];
  }
}

function widened(values: Float64Array, capacity: number): Float64Array {
  const wider = new Float64Array(capacity);
  wider.set(values);
  return wider;
}
