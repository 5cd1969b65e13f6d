import { Button } from '@/app/_ui/button';
import { formatCount } from '@/lib/format';

interface PageTurnerProps {
  /** What is turned: `Models`. */
  readonly what: string;
  readonly page: number;
  readonly pages: number;
  readonly onPageChange: (page: number) => void;
}

/** Steps through pages of a list; nothing where there is one. */
export function PageTurner({ what, page, pages, onPageChange }: PageTurnerProps) {
  if (pages <= 1) return null;
  return (
    <nav aria-label={`${what}, pages`} className="mt-3 flex items-center gap-3 print:hidden">
      <Button onClick={() => onPageChange(page - 1)} disabled={page <= 1}>
        Previous
      </Button>
      <span className="text-ink-2">
        Page {formatCount(page)} of {formatCount(pages)}
      </span>
      <Button onClick={() => onPageChange(page + 1)} disabled={page >= pages}>
        Next
      </Button>
    </nav>
  );
}
