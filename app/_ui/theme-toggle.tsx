'use client';

import { Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';

/**
 * Switches between the light and the dark theme. Both symbols are in the page and the theme chooses
 * the one that shows, so that the server need not know it.
 */
export function ThemeToggle() {
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <button
      type="button"
      aria-label="Switch between light and dark"
      onClick={() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark')}
      className="-mr-2 inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 hover:text-ink print:hidden"
    >
      <Moon size={16} strokeWidth={1.75} aria-hidden="true" className="dark:hidden" />
      <Sun size={16} strokeWidth={1.75} aria-hidden="true" className="hidden dark:block" />
    </button>
  );
}
