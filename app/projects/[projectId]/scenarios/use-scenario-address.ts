'use client';

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

/** Parts of the answer, each in a tab. */
export const scenarioTabs = ['results', 'session', 'limit'] as const;

const parsers = {
  tab: parseAsStringLiteral(scenarioTabs).withDefault('results'),
  class: parseAsString,
  session: parseAsInteger.withDefault(1),
};

/** Which part of the answer is looked at, and which session; kept in the address. */
export function useScenarioAddress() {
  const [{ tab, class: className, session }, setAddress] = useQueryStates(parsers, {
    history: 'replace',
  });
  return {
    tab,
    className,
    ordinal: Math.max(1, session),
    chooseTab: (next: (typeof scenarioTabs)[number]) => void setAddress({ tab: next }),
    chooseSession: (next: { readonly className?: string; readonly ordinal?: number }) =>
      void setAddress({
        ...(next.className === undefined ? {} : { class: next.className }),
        ...(next.ordinal === undefined ? {} : { session: next.ordinal }),
      }),
  };
}

/** The choice of tab and session. */
export type ScenarioAddress = ReturnType<typeof useScenarioAddress>;
