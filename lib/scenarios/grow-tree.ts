import { isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode } from 'yaml';

/** Values nest at most this deep. */
export const maxDepth = 100;
const maxValues = 500_000;
const maxAliases = 1_000;
const maxFaults = 50;

/** A fault at an offset of the text. */
export interface TreeFault {
  readonly at: number;
  readonly message: string;
}

/** An entry of a mapping: where its key stands, and what it holds. */
export interface LocatedEntry {
  readonly keyAt: number;
  readonly node: LocatedValue;
}

/** A plain value with its place in the text, and those of all values in it. */
export interface LocatedValue {
  readonly value: unknown;
  readonly at: number;
  readonly entries: ReadonlyMap<string, LocatedEntry> | null; // of a mapping
  readonly items: readonly LocatedValue[] | null; //             of a list
}

/** Names that would reach the prototype of an object rather than the object. */
const refusedKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Turns a parsed document into plain values; what is refused becomes a fault. */
export function growTree(contents: ParsedNode | null): {
  readonly root: LocatedValue;
  readonly faults: readonly TreeFault[];
} {
  const grower = new TreeGrower();
  return { root: grower.grow(contents, 0), faults: grower.faults };
}

class TreeGrower {
  readonly faults: TreeFault[] = [];
  readonly #anchors = new Map<string, Node>();
  #values = 0;
  #aliases = 0;

  grow(node: Node | null | undefined, depth: number): LocatedValue {
    const at = node?.range?.[0] ?? 0;
    this.#values += 1;
    if (this.#values > maxValues)
      return this.#refuse(at, `Aliases repeat more than ${maxValues} values.`);
    if (depth > maxDepth) return this.#refuse(at, `Values nest ${maxDepth} deep at most.`);
    if (isAlias(node)) return this.#follow(node.source, at, depth);
    if (node?.tag !== undefined) {
      return this.#refuse(at, 'Tags are not read: write the value without its `!`.');
    }
    if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    }
    if (isMap(node)) return this.#growMap(node.items, at, depth);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.grow(item as Node, depth + 1));
      return { value: items.map(({ value }) => value), at, entries: null, items };
    }
    const value = isScalar(node) ? node.value : null;
    return {
      value: typeof value === 'bigint' ? Number(value) : value,
      at,
      entries: null,
      items: null,
    };
  }

  #growMap(
    pairs: readonly { readonly key: unknown; readonly value: unknown }[],
    at: number,
    depth: number,
  ): LocatedValue {
    const entries = new Map<string, LocatedEntry>();
    for (const pair of pairs) {
      const key = pair.key as Node | null;
      const keyAt = key?.range?.[0] ?? at;
      const name = isScalar(key) && key.tag === undefined ? String(key.value) : null;
      const fault = name === null ? 'A key is a plain text.' : this.#faultOfKey(name, entries);
      if (name === null || fault !== null) this.#refuse(keyAt, fault ?? '');
      else entries.set(name, { keyAt, node: this.grow(pair.value as Node | null, depth + 1) });
    }
    const value = Object.fromEntries([...entries].map(([name, { node }]) => [name, node.value]));
    return { value, at, entries, items: null };
  }

  #faultOfKey(name: string, entries: ReadonlyMap<string, LocatedEntry>): string | null {
    if (name === '<<') return 'Merge keys (`<<`) are not read: write the values out.';
    if (refusedKeys.has(name)) return `\`${name}\` is reserved: choose another name.`;
    return entries.has(name) ? `\`${name}\` is given twice here.` : null;
  }

  #follow(anchor: string, at: number, depth: number): LocatedValue {
    this.#aliases += 1;
    if (this.#aliases > maxAliases) {
      return this.#refuse(at, `More than ${maxAliases} aliases are followed: write values out.`);
    }
    const target = this.#anchors.get(anchor);
    if (target === undefined)
      return this.#refuse(at, `No value before this has the anchor \`&${anchor}\`.`);
    return { ...this.grow(target, depth + 1), at };
  }

  #refuse(at: number, message: string): LocatedValue {
    const isNew = this.faults.at(-1)?.message !== message;
    if (isNew && this.faults.length < maxFaults) this.faults.push({ at, message });
    return { value: undefined, at, entries: null, items: null };
  }
}
