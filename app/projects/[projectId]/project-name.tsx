'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { projectQuery } from '@/app/_queries/project-queries';
import { Skeleton } from '@/app/_ui/skeleton';

/** Name of the open project, leading to its overview. */
export function ProjectName({ projectId }: { readonly projectId: string }) {
  const { data: project, isPending } = useQuery(projectQuery(projectId));
  if (isPending) return <Skeleton className="h-4 w-28" />;
  if (project === undefined) return null;
  return (
    <Link href={`/projects/${encodeURIComponent(projectId)}`} className="hover:text-water">
      {project.name}
    </Link>
  );
}
