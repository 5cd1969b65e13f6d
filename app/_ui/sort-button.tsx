import { classNames } from './class-names';

interface SortButtonProps {
  readonly label: string;
  readonly order: 'asc' | 'desc' | null;
  readonly isAtRight?: boolean;
  readonly onClick: () => void;
}

/** The heading of a column that can be sorted by; the arrow shows which way it is. */
export function SortButton({ label, order, isAtRight = false, onClick }: SortButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={classNames(
        'inline-flex min-h-6 items-center gap-1 hover:text-ink focus-visible:outline-offset-0',
        isAtRight && 'flex-row-reverse',
        order !== null && 'text-ink',
      )}
    >
      {label}
      <svg
        width="8"
        height="10"
        viewBox="0 0 8 10"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
        className={order === null ? 'opacity-0' : ''}
      >
        <path d={order === 'asc' ? 'M4 9V1M1 4l3-3 3 3' : 'M4 1v8M1 6l3 3 3-3'} />
      </svg>
    </button>
  );
}
