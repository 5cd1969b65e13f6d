'use client';

import { useQuery } from '@tanstack/react-query';
import { costAnatomyQuery } from '@/app/_queries/evidence-queries';
import { Notice } from '@/app/_ui/notice';
import { describeListBasis } from '@/lib/charts/describe-difference';

/** That what follows is at list prices, where recorded costs are others; nothing where they are not. */
export function ListPricesNotice({ projectId }: { readonly projectId: string }) {
  const { data } = useQuery(costAnatomyQuery(projectId));
  const basis = describeListBasis(data?.anatomy?.difference ?? null);
  if (basis === null) return null;
  return (
    <div className="py-5">
      <Notice tone="conditional" title={basis.title}>
        {basis.text}
      </Notice>
    </div>
  );
}
