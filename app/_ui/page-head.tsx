import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Skeleton } from './skeleton';

interface PageHeadProps {
  /** The finding of the page, as a sentence without a full stop. `null` while it is not known yet. */
  readonly title: ReactNode | null;
  /** One or two sentences that follow from the finding. */
  readonly lede?: ReactNode;
  /** A status badge above the finding. */
  readonly status?: ReactNode;
  /** Where the page belongs, above the finding: a link back, for instance. */
  readonly context?: ReactNode;
  /** Buttons at the right of the finding; below it when narrow. */
  readonly actions?: ReactNode;
  /** What a screen reader hears instead of the finding while `title` is `null`. */
  readonly loadingLabel?: string;
  /** Leaves out the strong rule under the head. */
  readonly hasRule?: boolean;
}

/** Head of a page: its finding as `h1`, what follows from it, and the one strong rule. */
export function PageHead({
  title,
  lede,
  status,
  context,
  actions,
  loadingLabel = 'Loading',
  hasRule = true,
}: PageHeadProps) {
  return (
    <div className={classNames('pt-8 pb-7', hasRule && 'border-b border-ink')}>
      {context !== undefined && <div className="mb-3 text-ink-2">{context}</div>}
      {status !== undefined && <div className="mb-4">{status}</div>}
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-[54rem]">
          <h1 className="text-[1.5rem] leading-[1.2] font-semibold tracking-[-0.012em] [overflow-wrap:anywhere] sm:text-finding">
            {title ?? (
              <>
                <span className="sr-only">{loadingLabel}</span>
                <Skeleton className="h-9 w-[min(34rem,80vw)]" />
              </>
            )}
          </h1>
          {title === null ? (
            <Skeleton className="mt-3 h-5 w-[min(26rem,70vw)]" />
          ) : (
            lede !== undefined && (
              <p className="mt-1.5 max-w-[51rem] text-lede text-pretty text-ink-2">{lede}</p>
            )
          )}
        </div>
        {actions !== undefined && (
          <div className="flex shrink-0 flex-wrap gap-2 pt-1 print:hidden">{actions}</div>
        )}
      </div>
    </div>
  );
}
