import { PageHead } from '@/app/_ui/page-head';
import { Skeleton } from '@/app/_ui/skeleton';

/** Holds the place of the price book while it is read. */
export function BookLoading() {
  return (
    <>
      <PageHead title={null} loadingLabel="Reading the price book" />
      <Skeleton className="mt-6 h-96" />
    </>
  );
}
