import type { CompiledBlock, Operand } from '../engine/compiled-scenario';
import { builtInCauses } from '../engine/failure-cause';
import { holdScope, op, sessionEnd } from '../engine/op';
import type { ChoiceTable, Fork } from '../engine/program';
import type { Choice, Step } from '../scenario/step';
import { type BlockSettings, compileBlock } from './compile-block';
import { InstructionWriter } from './instruction-writer';
import type { LawSites } from './law-sites';

/** Names that steps refer to. */
export interface StepNames {
  /** Index of a resource. @throws RangeError when there is none of that name */
  resource(name: string): number;
  /** Whether some step of the scenario holds slots of a resource beyond a use. */
  isHeld(resource: number): boolean;
  breaker(name: string): number;
  budget(name: string): number;
}

/** Labels of a list of steps and the lists around it within one task. */
interface Scope {
  readonly labels: Map<string, number>;
  readonly jumps: { readonly name: string; readonly pc: number }[];
  readonly outer: Scope | null;
}

/** Lowers steps to instructions, and collects the tables that instructions refer to. */
export class StepCompiler {
  readonly writer = new InstructionWriter();
  readonly operands: Operand[] = [];
  readonly forks: Fork[] = [];
  readonly choices: ChoiceTable[] = [];
  readonly blocks: CompiledBlock[] = [];
  readonly causes: string[] = [...builtInCauses];
  loopDepth = 0;
  readonly #laws: LawSites;
  readonly #names: StepNames;
  #depth = 0;

  constructor(laws: LawSites, names: StepNames) {
    this.#laws = laws;
    this.#names = names;
  }

  /** Writes a program that ends its session, or its task; returns its first instruction. */
  program(steps: readonly Step[], key: string, isSession: boolean): number {
    const first = this.writer.pc;
    this.#task(steps, key, isSession ? op.endSession : op.endTask);
    return first;
  }

