import type { CostCells } from '../cost-anatomy';
import { PicoUsdSum } from '../pico-usd-sum';
import { type CallCells, cellKinds, firstCell, statesPerPart } from './call-cells';

const inputCells = firstCell.newInput + statesPerPart;

/** Running sums of cells over some calls; costs stay exact at any size. */
export class CellSums {
  readonly tokens = new Float64Array(cellKinds.length);
  readonly unpricedTokens = new Float64Array(cellKinds.length);
  pricedCalls = 0;
  unpricedCalls = 0;

  readonly #partial = new Float64Array(cellKinds.length);
  readonly #whole: (PicoUsdSum | undefined)[] = [];

  /** Adds one call. */
  addCall(cells: CallCells): void {
    if (!cells.isPriced) {
      this.unpricedCalls++;
      for (let i = 0; i < cellKinds.length; i++) this.unpricedTokens[i] += cells.tokens[i];
      return;
    }
    this.pricedCalls++;
    for (let i = 0; i < cellKinds.length; i++) {
      this.addCell(i, cells.tokens[i], cells.costPicoUsd[i]);
    }
  }

  /** Adds tokens and whole pico-dollars to one cell. */
  addCell(cell: number, tokens: number, picoUsd: number): void {
    this.tokens[cell] += tokens;
    const sum = this.#partial[cell] + picoUsd;
    if (Number.isSafeInteger(sum)) {
      this.#partial[cell] = sum;
      return;
    }
    this.#wholeOf(cell).add(BigInt(this.#partial[cell]));
    this.#partial[cell] = picoUsd;
  }

  /** Adds a cost of any size to one cell. */
  addCost(cell: number, picoUsd: bigint): void {
    this.#wholeOf(cell).add(picoUsd);
  }

  /** Adds all that another sum holds. */
  add(other: CellSums): void {
    this.pricedCalls += other.pricedCalls;
    this.unpricedCalls += other.unpricedCalls;
    for (let i = 0; i < cellKinds.length; i++) {
      this.tokens[i] += other.tokens[i];
      this.unpricedTokens[i] += other.unpricedTokens[i];
      this.addCost(i, other.costOf(i));
    }
  }

  /** Whole pico-dollars of one cell. */
  costOf(cell: number): bigint {
    return (this.#whole[cell]?.total() ?? 0n) + BigInt(this.#partial[cell]);
  }

  /** Whole pico-dollars of some cells that follow each other; of all of them unless told otherwise. */
  total(from = 0, to: number = cellKinds.length): bigint {
    let sum = 0n;
    for (let i = from; i < to; i++) sum += this.costOf(i);
    return sum;
  }

  /** Whole pico-dollars of one part of the prompt, over its states. */
  costOfPart(part: keyof typeof firstCell): bigint {
    return this.total(firstCell[part], firstCell[part] + statesPerPart);
  }

  /** Whole pico-dollars of all prompts. */
  inputCost(): bigint {
    return this.total(0, inputCells);
  }

  /** The sums as they are kept and shown. */
  toCells(): CostCells {
    return {
      costPicoUsd: this.pricedCalls === 0 ? null : String(this.total()),
      pricedCalls: this.pricedCalls,
      unpricedCalls: this.unpricedCalls,
      cells: this.listCells(),
    };
  }

  /** The cells that hold something. */
  listCells(): CostCells['cells'] {
    return cellKinds.flatMap((kind, i) => {
      const tokens = this.tokens[i];
      const unpricedTokens = this.unpricedTokens[i];
      const cost = this.costOf(i);
      if (tokens === 0 && unpricedTokens === 0 && cost === 0n) return [];
      return [{ ...kind, tokens, unpricedTokens, costPicoUsd: String(cost) }];
    });
  }

  #wholeOf(cell: number): PicoUsdSum {
    const sum = this.#whole[cell] ?? new PicoUsdSum();
    this.#whole[cell] = sum;
    return sum;
  }
}
