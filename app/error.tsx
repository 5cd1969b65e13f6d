'use client';

import { AppHeader } from './_ui/app-header';
import { Button, ButtonLink } from './_ui/button';
import { PageHead } from './_ui/page-head';

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** What is shown when a page fails in a way that nobody foresaw. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <>
      <AppHeader />
      <main id="main" tabIndex={-1} className="page">
        <PageHead
          title="This page failed"
          lede="Nothing that was stored is lost. Try again; if it fails once more, the log of the server says why."
          actions={
            <>
              <Button variant="primary" onClick={reset}>
                Try again
              </Button>
              <ButtonLink href="/">All projects</ButtonLink>
            </>
          }
        />
        {error.digest !== undefined && (
          <p className="py-4 text-ink-2">
            Reference <code>{error.digest}</code>
          </p>
        )}
      </main>
    </>
  );
}
