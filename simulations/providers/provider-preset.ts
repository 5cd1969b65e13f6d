import type { ProviderResource, Quota } from '../scenario/resource';

/** A quota of a preset; a figure of null is the account's own, and a scenario has to give it. */
export type QuotaRule = Omit<Quota, 'perMinute'> & { readonly perMinute: number | null };

/** How one vendor accounts for calls. Dated data: limits change, and differ by account. */
export interface VendorRules {
  readonly vendor: string;
  readonly readOn: string; //       day the rules were read, YYYY-MM-DD
  readonly source: string; //       page
  readonly facts: readonly string[]; //    what the vendor says
  readonly readings: readonly string[]; // what we take it to mean, or fill in
}

/** What a scenario gets by naming a preset; each of its fields gives way to the scenario's. */
export interface ProviderPreset extends VendorRules {
  readonly name: string;
  readonly figuresOf: string | null; // month of the figures, YYYY-MM; null: not dated, or no figures
  readonly quotas: readonly QuotaRule[];
  readonly fields: Omit<ProviderResource, 'kind' | 'preset' | 'quotas'>;
}
