import { durationLaw, opCode } from '@/lib/workload/workload-model';
import { holdScope, op, sessionEnd } from '../engine/op';
import type { Quantity } from '../engine/program';
import type { SessionPrograms } from '../engine/session-programs';
import type { InstructionWriter } from './instruction-writer';

/** A station and the operand of what is asked of it. */
interface Asked {
  readonly station: number;
  readonly operand: number;
}

/** Where the operations of observed sessions go; what is left out takes its time and no resource. */
export interface ObservedMapping {
  readonly query?: Asked & { readonly hold: 'query' | 'turn' | 'session' };
  readonly tool?: Asked;
  readonly model?: {
    readonly station: number;
    /** Operand of one call. */
    operandOf(operation: number): number;
    readonly block: number; // attempt block around each call; −1: none
  };
  readonly unitSite: number; // law site of an exponential of mean 1
}

/** Observed sessions as instructions, and where each operation of theirs is. */
export interface ObservedInstructions {
  readonly firstPc: Int32Array; // by usable program
  readonly pcOfOp: Int32Array; //  the instruction that takes the operation's time
}

/**
 * Writes the programs of observed sessions.
 *
 * A user turn begins with the first operation after a think time or a turn mark and ends before the
 * next one, and with it what was held for it.
 */
export function compileObserved(
  programs: SessionPrograms,
  writer: InstructionWriter,
  mapping: ObservedMapping,
): ObservedInstructions {
  const pcOfOp = new Int32Array(programs.op.length);
  const firstPc = Int32Array.from(programs.usable, (program) =>
    writeProgram(programs, program, { writer, mapping, pcOfOp }),
  );
  return { firstPc, pcOfOp };
}

function writeProgram(
  { op: code, firstOp, durationSec, law }: SessionPrograms,
  program: number,
  to: {
    readonly writer: InstructionWriter;
    readonly mapping: ObservedMapping;
    readonly pcOfOp: Int32Array;
  },
): number {
  const { writer, mapping, pcOfOp } = to;
  const first = writer.pc;
  let isInTurn = false;
  for (let i = firstOp[program]; i < firstOp[program + 1]; i++) {
    const isThink = code[i] === opCode.think;
    if (isInTurn && (isThink || code[i] === opCode.turnStart)) {
      writer.add(op.turnEnd);
      isInTurn = false;
    }
    if (!isInTurn && !isThink) {
      writer.add(op.turnStart);
      isInTurn = true;
    }
    pcOfOp[i] = writer.pc;
    if (code[i] === opCode.turnStart) continue;
    const site = law[i] === durationLaw.fixed ? -1 : mapping.unitSite;
    const duration = { site, value: durationSec[i] };
    pcOfOp[i] = writeOperation(writer, mapping, { code: code[i], operation: i, duration });
  }
  if (isInTurn) writer.add(op.turnEnd);
  writer.add(op.endSession, { a: sessionEnd.success });
  return first;
}

/** Writes the instructions of an operation; returns the one that takes its time. */
function writeOperation(
  writer: InstructionWriter,
  { query, tool, model }: ObservedMapping,
  {
    code,
    operation,
    duration,
  }: {
    readonly code: number;
    readonly operation: number;
    readonly duration: Quantity;
  },
): number {
  if (code === opCode.query && query !== undefined) {
    const { station: a, operand: b, hold } = query;
    if (hold === 'query') return writer.add(op.use, { a, b }, duration);
    writer.add(op.acquire, { a, b: 1, c: holdScope[hold] });
    return writer.add(op.serve, { a, b }, duration);
  }
  if (code === opCode.toolCall && tool !== undefined) {
    return writer.add(op.use, { a: tool.station, b: tool.operand }, duration);
  }
  if (code === opCode.modelCall && model !== undefined) {
    const call = { a: model.station, b: model.operandOf(operation) };
    if (model.block < 0) return writer.add(op.use, call, duration);
    const attempt = writer.add(op.attempt, { a: model.block });
    writer.add(op.use, call, duration);
    writer.add(op.endTask);
    writer.landExit(attempt);
    return attempt;
  }
  return writer.add(op.delay, { a: code === opCode.think ? 1 : 0 }, duration);
}
