'use client';

import { parseAsFloat, parseAsInteger, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { SystemDescription } from '@/lib/system/system-description';
import { baselineOf, type WhatIf } from './what-if';

/** Acquire timeout in the URL that says that there is none. */
const noTimeout = 0;

const parsers = {
  agents: parseAsInteger,
  slots: parseAsInteger,
  hold: parseAsStringLiteral(['query', 'turn', 'session'] as const),
  timeout: parseAsFloat,
  think: parseAsFloat,
  target: parseAsFloat,
  replications: parseAsInteger,
  seed: parseAsInteger,
};

/**
 * The question of the panel, kept in the URL: only what differs from the saved description is there.
 *
 * A value in the URL that is out of range counts as not given.
 */
export function useWhatIf(system: SystemDescription) {
  const [url, setUrl] = useQueryStates(parsers, { history: 'replace' });
  const saved = baselineOf(system);
  const timeout = within(url.timeout, 0, 86_400);
  const whatIf: WhatIf = {
    agents: within(url.agents, 1, 1_000_000) ?? saved.agents,
    slots: within(url.slots, 1, 100_000) ?? saved.slots,
    holdingScope: url.hold ?? saved.holdingScope,
    acquireTimeoutSec:
      timeout === null ? saved.acquireTimeoutSec : timeout === noTimeout ? null : timeout,
    thinkTimeFactor: within(url.think, 0, 1_000) ?? saved.thinkTimeFactor,
    waitTargetP95Sec: within(url.target, 0.001, 3_600) ?? saved.waitTargetP95Sec,
    replications: within(url.replications, 10, 1_000) ?? saved.replications,
    seed: within(url.seed, 0, 0xffff_ffff) ?? saved.seed,
  };

  const change = (part: Partial<WhatIf>) => {
    const next = { ...whatIf, ...part };
    const unless = <T>(value: T, same: T) => (value === same ? null : value);
    void setUrl({
      agents: unless(next.agents, saved.agents),
      slots: unless(next.slots, saved.slots),
      hold: unless(next.holdingScope, saved.holdingScope),
      timeout:
        next.acquireTimeoutSec === saved.acquireTimeoutSec
          ? null
          : (next.acquireTimeoutSec ?? noTimeout),
      think: unless(next.thinkTimeFactor, saved.thinkTimeFactor),
      target: unless(next.waitTargetP95Sec, saved.waitTargetP95Sec),
      replications: unless(next.replications, saved.replications),
      seed: unless(next.seed, saved.seed),
    });
  };
  const reset = () => void setUrl(null);
  /** Takes out of the URL what a save has put into the description; the rest of the question stays. */
  const settle = (isPlannedPeak: boolean) =>
    void setUrl({
      slots: null,
      hold: null,
      timeout: null,
      target: null,
      ...(isPlannedPeak ? { agents: null } : {}),
    });
  return { whatIf, saved, change, reset, settle };
}

function within(value: number | null, min: number, max: number): number | null {
  return value !== null && value >= min && value <= max ? value : null;
}
