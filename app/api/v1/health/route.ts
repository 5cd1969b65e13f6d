import { defineRoute } from '@/lib/http/define-route';
import { loadHealth } from '@/lib/queries/load-health';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Says which product answers and on which data. */
export const GET = defineRoute({ handle: () => loadHealth() });
