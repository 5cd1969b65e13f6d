import { RateCard } from '@/lib/cost/infrastructure/infrastructure-cost';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { keepRateCard, loadInfrastructure } from '@/lib/queries/load-infrastructure';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads what the cost of memory and state is worked out from. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadInfrastructure(params.projectId),
});

/** Keeps a rate card with how state is kept. */
export const PUT = defineRoute({
  params: ProjectParams,
  body: RateCard,
  handle: ({ params, body }) => keepRateCard(params.projectId, body),
});
