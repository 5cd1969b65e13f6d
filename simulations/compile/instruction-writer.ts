import { op } from '../engine/op';
import type { Instructions, Quantity } from '../engine/program';

const nothing: Quantity = { site: -1, value: 0 };

/** Collects instructions; targets that are not known yet are filled in later. */
export class InstructionWriter {
  readonly #op: number[] = [];
  readonly #a: number[] = [];
  readonly #b: number[] = [];
  readonly #c: number[] = [];
  readonly #law: number[] = [];
  readonly #sec: number[] = [];

  /** Index of the next instruction. */
  get pc(): number {
    return this.#op.length;
  }

  /** Adds an instruction; returns its index. */
  add(
    code: number,
    operands: { readonly a?: number; readonly b?: number; readonly c?: number } = {},
    duration: Quantity = nothing,
  ): number {
    this.#a.push(operands.a ?? 0);
    this.#b.push(operands.b ?? 0);
    this.#c.push(operands.c ?? 0);
    this.#law.push(duration.site);
    this.#sec.push(duration.value);
    return this.#op.push(code) - 1;
  }

  /** Lets a jump that was added go to the next instruction. */
  landJump(pc: number): void {
    this.#a[pc] = this.pc;
  }

  /** Lets a block that was added end at the next instruction. */
  landExit(pc: number): void {
    this.#c[pc] = this.pc;
  }

  /** Lets a jump that was added go to an instruction. */
  setJump(pc: number, target: number): void {
    this.#a[pc] = target;
  }

  /** Adds a jump whose target is filled in later; returns its index. */
  addJump(): number {
    return this.add(op.jump);
  }

  /** Copies the instructions into typed arrays. */
  finish(): Instructions {
    return {
      op: Uint8Array.from(this.#op),
      a: Int32Array.from(this.#a),
      b: Int32Array.from(this.#b),
      c: Int32Array.from(this.#c),
      law: Int32Array.from(this.#law),
      sec: Float64Array.from(this.#sec),
    };
  }
}
