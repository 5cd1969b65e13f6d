import { AppError } from '../errors';

/**
 * Refuses requests that a page of another site could have made.
 *
 * The server has no log-in: that it answers only to its own names keeps a page elsewhere from
 * reaching it by DNS rebinding, and the origin check keeps it from being written to.
 *
 * @param hosts names besides the loopback ones that this server answers to, in lower case
 * @throws AppError forbidden
 */
export function checkOrigin(request: Request, hosts: readonly string[]): void {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const name = hostName(host);
  if (name === null || !(isLoopback(name) || hosts.includes(name) || hosts.includes(host))) {
    throw new AppError(
      'forbidden',
      'This server does not answer to that name. Add the name to PLIMSOLL_HOSTS and start again.',
    );
  }
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const isForeignSite = site !== null && site !== 'same-origin' && site !== 'none';
  if (isForeignSite || (origin !== null && hostOfOrigin(origin) !== host.toLowerCase())) {
    throw new AppError('forbidden', 'A page of another site may not change anything here.');
  }
}

function hostName(host: string): string | null {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.toLowerCase() : null;
}

function hostOfOrigin(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function isLoopback(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(name)
  );
}
