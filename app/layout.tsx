import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { plexMono, plexSans } from './fonts/plex';
import './globals.css';
import { Providers } from './providers';

/** Title of every page, completed by the page. */
export const metadata: Metadata = {
  title: { default: 'Plimsoll', template: '%s · Plimsoll' },
  description:
    'The load line for AI agents: what a session costs, where concurrency saturates, and whether you are ready to launch.',
};

/** Colour of the browser's own bars, in both themes. */
export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#101b23' },
  ],
};

/** Document of every page: fonts, theme before paint, providers and the skip link. */
export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html
      lang="en"
      className={`${plexSans.variable} ${plexMono.variable}`}
      suppressHydrationWarning
    >
      <body>
        <a
          href="#main"
          className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-sea px-3 py-2 font-medium text-on-sea focus:translate-y-0 print:hidden"
        >
          Skip to content
        </a>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
