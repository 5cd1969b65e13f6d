const initialCapacity = 64;

/** What tasks hold: lists of (station, units, scope) nodes in typed arrays. */
export class Holdings {
  station = new Int32Array(initialCapacity);
  units = new Int32Array(initialCapacity);
  place = new Int32Array(initialCapacity); // part of the station that it was taken from
  scope = new Uint8Array(initialCapacity);
  next = new Int32Array(initialCapacity);
  acquiredSec = new Float64Array(initialCapacity);
  #free = -1;
  #used = 0;

  /** Puts a node before the list `head`; returns the new head. */
  push(head: number, station: number, units: number, scope: number, acquiredSec: number): number {
    let node = this.#free;
    if (node >= 0) this.#free = this.next[node];
    else {
      if (this.#used === this.station.length) this.#grow();
      node = this.#used++;
    }
    this.station[node] = station;
    this.units[node] = units;
    this.scope[node] = scope;
    this.next[node] = head;
    this.acquiredSec[node] = acquiredSec;
    return node;
  }

  /** Gives a node back, which is in no list any more. */
  leave(node: number): void {
    this.next[node] = this.#free;
    this.#free = node;
  }

  #grow(): void {
    const to = 2 * this.station.length;
    const widen = (from: Int32Array) => {
      const wider = new Int32Array(to);
      wider.set(from);
      return wider;
    };
    this.station = widen(this.station);
    this.units = widen(this.units);
    this.next = widen(this.next);
    this.place = widen(this.place);
    const scope = new Uint8Array(to);
    scope.set(this.scope);
    this.scope = scope;
    const acquiredSec = new Float64Array(to);
    acquiredSec.set(this.acquiredSec);
    this.acquiredSec = acquiredSec;
  }
}
