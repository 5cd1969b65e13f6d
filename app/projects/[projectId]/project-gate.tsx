'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { projectQuery } from '@/app/_queries/project-queries';
import { ButtonLink } from '@/app/_ui/button';
import { PageHead } from '@/app/_ui/page-head';
import { AppError } from '@/lib/errors';

interface ProjectGateProps {
  readonly projectId: string;
  readonly children: ReactNode;
}

/** Shows the pages of a project, unless there is no such project. */
export function ProjectGate({ projectId, children }: ProjectGateProps) {
  const { error } = useQuery(projectQuery(projectId));
  if (!(error instanceof AppError) || error.code !== 'not_found') return children;
  return (
    <PageHead
      title="There is no such project"
      lede="It may have been deleted, or this server may keep another data directory."
      actions={<ButtonLink href="/">All projects</ButtonLink>}
    />
  );
}
