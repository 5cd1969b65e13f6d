'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsFloat, parseAsString, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { forecastBasisQuery } from '@/app/_queries/forecast-queries';
import type { InfrastructureResponse } from '@/lib/contracts/infrastructure';
import { changePrice } from '@/lib/cost/infrastructure/change-price';
import { costInfrastructure } from '@/lib/cost/infrastructure/cost-infrastructure';
import type {
  RateCard,
  RateLine,
  StateDescription,
  TraceQuantities,
} from '@/lib/cost/infrastructure/infrastructure-cost';

const daysPerMonth = 365.25 / 12;

/** Volume where neither a plan nor the traces say. */
const placeholderPerDay = 100;

/** The question of the page (rate card, volume, policy set) and its answer. */
export function useInfrastructure(
  projectId: string,
  loaded: InfrastructureResponse,
  traces: TraceQuantities,
) {
  const [draft, setDraft] = useState<RateCard | null>(null);
  const [openedMs] = useState(Date.now);
  const [url, setUrl] = useQueryStates(
    { perday: parseAsFloat, policies: parseAsString },
    { history: 'replace' },
  );
  const today = useQuery(forecastBasisQuery(projectId, 'agent', null));
  const under = useQuery(forecastBasisQuery(projectId, 'agent', url.policies));
  const card = draft ?? loaded.card;
  const sessionsPerDay =
    url.perday !== null && url.perday > 0
      ? Math.min(url.perday, 1e9)
      : (loaded.sessionsPerDay ?? placeholderPerDay);
  const all = under.data?.basis?.all ?? null;
  const savedUsd = url.policies === null || all === null ? null : all.meanUsdToday - all.meanUsd;
  const deployment = {
    sessionsPerMonth: sessionsPerDay * daysPerMonth,
    poolSlots: loaded.poolSlots,
  };
  return {
    card,
    draft,
    sessionsPerDay,
    policySetId: url.policies,
    savingError: under.error,
    tokenUsd: today.data?.basis?.all?.meanUsd ?? null,
    cost: costInfrastructure(card, traces, deployment, savedUsd),
    setSessionsPerDay: (perday: number) => void setUrl({ perday }),
    setPolicySetId: (policies: string | null) => void setUrl({ policies }),
    changeState: (part: Partial<StateDescription>) =>
      setDraft({ ...card, state: { ...card.state, ...part } }),
    changePrice: (id: RateLine['id'], usdPerUnit: number | null) => {
      const date = new Date(openedMs).toISOString().slice(0, 10);
      setDraft({ ...card, lines: changePrice(card.lines, id, usdPerUnit, date) });
    },
    reset: () => setDraft(null),
  };
}

/** What {@link useInfrastructure} gives. */
export type ShownInfrastructure = ReturnType<typeof useInfrastructure>;
