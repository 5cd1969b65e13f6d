import { createApiClient } from '@/lib/http/api-client';

/** The API of the server that this page came from. Queries only run in the browser. */
export const api = createApiClient(typeof window === 'undefined' ? '' : window.location.origin);
