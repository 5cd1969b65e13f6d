import type { WorkloadModel } from '@/lib/workload/workload-model';
import type { PoolStudy } from './pool-study';
import type { Scenario } from './scenario/scenario';

const laneSeeds = [0x9e3779b9, 0x85ebca6b] as const;

/** Two MurmurHash3 lanes over 32-bit words: 64 bits, for telling inputs apart, not for secrets. */
class InputHash {
  readonly #lanes = Int32Array.from(laneSeeds);
  #words = 0;

  addWords(words: Uint32Array | Uint8Array): void {
    let [first, second] = this.#lanes;
    for (const word of words) {
      let k = Math.imul(word, 0xcc9e2d51);
      k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
      first = (Math.imul(((first ^ k) << 13) | ((first ^ k) >>> 19), 5) + 0xe6546b64) | 0;
      second = (Math.imul(((second ^ k) << 17) | ((second ^ k) >>> 15), 9) + 0x38495ab5) | 0;
    }
    this.#words += words.length;
    this.#lanes[0] = first ^ words.length;
    this.#lanes[1] = second ^ words.length;
  }

  addText(text: string): void {
    this.addWords(Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0));
  }

  toHex(): string {
    return Array.from(this.#lanes, (lane) => {
      let hash = lane ^ (this.#words * 4);
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
    }).join('');
  }
}

/** Writes a value with the keys of every object in order, so that equal values give equal text. */
function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalText(field)}`);
  return `{${fields.join(',')}}`;
}

function addWorkload(hash: InputHash, workload: WorkloadModel): void {
  const { firstOp, op, durationSec, durationLaw } = workload;
  hash.addWords(firstOp);
  hash.addWords(op);
  hash.addWords(new Uint32Array(Float64Array.from(durationSec).buffer));
  if (durationLaw?.some((law) => law !== 0)) hash.addWords(durationLaw);
}

/**
 * Hash of everything a run depends on but the engine: the workload and the scenario.
 *
 * @returns 16 hexadecimal digits
 */
export function hashInput(workload: WorkloadModel, scenario: PoolStudy): string {
  const hash = new InputHash();
  addWorkload(hash, workload);
  hash.addText(canonicalText(scenario));
  return hash.toHex();
}

/** Hash of a scenario: everything that its run depends on but the engine; 16 hexadecimal digits. */
export function hashScenario(scenario: Scenario): string {
  const hash = new InputHash();
  hash.addText(canonicalText(scenario));
  return hash.toHex();
}
