'use client';

import { useQuery } from '@tanstack/react-query';
import { isRepricing, repriceQuery } from '@/app/_queries/price-queries';
import { ButtonLink } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { describeRepriceTotal } from '@/lib/charts/describe-reprice';

/** Says on a page of costs that they were worked out with earlier prices; nothing where they were not. */
export function StalePricesNotice({ projectId }: { readonly projectId: string }) {
  const { data: state } = useQuery(repriceQuery(projectId));
  if (state === undefined || (state.diff === null && !isRepricing(state))) return null;
  return (
    <div className="border-b border-rule py-4">
      <Notice
        tone="conditional"
        title={
          state.diff === null
            ? 'The calls are being priced again'
            : `Prices have changed since these calls were priced: ${describeRepriceTotal(state.diff.total)}`
        }
        actions={
          <ButtonLink href={`/projects/${encodeURIComponent(projectId)}/prices`}>
            See what changes
          </ButtonLink>
        }
      >
        <p>What this page shows was worked out with the earlier prices.</p>
      </Notice>
    </div>
  );
}
