import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { StatusShape, type StatusTone } from './status-mark';

interface NoticeProps {
  readonly tone?: StatusTone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** A way to mend it. */
  readonly actions?: ReactNode;
  /** Spoken at once when it appears. */
  readonly isAlert?: boolean;
}

const edge = {
  go: 'border-go',
  conditional: 'border-conditional',
  no_go: 'border-no-go',
  unknown: 'border-unknown',
} as const satisfies Record<StatusTone, string>;

/** A sentence the reader must not miss, with its state at the left edge. */
export function Notice({
  tone = 'unknown',
  title,
  children,
  actions,
  isAlert = false,
}: NoticeProps) {
  return (
    <div
      {...(isAlert ? { role: 'alert' } : {})}
      className={classNames('flex gap-3 border-l-2 py-1 pl-3.5', edge[tone])}
    >
      <span className="pt-0.5">
        <StatusShape tone={tone} />
      </span>
      <div className="min-w-0">
        <p className="font-semibold">{title}</p>
        {children !== undefined && (
          <div className="max-w-[46rem] text-pretty text-ink-2 [overflow-wrap:anywhere]">
            {children}
          </div>
        )}
        {actions !== undefined && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
