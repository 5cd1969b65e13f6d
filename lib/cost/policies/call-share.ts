import type { ReplaySet } from '../replay/replay-set';
import type { ThreadScratch } from '../replay/thread-scratch';

const hashesBySet = new WeakMap<ReplaySet, Int32Array>();

/** FNV-1a over UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** Hash of every session id, made once per set. */
function sessionHashes(set: ReplaySet): Int32Array {
  const known = hashesBySet.get(set);
  if (known !== undefined) return known;
  const hashes = Int32Array.from(set.sessionIds, hashText);
  hashesBySet.set(set, hashes);
  return hashes;
}

/**
 * Chooses a share of all calls by a hash of session and call.
 *
 * The same calls are chosen every time, and a larger share contains a smaller one. Choices under
 * different salts do not depend on each other.
 */
export class CallShare {
  readonly #hashes: Int32Array;
  readonly #salt: number;
  readonly #share: number;

  /** @param share in [0, 1] */
  constructor(set: ReplaySet, salt: string, share: number) {
    this.#hashes = sessionHashes(set);
    this.#salt = hashText(salt);
    this.#share = share;
  }

  /** Whether call k of the thread is among them. */
  has(thread: ThreadScratch, k: number): boolean {
    const call = thread.first + k - thread.firstOfSession;
    // The finaliser of MurmurHash3, which spreads neighbouring calls.
    let hash = this.#hashes[thread.session] ^ this.#salt ^ Math.imul(call + 1, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296 < this.#share;
  }
}
