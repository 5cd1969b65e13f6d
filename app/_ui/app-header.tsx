import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark } from './mark';
import { ThemeToggle } from './theme-toggle';

interface AppHeaderProps {
  /** What is open, after the name of the product. */
  readonly context?: ReactNode;
  /** The navigation of what is open. */
  readonly children?: ReactNode;
}

/** Header of every page: mark, what is open, its navigation, the theme. */
export function AppHeader({ context, children }: AppHeaderProps) {
  return (
    <header data-app-header="" className="z-20 border-b border-rule bg-sheet xl:sticky xl:top-0">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-6 px-4 sm:px-8 xl:h-14 xl:flex-nowrap">
        <div className="flex h-12 min-w-0 flex-1 items-center gap-3 xl:h-14 xl:flex-none">
          <Link href="/" className="flex min-h-6 items-center gap-2.5 text-lede font-semibold">
            <Mark />
            Plimsoll
          </Link>
          {context !== undefined && (
            <>
              <span aria-hidden="true" className="pl-3 text-ink-3">
                /
              </span>
              <span className="min-w-0 truncate font-medium">{context}</span>
            </>
          )}
        </div>
        <div className="order-last -mx-4 w-[calc(100%+2rem)] min-w-0 sm:-mx-8 sm:w-[calc(100%+4rem)] xl:order-none xl:mx-0 xl:ml-auto xl:w-auto">
          {children}
        </div>
        <ThemeToggle />
      </div>
    </header>
  );
}
