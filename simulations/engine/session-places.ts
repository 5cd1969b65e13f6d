/** Program counter of a place between two sessions of its agent. */
export const resting = -1;

/** Program counter of a place that no session has. */
const unoccupied = -2;

/** Whether a place is within a user turn, and whether that turn's start was seen. */
export const turnPhase = { none: 0, measured: 1, entered: 2 } as const;

/**
 * Sessions in progress as a struct of arrays, addressed by place.
 *
 * In a closed loop a place is an agent for good; with open arrivals places are taken and given back
 * through a free list, most recent first, and the arrays double when they run out.
 */
export class SessionPlaces {
  counter: Int32Array; //       current operation, `resting` or `unoccupied`
  end: Int32Array; //           end of the program
  isHolding: Uint8Array;
  phase: Uint8Array; //         a `turnPhase`
  turnStartSec: Float64Array;
  acquiredSec: Float64Array; // when the slot held now was granted
  residualSec: Float64Array; // rest of an operation entered half-way, else NaN
  #free: Int32Array;
  #freeCount: number;

  constructor(capacity: number) {
    this.counter = new Int32Array(capacity).fill(unoccupied);
    this.end = new Int32Array(capacity);
    this.isHolding = new Uint8Array(capacity);
    this.phase = new Uint8Array(capacity);
    this.turnStartSec = new Float64Array(capacity);
    this.acquiredSec = new Float64Array(capacity);
    this.residualSec = new Float64Array(capacity).fill(Number.NaN);
    this.#free = Int32Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
    this.#freeCount = capacity;
  }

  /** Takes a place that no session has. */
  take(): number {
    if (this.#freeCount === 0) this.#grow();
    return this.#free[--this.#freeCount];
  }

  /** Gives a place back. */
  leave(place: number): void {
    this.counter[place] = unoccupied;
    this.#free[this.#freeCount++] = place;
  }

  /** Counts the places with a session in progress. */
  countOccupied(): number {
    let occupied = 0;
    for (const counter of this.counter) if (counter >= 0) occupied++;
    return occupied;
  }

  /** Counts the turns in progress whose start was seen. */
  countMeasuredTurns(): number {
    let turns = 0;
    for (const phase of this.phase) if (phase === turnPhase.measured) turns++;
    return turns;
  }

  #grow(): void {
    const from = this.counter.length;
    const grown = new SessionPlaces(from * 2);
    grown.counter.set(this.counter);
    grown.end.set(this.end);
    grown.isHolding.set(this.isHolding);
    grown.phase.set(this.phase);
    grown.turnStartSec.set(this.turnStartSec);
    grown.acquiredSec.set(this.acquiredSec);
    grown.residualSec.set(this.residualSec);
    this.counter = grown.counter;
    this.end = grown.end;
    this.isHolding = grown.isHolding;
    this.phase = grown.phase;
    this.turnStartSec = grown.turnStartSec;
    this.acquiredSec = grown.acquiredSec;
    this.residualSec = grown.residualSec;
    this.#free = grown.#free; // its first half lists the new places
    this.#freeCount = from;
  }
}
