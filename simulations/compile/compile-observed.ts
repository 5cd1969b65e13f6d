import { durationLaw, opCode } from '@/lib/workload/workload-model';
import { holdScope, op, sessionEnd } from '../engine/op';
import type { SessionPrograms } from '../engine/session-programs';
import type { InstructionWriter } from './instruction-writer';

/** Where the operations of observed sessions go. */
export interface ObservedMapping {
  readonly queryStation: number;
  readonly queryOperand: number; // index of the operand of a plain service
  readonly hold: 'query' | 'turn' | 'session';
  readonly unitSite: number; //     law site of an exponential of mean 1
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
    if (code[i] === opCode.query) pcOfOp[i] = writeQuery(writer, mapping, duration);
    else writer.add(op.delay, { a: isThink ? 1 : 0 }, duration);
  }
  if (isInTurn) writer.add(op.turnEnd);
  writer.add(op.endSession, { a: sessionEnd.success });
  return first;
}

/** Writes the instructions of a query; returns the one that takes its time. */
function writeQuery(
  writer: InstructionWriter,
  { queryStation: a, queryOperand: b, hold }: ObservedMapping,
  duration: { readonly site: number; readonly value: number },
): number {
  if (hold === 'query') return writer.add(op.use, { a, b }, duration);
  writer.add(op.acquire, { a, b: 1, c: holdScope[hold] });
  return writer.add(op.serve, { a, b }, duration);
}
