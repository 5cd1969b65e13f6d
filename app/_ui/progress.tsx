import type { ReactNode } from 'react';

interface ProgressProps {
  /** Part done, 0 to 1; `null` when it cannot be known. */
  readonly share: number | null;
  readonly label: string;
  /** A line under the bar. */
  readonly children?: ReactNode;
}

/** How far a piece of work has come: water rising from the left. */
export function Progress({ share, label, children }: ProgressProps) {
  const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
        className="h-1.5 w-full overflow-hidden bg-rule"
      >
        <div
          className={
            percent === null ? 'h-full w-1/3 animate-pulse bg-water' : 'ease-level h-full bg-water'
          }
          style={percent === null ? {} : { width: `${percent}%` }}
        />
      </div>
      {children !== undefined && <div className="mt-2 text-ink-2">{children}</div>}
    </div>
  );
}
