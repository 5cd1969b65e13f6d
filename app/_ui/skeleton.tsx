import { classNames } from './class-names';

/** Holds the place of something that is loading, at its size. Says nothing to a screen reader. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames('block animate-pulse rounded-control bg-rule-2', className)}
    />
  );
}