  #task(steps: readonly Step[], key: string, end: number): void {
    const depth = this.#depth;
    this.#depth = 0;
    this.#list(steps, key, null);
    this.writer.add(end, { a: sessionEnd.success });
    this.#depth = depth;
  }

  #list(steps: readonly Step[], key: string, outer: Scope | null): void {
    const scope: Scope = { labels: new Map(), jumps: [], outer };
    for (let i = 0; i < steps.length; i++) this.#step(steps[i], `${key}.${i}`, scope);
    for (const { name, pc } of scope.jumps) {
      const target = scope.labels.get(name);
      if (target !== undefined) this.writer.setJump(pc, target);
      else if (outer === null) throw new RangeError(`Got goTo '${name}' when expected a label.`);
      else outer.jumps.push({ name, pc });
    }
  }

  #step(step: Step, key: string, scope: Scope): void {
    const { writer } = this;
    const laws = this.#laws;
    if ('think' in step) writer.add(op.delay, { a: 1 }, laws.quantity(step.think, key));
    else if ('delay' in step) writer.add(op.delay, {}, laws.quantity(step.delay, key));
    else if ('use' in step) this.#use(step, key);
    else if ('acquire' in step) {
      const a = this.#names.resource(step.acquire);
      writer.add(op.acquire, { a, b: step.units ?? 1, c: holdScope.open });
    } else if ('release' in step) {
      writer.add(op.release, { a: this.#names.resource(step.release) });
    } else if ('label' in step) scope.labels.set(step.label, writer.pc);
    else if ('goTo' in step) scope.jumps.push({ name: step.goTo, pc: writer.addJump() });
    else if ('checkpoint' in step) writer.add(op.checkpoint);
    else if ('end' in step) writer.add(op.endSession, { a: sessionEnd[step.end] });
    else if ('fail' in step) this.#fail(step, key);
    else if ('turn' in step) {
      writer.add(op.turnStart);
      this.#list(step.turn, key, scope);
      writer.add(op.turnEnd);
    } else if ('choose' in step) this.#choose(step.choose, key, scope);
    else if ('repeat' in step) this.#repeat(step, key, scope);
    else if ('parallel' in step) this.#fork(step, key);
    else if ('attempt' in step) this.#attempt(step, key, scope);
    else this.#request(step, key);
  }

  #use(step: Extract<Step, { use: string }>, key: string): void {
    const station = this.#names.resource(step.use);
    const laws = this.#laws;
    const duration = laws.quantity(step.forSec, `${key}/for`);
    const row = step.key === undefined ? null : laws.quantity(step.key, `${key}/key`);
    const b = this.addOperand({ kind: 'service', key: row });
    if (step.hold === 'turn' || step.hold === 'session') {
      this.writer.add(op.acquire, { a: station, b: 1, c: holdScope[step.hold] });
      this.writer.add(op.serve, { a: station, b }, duration);
      return;
    }
    const code = this.#names.isHeld(station) ? op.useOrServe : op.use;
    this.writer.add(code, { a: station, b }, duration);
  }

  #request(
    step: Extract<
      Step,
      | { model: string }
      | { publish: string }
      | { read: string }
      | { write: string }
      | { verify: string }
      | { get: string }
    >,
    key: string,
  ): void {
    const laws = this.#laws;
    const { writer } = this;
    const row = (law: Parameters<LawSites['quantity']>[0] | undefined) =>
      law === undefined ? null : laws.quantity(law, `${key}/key`);
    if ('model' in step) {
      const b = this.addOperand({
        kind: 'model',
        prompt: laws.quantity(step.promptTokens, `${key}/prompt`),
        cached: laws.quantityOr(step.cachedTokens, 0, `${key}/cached`),
        cacheWrite: laws.quantityOr(step.cacheWriteTokens, 0, `${key}/cacheWrite`),
        output: laws.quantity(step.outputTokens, `${key}/output`),
        maxTokens: step.maxTokens ?? Number.POSITIVE_INFINITY,
        duration:
          step.durationSec === undefined
            ? null
            : laws.quantity(step.durationSec, `${key}/duration`),
      });
      writer.add(op.use, { a: this.#names.resource(step.model), b });
    } else if ('publish' in step) {
      const b = this.addOperand({ kind: 'publish', waits: step.wait ?? false });
      writer.add(op.use, { a: this.#names.resource(step.publish), b });
    } else if ('read' in step) {
      const b = this.addOperand({ kind: 'row', access: 'read', key: row(step.key) });
      writer.add(op.use, { a: this.#names.resource(step.read), b });
    } else if ('write' in step) {
      const access = step.ifUnchanged === true ? 'writeIfUnchanged' : 'write';
      const b = this.addOperand({ kind: 'row', access, key: row(step.key) });
      writer.add(op.use, { a: this.#names.resource(step.write), b });
    } else if ('verify' in step) {
      const b = this.addOperand({ kind: 'row', access: 'verify', key: null });
      writer.add(op.use, { a: this.#names.resource(step.verify), b });
    } else {
      const missPc = writer.pc + 1;
      const b = this.addOperand({ kind: 'get', key: row(step.key), missPc });
      const pc = writer.add(op.use, { a: this.#names.resource(step.get), b });
      this.#task(step.miss, `${key}.miss`, op.endTask);
      writer.landExit(pc);
    }
  }

  #fail(step: Extract<Step, { fail: string }>, key: string): void {
    const known = this.causes.indexOf(step.fail);
    const a = known >= 0 ? known : this.causes.push(step.fail) - 1;
    const probability = step.probability ?? 1;
    if (probability === 0) return;
    const site = probability < 1 ? this.#laws.uniform(key) : -1;
    this.writer.add(op.fail, { a }, { site, value: probability });
  }

  #choose(choices: readonly Choice[], key: string, scope: Scope): void {
    const { writer } = this;
    const total = choices.reduce((sum, { weight }) => sum + weight, 0);
    const targets = new Int32Array(choices.length);
    const cumulative = new Float64Array(choices.length);
    const site = this.#laws.uniform(key);
    writer.add(op.choose, { a: this.choices.push({ targets, cumulative, site }) - 1 });
    const exits: number[] = [];
    let below = 0;
    for (let i = 0; i < choices.length; i++) {
      targets[i] = writer.pc;
      below += choices[i].weight;
      cumulative[i] = below / total;
      this.#list(choices[i].steps, `${key}.choose${i}`, scope);
      exits.push(writer.addJump());
    }
    for (const pc of exits) writer.landJump(pc);
  }

  #repeat(step: Extract<Step, { repeat: unknown }>, key: string, scope: Scope): void {
    const { writer } = this;
    const depth = this.#depth++;
    this.loopDepth = Math.max(this.loopDepth, this.#depth);
    const start = writer.add(op.loop, { a: depth }, this.#laws.quantity(step.repeat, key));
    const body = writer.pc;
    this.#list(step.steps, `${key}.repeat`, scope);
    writer.add(op.again, { a: depth, c: body });
    writer.landExit(start);
    this.#depth--;
  }

  #fork(step: Extract<Step, { parallel: unknown }>, key: string): void {
    const { writer } = this;
    const branches = new Int32Array(step.parallel.length);
    const join = step.join === 'first' ? 1 : (step.join ?? 'all');
    const a =
      this.forks.push({
        branches,
        copies: this.#laws.quantityOr(step.count, 1, `${key}/count`),
        join,
        cancelRest: step.cancelRest ?? true,
      }) - 1;
    const pc = writer.add(op.fork, { a });
    for (let i = 0; i < branches.length; i++) {
      branches[i] = writer.pc;
      this.#task(step.parallel[i], `${key}.parallel${i}`, op.endTask);
    }
    writer.landExit(pc);
  }

  #attempt(step: Extract<Step, { attempt: string }>, key: string, scope: Scope): void {
    const { writer } = this;
    const block = this.addBlock(step, key);
    const pc = writer.add(op.attempt, { a: block });
    this.#task(step.steps, `${key}.attempt`, op.endTask);
    if (step.fallback !== undefined) {
      // Reached by a jump of the block alone; it ends where the block ends.
      this.blocks[block] = { ...this.blocks[block], fallbackPc: writer.pc };
      this.#list(step.fallback, `${key}.fallback`, scope);
    }
    writer.landExit(pc);
  }

  /** Adds an attempt block; returns its index. */
  addBlock(settings: BlockSettings, key: string): number {
    return (
      this.blocks.push(compileBlock(settings, key, { laws: this.#laws, names: this.#names })) - 1
    );
  }

  /** Adds an operand; returns its index. */
  addOperand(operand: Operand): number {
    return this.operands.push(operand) - 1;
  }
}
