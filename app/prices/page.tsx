import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AppHeader } from '../_ui/app-header';
import { BookLoading } from './book-loading';
import { BookView } from './book-view';

/** Title of the page of the price book. */
export const metadata: Metadata = { title: 'Price book' };

/** Which prices does the book have, and where does each come from? */
export default function BookPage() {
  return (
    <>
      <AppHeader context="Price book" />
      <main id="main" tabIndex={-1} className="page">
        <Suspense fallback={<BookLoading />}>
          <BookView />
        </Suspense>
      </main>
    </>
  );
}
