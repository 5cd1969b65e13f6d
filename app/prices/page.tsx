import type { Metadata } from 'next';
import { AppHeader } from '../_ui/app-header';
import { BookView } from './book-view';

/** Title of the page of the price book. */
export const metadata: Metadata = { title: 'Price book' };

/** Which prices does the book have, and where does each come from? */
export default function BookPage() {
  return (
    <>
      <AppHeader context="Price book" />
      <main id="main" tabIndex={-1} className="page">
        <BookView />
      </main>
    </>
  );
}
