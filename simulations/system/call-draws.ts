import type { CompiledStation, Operand } from '../engine/compiled-scenario';
import type { Kernel } from '../engine/kernel';
import type { ProviderResource } from '../scenario/resource';
import type { ModelCalls } from './model-calls';

/** Draws what model calls of a provider are made of, how long they take, and whether they fail. */
export class CallDraws {
  readonly #kernel: Kernel;
  readonly #calls: ModelCalls;
  readonly #station: CompiledStation;
  readonly #resource: ProviderResource;

  constructor(kernel: Kernel, calls: ModelCalls, station: CompiledStation) {
    if (station.resource.kind !== 'provider')
      throw new RangeError(`Got ${station.resource.kind} when expected a provider.`);
    this.#kernel = kernel;
    this.#calls = calls;
    this.#station = station;
    this.#resource = station.resource;
  }

  /** Draws the tokens of a call from the laws of an instruction; returns the number of the call. */
  drawCall(pc: number): number {
    const kernel = this.#kernel;
    const { drawn } = kernel.laws;
    const calls = this.#calls;
    const call = calls.take();
    const operand = this.#operandAt(pc);
    kernel.draw(operand.prompt);
    const prompt = drawn[0];
    kernel.draw(operand.cached);
    const cacheRead = drawn[0];
    kernel.draw(operand.cacheWrite);
    calls.setPrompt(call, prompt, { cacheRead, cacheWrite: drawn[0] });
    kernel.draw(operand.output);
    const wanted = Math.round(drawn[0]);
    const { maxTokens } = operand;
    const asked = maxTokens < Infinity ? maxTokens : (this.#resource.defaultMaxTokens ?? wanted);
    calls.asked[call] = asked;
    calls.output[call] = Math.min(wanted, asked);
    return call;
  }

  /** Draws how long a call takes that starts now; also into `serviceSec` of its task. */
  drawLatency(call: number, task: number, at: { pc: number; factor: number }): void {
    const { tasks, clock } = this.#kernel;
    this.#calls.startSec[call] = clock[0];
    this.#calls.silentShare[call] = 0;
    const residualSec = tasks.residualSec[task];
    if (residualSec >= 0) {
      tasks.residualSec[task] = Number.NaN;
      tasks.serviceSec[task] = residualSec;
    } else {
      this.#drawUnloaded(call, at.pc);
      tasks.serviceSec[task] = this.#kernel.laws.drawn[0] * at.factor;
    }
    this.#calls.durationSec[call] = tasks.serviceSec[task];
  }

  /** Whether a call fails: of itself, or by faults with that rate. */
  drawError(faultErrorRate: number): boolean {
    const errorRate = 1 - (1 - (this.#resource.errorRate ?? 0)) * (1 - faultErrorRate);
    if (errorRate === 0) return false;
    this.#kernel.laws.drawFloat(this.#station.site);
    return this.#kernel.laws.drawn[0] < errorRate;
  }

  /** Draws a law of the resource into `laws.drawn[0]`; 0 where it has none. */
  drawLaw(path: 'baseSec' | 'retryAfterSec'): void {
    const quantity = this.#station.quantities[path];
    if (quantity === undefined) this.#kernel.laws.drawn[0] = 0;
    else this.#kernel.draw(quantity);
  }

  #drawUnloaded(call: number, pc: number): void {
    const { drawn } = this.#kernel.laws;
    const { duration } = this.#operandAt(pc);
    if (duration !== null) {
      this.#kernel.draw(duration);
      return;
    }
    const { prefillSecPerToken = 0, decodeSecPerToken = 0 } = this.#resource;
    const { fresh, cacheWrite, output, silentShare } = this.#calls;
    this.drawLaw('baseSec');
    const silentSec = drawn[0] + prefillSecPerToken * (fresh[call] + cacheWrite[call]);
    const wholeSec = silentSec + decodeSecPerToken * output[call];
    silentShare[call] = wholeSec > 0 ? silentSec / wholeSec : 0;
    drawn[0] = wholeSec;
  }

  #operandAt(pc: number): Extract<Operand, { kind: 'model' }> {
    const { operands, instructions } = this.#kernel.compiled;
    const operand = operands[instructions.b[pc]];
    if (operand.kind !== 'model') {
      throw new RangeError(`Got a ${operand.kind} of a provider when expected a model call.`);
    }
    return operand;
  }
}
