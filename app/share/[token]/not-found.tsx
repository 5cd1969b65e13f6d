import { ShareHead } from './share-head';

/** What an unknown, an expired and a revoked link show alike. */
export default function ShareNotFound() {
  return (
    <>
      <ShareHead />
      <main id="main" tabIndex={-1} className="page">
        <h1 className="pt-8 text-finding font-semibold">There is nothing at this address</h1>
        <p className="mt-1.5 max-w-[51rem] text-lede text-ink-2">
          The link may have expired or been revoked, or the address may be incomplete. Ask whoever
          sent it for a new one.
        </p>
      </main>
    </>
  );
}
