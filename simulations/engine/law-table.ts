import { advanceStream, seedStream } from '@/lib/stats/random-stream';
import type { AliasTable } from '@/simulations/engine/alias-table';
import { type CompiledLaw, drawKind } from '@/simulations/engine/compile-law';
import {
  drawExponential,
  drawNormal,
  drawUniform,
  finishExponential,
} from '@/simulations/engine/draw-standard';
import { exponentialZiggurat } from '@/simulations/engine/ziggurat';

const initialCapacity = 16;

// A row has 8 words (four of the stream's state, then the kind of the law) and 4 parameters (a to d
// of the law), reached by shifts: constants of a module are looked up at every use.

const {
  exponential,
  constant,
  uniform,
  lognormal,
  weibull,
  pareto,
  geometric,
  empirical,
  integers,
  mixture,
  gamma,
  hyperexponential,
  paretoBounded,
  normalReflected,
} = drawKind;

const exponentialLayers = exponentialZiggurat.layers;

const noAliases: AliasTable = { threshold: new Float64Array(0), alias: new Int32Array(0) };
const noValues = new Float64Array(0);
const noRows = new Int32Array(0);

/**
 * Random draws of one replication: each use site of a law has a row of parameters and an sfc32
 * stream of its own, all in typed arrays. A draw allocates nothing and leaves its value in `drawn`.
 *
 * Streams depend on their keys alone: another use site leaves the draws of the others as they were.
 * Exponential and normal draws are by ziggurat, gamma by Marsaglia and Tsang (ACM Transactions on
 * Mathematical Software 26, 2000), integers and mixtures by alias table.
 */
export class LawTable {
  /** One number: the value that the last draw left. */
  readonly drawn = new Float64Array(1);

  #size = 0;
  #words = new Int32Array(8 * initialCapacity);
  #parameters = new Float64Array(4 * initialCapacity);
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
    const site = this.#addRow(law, this.#addComponents(law));
    seedStream(this.#words, site << 3, streamKey);
    return site;
  }

  /**
   * Draws a value of the site's law into `drawn[0]`; finite and at least 0.
   *
   * @param site index that `add` returned
   */
  draw(site: number): void {
    const words = this.#words;
    const at = site << 3;
    if (words[at + 4] !== exponential) {
      this.#drawRow(site, at);
      return;
    }
    // As `drawExponential`, which would leave its value in memory once more on the way.
    const low = words[at + 2];
    const high = advanceStream(words, at);
    const layer = (high & 255) << 1;
    const x = ((high >>> 8) * 536_870_912 + (low >>> 3)) * exponentialLayers[layer];
    if (x < exponentialLayers[layer + 1]) this.drawn[0] = x * this.#parameters[site << 2];
    else {
      this.drawn[0] = x;
      finishExponential(words, at, this.drawn, layer >> 1);
      this.drawn[0] *= this.#parameters[site << 2];
    }
  }

