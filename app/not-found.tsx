import type { Metadata } from 'next';
import { AppHeader } from './_ui/app-header';
import { ButtonLink } from './_ui/button';
import { PageHead } from './_ui/page-head';

/** Title of the page that is shown for every unknown address. */
export const metadata: Metadata = { title: 'Not found' };

/** What is shown for every unknown address. */
export default function NotFound() {
  return (
    <>
      <AppHeader />
      <main id="main" tabIndex={-1} className="page">
        <PageHead
          title="There is nothing at this address"
          lede="It may have been deleted, or the address may be incomplete."
          actions={<ButtonLink href="/">All projects</ButtonLink>}
        />
      </main>
    </>
  );
}
