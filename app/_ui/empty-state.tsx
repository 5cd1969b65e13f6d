import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** What belongs here. */
  readonly title: ReactNode;
  /** Why it is useful, or the number there is and the number needed. */
  readonly text: ReactNode;
  /** One way on, and at most a second. */
  readonly actions?: ReactNode;
}

/** Three lines where there is nothing yet: what belongs here, why it is useful, one way on. */
export function EmptyState({ title, text, actions }: EmptyStateProps) {
  return (
    <div className="border-t border-rule-2 py-10 first:border-t-0">
      <p className="text-lede font-semibold">{title}</p>
      <p className="mt-1 max-w-[40rem] text-pretty text-ink-2">{text}</p>
      {actions !== undefined && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