  /**
   * Draws a uniform of 53 random bits in [0, 1) into `drawn[0]` from the site's stream.
   *
   * @param site index that `add` returned, of a site with any law
   */
  drawFloat(site: number): void {
    drawUniform(this.#words, site << 3, this.drawn);
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
    if (8 * this.#size === this.#words.length) this.#grow();
    const row = this.#size++;
    this.#words[(row << 3) + 4] = law.kind;
    this.#parameters.set([law.a, law.b, law.c, law.d], row << 2);
    this.#aliases.push(law.aliases ?? noAliases);
    this.#values.push(law.values ?? noValues);
    this.#components.push(components);
    return row;
  }

  #grow(): void {
    const words = new Int32Array(2 * this.#words.length);
    words.set(this.#words);
    this.#words = words;
    const parameters = new Float64Array(2 * this.#parameters.length);
    parameters.set(this.#parameters);
    this.#parameters = parameters;
  }

  /** Draws by the parameters of a row from the stream whose state begins at a word. */
  #drawRow(row: number, at: number): void {
    const drawn = this.drawn;
    const words = this.#words;
    const a = this.#parameters[row << 2];
    const b = this.#parameters[(row << 2) + 1];
    switch (words[(row << 3) + 4]) {
      case constant:
        drawn[0] = a;
        return;
      case exponential:
        drawExponential(words, at, drawn);
        drawn[0] *= a;
        return;
      case uniform:
        drawUniform(words, at, drawn);
        drawn[0] = a + b * drawn[0];
        return;
      case lognormal:
        drawNormal(words, at, drawn);
        drawn[0] = Math.exp(a + b * drawn[0]);
        return;
      case weibull:
        drawExponential(words, at, drawn);
        drawn[0] = a * drawn[0] ** b;
        return;
      case pareto:
        drawExponential(words, at, drawn);
        drawn[0] = a * Math.exp(drawn[0] * b);
        return;
      case geometric:
        drawExponential(words, at, drawn);
        drawn[0] = 1 + Math.floor(drawn[0] / a);
        return;
      case empirical:
        drawUniform(words, at, drawn);
        drawn[0] = this.#values[row][Math.floor(drawn[0] * this.#values[row].length)];
        return;
      default:
        this.#drawComposed(row, at);
    }
  }

  /** The rest of the kinds, which take more than one draw or a table. */
  #drawComposed(row: number, at: number): void {
    switch (this.#words[(row << 3) + 4]) {
      case integers:
        this.#drawOutcome(row, at);
        this.drawn[0] += this.#parameters[row << 2];
        return;
      case mixture:
        this.#drawOutcome(row, at);
        this.#drawRow(this.#components[row][this.drawn[0]], at);
        return;
      case gamma:
        this.#drawGamma(row, at);
        return;
      case hyperexponential:
        this.#drawHyperexponential(row, at);
        return;
      case paretoBounded:
        this.#drawParetoBounded(row, at);
        return;
      default:
        this.#drawNormalAboveZero(row, at);
    }
  }

  /** Number of an outcome by the row's alias table. */
  #drawOutcome(row: number, at: number): void {
    const aliases = this.#aliases[row];
    drawUniform(this.#words, at, this.drawn);
    const place = this.drawn[0] * aliases.alias.length;
    const column = Math.floor(place);
    this.drawn[0] = place - column < aliases.threshold[column] ? column : aliases.alias[column];
  }

  #drawGamma(row: number, at: number): void {
    const drawn = this.drawn;
    const third = this.#parameters[(row << 2) + 1];
    const slope = this.#parameters[(row << 2) + 2];
    let cube = 0;
    for (;;) {
      drawNormal(this.#words, at, drawn);
      const x = drawn[0];
      const root = 1 + slope * x;
      if (root <= 0) continue;
      cube = root * root * root;
      drawUniform(this.#words, at, drawn);
      const u = 1 - drawn[0];
      const square = x * x;
      if (u < 1 - 0.0331 * square * square) break;
      if (Math.log(u) < 0.5 * square + third * (1 - cube + Math.log(cube))) break;
    }
    const boost = this.#parameters[(row << 2) + 3];
    const value = this.#parameters[row << 2] * third * cube;
    if (boost === 0) {
      drawn[0] = value;
      return;
    }
    // Shapes below 1 are drawn one above and multiplied by U^(1/shape).
    drawExponential(this.#words, at, drawn);
    drawn[0] = value * Math.exp(-drawn[0] * boost);
  }

  #drawHyperexponential(row: number, at: number): void {
    drawUniform(this.#words, at, this.drawn);
    const isRare = this.drawn[0] < this.#parameters[row << 2];
    const mean = this.#parameters[(row << 2) + (isRare ? 1 : 2)];
    drawExponential(this.#words, at, this.drawn);
    this.drawn[0] *= mean;
  }

  /** By inversion: the mass below max is c. */
  #drawParetoBounded(row: number, at: number): void {
    const parameters = this.#parameters;
    drawUniform(this.#words, at, this.drawn);
    const logSurvival = Math.log1p(-this.drawn[0] * parameters[(row << 2) + 2]);
    this.drawn[0] = parameters[row << 2] * Math.exp(-parameters[(row << 2) + 1] * logSurvival);
  }

  #drawNormalAboveZero(row: number, at: number): void {
    const isReflected = this.#words[(row << 3) + 4] === normalReflected;
    const mean = this.#parameters[row << 2];
    const sd = this.#parameters[(row << 2) + 1];
    for (;;) {
      drawNormal(this.#words, at, this.drawn);
      const value = mean + sd * this.drawn[0];
      if (value >= 0 || isReflected) {
        this.drawn[0] = Math.abs(value);
        return;
      }
    }
  }
}
