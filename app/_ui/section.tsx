import { type CSSProperties, type ReactNode, useId } from 'react';
import { classNames } from './class-names';

interface SectionProps {
  /** What the section shows, as a finding where there is one. */
  readonly title: ReactNode;
  /** One line: how it was measured, or how many. */
  readonly note?: ReactNode;
  /** Controls at the right of the heading. */
  readonly actions?: ReactNode;
  readonly level?: 2 | 3;
  readonly id?: string;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** A part of a page with its heading and one line under it; no box around it. */
export function Section({
  title,
  note,
  actions,
  level = 2,
  id,
  className,
  children,
}: SectionProps) {
  const headingId = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section aria-labelledby={headingId} id={id} className={className}>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <Heading id={headingId} className="text-body font-semibold">
            {title}
          </Heading>
          {note !== undefined && <p className="text-pretty text-ink-2">{note}</p>}
        </div>
        {actions !== undefined && <div className="flex gap-2 print:hidden">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

interface ColumnsProps {
  /** `grid-template-columns` from 60 rem up: `'232px 1fr 314px'`. Stacked below that. */
  readonly template?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Sections side by side, parted by hairlines that start at the rule above them. */
export function Columns({ template, className, children }: ColumnsProps) {
  // A custom property is not part of the type of style.
  const style = template === undefined ? {} : ({ '--columns': template } as CSSProperties);
  return (
    <div className={classNames('columns-ruled', className)} style={style}>
      {children}
    </div>
  );
}

/** A section of its own row, parted from the one above by a hairline. */
export function Band({
  className,
  children,
}: {
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return <div className={classNames('border-t border-rule pt-5 pb-7', className)}>{children}</div>;
}
