/**
 * Members with a load each, of which the least loaded is found in constant time: a list per load.
 *
 * Loads change in steps, so the least load moves by little; equals go last in, first out.
 */
export class LoadLevels {
  /** By member, whether it takes part or not. */
  load: Int32Array;
  /** Members that take part. */
  size = 0;
  readonly #most: number;
  readonly #head: Int32Array; // by load
  #isIn: Uint8Array;
  #next: Int32Array;
  #previous: Int32Array;
  #least = 0; // no member that takes part has less

  /** @param most load of a member, at most */
  constructor(members: number, most: number) {
    this.#most = most;
    this.#head = new Int32Array(most + 1).fill(-1);
    this.load = new Int32Array(members);
    this.#isIn = new Uint8Array(members);
    this.#next = new Int32Array(members);
    this.#previous = new Int32Array(members);
  }

  /** Members are below this. */
  get capacity(): number {
    return this.load.length;
  }

  /** Makes room for members below a number. */
  reserve(members: number): void {
    if (members <= this.capacity) return;
    const widen = (from: Int32Array) => {
      const to = new Int32Array(members);
      to.set(from);
      return to;
    };
    this.load = widen(this.load);
    this.#next = widen(this.#next);
    this.#previous = widen(this.#previous);
    const isIn = new Uint8Array(members);
    isIn.set(this.#isIn);
    this.#isIn = isIn;
  }

  /** Whether a member takes part. */
  has(member: number): boolean {
    return this.#isIn[member] === 1;
  }

  /** Lets a member take part, with the load that it has. */
  add(member: number): void {
    this.#isIn[member] = 1;
    this.size++;
    this.#link(member);
  }

  /** Lets a member take part no longer; it keeps its load. */
  remove(member: number): void {
    this.#unlink(member);
    this.#isIn[member] = 0;
    this.size--;
  }

  /** Changes the load of a member. */
  change(member: number, by: number): void {
    if (this.#isIn[member] === 0) {
      this.load[member] += by;
      return;
    }
    this.#unlink(member);
    this.load[member] += by;
    this.#link(member);
  }

  /** A member with the least load; −1 where none takes part. */
  findLeast(): number {
    if (this.size === 0) return -1;
    while (this.#least < this.#most && this.#head[this.#least] < 0) this.#least++;
    return this.#head[this.#least];
  }

  #link(member: number): void {
    const load = this.load[member];
    const head = this.#head[load];
    this.#next[member] = head;
    this.#previous[member] = -1;
    if (head >= 0) this.#previous[head] = member;
    this.#head[load] = member;
    if (load < this.#least) this.#least = load;
  }

  #unlink(member: number): void {
    const next = this.#next[member];
    const previous = this.#previous[member];
    if (previous >= 0) this.#next[previous] = next;
    else this.#head[this.load[member]] = next;
    if (next >= 0) this.#previous[next] = previous;
  }
}
