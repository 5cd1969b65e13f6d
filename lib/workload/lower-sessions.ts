import { callKindCode, type SessionSet } from '../sessions/session';
import type { PoolDescription } from '../system/system-description';
import { msPerSec } from '../units';
import { measureHeldWhileThinking } from './measure-held-while-thinking';
import { medianDurationsMs, type PlacedCall, placeCalls } from './place-calls';
import { type OperationTokens, opCode, type WorkloadModel } from './workload-model';

/** What is assumed about a turn's queries where the traces hold no database spans. */
interface AssumedQueries {
  readonly perTurn: number;
  readonly querySec: number;
}

/** Collects the operations of all programs. */
class ProgramWriter {
  readonly firstOp = [0];
  readonly op: number[] = [];
  readonly durationSec: number[] = [];
  readonly row: number[] = []; // of the call in its set; −1: none

  add(op: number, durationSec: number, row = -1): void {
    this.op.push(op);
    this.durationSec.push(durationSec);
    this.row.push(row);
  }

  /** Ends a program; one without an operation is left out. */
  end(): void {
    if (this.op.length > (this.firstOp.at(-1) ?? 0)) this.firstOp.push(this.op.length);
  }
}

/**
 * Lowers observed sessions to the programs that the simulator plays.
 *
 * The gap before the first call of a new user turn is think time. A gap within a turn is work of the
 * agent that no call covers, so that a program takes as long as its session.
 * Agent spans only enclose other calls and are left out. Where no session has a database span, each
 * turn gets `pool.assumedQueriesPerTurn` queries of `pool.assumedQuerySec`: the first before the
 * turn's first call, the others spread evenly between its calls; they lengthen the program.
 *
 * Queries that one session made at the same time are laid end to end as far as they overlap, so a
 * session never asks for more than one slot at once and parallel queries load the pool for the time
 * of their union.
 */
export function lowerSessions(set: SessionSet, pool: PoolDescription): WorkloadModel {
  const medianMs = medianDurationsMs(set);
  const databaseSpans = set.calls.kind.reduce(
    (count, kind) => count + Number(kind === callKindCode.database),
    0,
  );
  const assumed: AssumedQueries = {
    perTurn: databaseSpans === 0 ? pool.assumedQueriesPerTurn : 0,
    querySec: pool.assumedQuerySec,
  };
  const programs = new ProgramWriter();
  let imputedDurations = 0;
  for (let session = 0; session < set.sessionIds.length; session++) {
    const placed = placeCalls(set, session, medianMs);
    imputedDurations += placed.imputedDurations;
    writeProgram(programs, placed.calls, assumed);
  }
  const programCount = programs.firstOp.length - 1;
  return {
    programCount,
    firstOp: Uint32Array.from(programs.firstOp),
    op: Uint8Array.from(programs.op),
    durationSec: Float64Array.from(programs.durationSec),
    ...collectTokens(set, programs),
    basis: {
      sessions: programCount,
      sessionsInStore: set.sessionsInStore,
      imputedDurations,
      databaseSpans,
      heldWhileThinkingShare: measureHeldWhileThinking(set),
    },
  };
}

function writeProgram(
  programs: ProgramWriter,
  calls: readonly PlacedCall[],
  assumed: AssumedQueries,
): void {
  let turnFirst = 0;
  for (let i = 1; i <= calls.length; i++) {
    if (i < calls.length && calls[i].turn <= calls[turnFirst].turn) continue;
    const thinkMs = turnFirst === 0 ? 0 : calls[turnFirst].startMs - calls[turnFirst - 1].endMs;
    if (thinkMs > 0) programs.add(opCode.think, thinkMs / msPerSec);
    writeTurn(programs, calls.slice(turnFirst, i), assumed);
    turnFirst = i;
  }
  programs.end();
}

function writeTurn(
  programs: ProgramWriter,
  calls: readonly PlacedCall[],
  assumed: AssumedQueries,
): void {
  programs.add(opCode.turnStart, 0);
  const { perTurn, querySec } = assumed;
  let queries = 0;
  for (let i = 0; i < calls.length; i++) {
    const gapMs = i === 0 ? 0 : calls[i].startMs - calls[i - 1].endMs;
    if (gapMs > 0) programs.add(opCode.work, gapMs / msPerSec);
    for (; queries < perTurn && Math.floor((queries * calls.length) / perTurn) <= i; queries++) {
      programs.add(opCode.query, querySec);
    }
    programs.add(calls[i].op, (calls[i].endMs - calls[i].startMs) / msPerSec, calls[i].row);
  }
}

/** Tokens of the model calls among the operations; nothing where none has a count. */
function collectTokens(
  { calls }: SessionSet,
  { op, row }: ProgramWriter,
): { readonly tokens?: OperationTokens } {
  const columns = (pick: (row: number) => number) =>
    Float64Array.from(op, (code, i) =>
      code === opCode.modelCall && row[i] >= 0 ? pick(row[i]) : Number.NaN,
    );
  const cacheWrite = (at: number) =>
    calls.cacheWrite5m[at] + calls.cacheWrite1h[at] + calls.cacheWriteUnknownTtl[at];
  const output = columns((at) => calls.output[at]);
  if (output.every(Number.isNaN)) return {};
  return {
    tokens: {
      prompt: columns((at) => calls.inputFresh[at] + calls.cacheRead[at] + cacheWrite(at)),
      cacheRead: columns((at) => calls.cacheRead[at]),
      cacheWrite: columns(cacheWrite),
      output,
    },
  };
}
