import { PageHead } from '@/app/_ui/page-head';
import { Columns } from '@/app/_ui/section';
import { Skeleton } from '@/app/_ui/skeleton';

/** Holds the place of the overview while the project is read. */
export function OverviewSkeleton() {
  return (
    <>
      <PageHead title={null} loadingLabel="Reading the project" />
      <Columns template="276px minmax(0, 1fr) 316px">
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </Columns>
    </>
  );
}
