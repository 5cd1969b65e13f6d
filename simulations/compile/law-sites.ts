import { compileLaw } from '../engine/compile-law';
import { LawTable } from '../engine/law-table';
import type { LawSite, Quantity } from '../engine/program';
import type { Law } from '../scenario/law';

/** Collects the laws of a scenario in the order in which a kernel adds them to its law table. */
export class LawSites {
  readonly sites: LawSite[] = [];
  readonly #table = new LawTable(); // tells which index a site gets
  readonly #compiled = new Map<Law, LawSite['law']>();

  /**
   * Adds a use site of a law.
   *
   * @param key path of the law in the scenario: its stream depends on the path alone
   */
  quantity(law: Law, key: string): Quantity {
    if (typeof law === 'number') return { site: -1, value: law };
    if (law.law === 'constant') return { site: -1, value: law.value };
    return { site: this.add(law, key), value: 1 };
  }

  /** As `quantity`, with a constant where the scenario says nothing. */
  quantityOr(law: Law | undefined, otherwise: number, key: string): Quantity {
    return law === undefined ? { site: -1, value: otherwise } : this.quantity(law, key);
  }

  /** Adds a site whatever its law, and for uniform draws; returns its index. */
  add(law: Law, key: string): number {
    let compiled = this.#compiled.get(law);
    if (compiled === undefined) {
      compiled = compileLaw(law);
      this.#compiled.set(law, compiled);
    }
    this.sites.push({ law: compiled, key });
    return this.#table.add(compiled, [key]);
  }

  /** Adds a site for uniform draws in [0, 1). */
  uniform(key: string): number {
    return this.add(1, key);
  }
}
