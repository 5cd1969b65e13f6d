'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { projectQuery } from '@/app/_queries/project-queries';
import { classNames } from '@/app/_ui/class-names';
import type { Project, StageState } from '@/lib/contracts/project';
import { StageDot } from './stage-dot';

interface Stage {
  /** Path below the project; empty for the overview. */
  readonly path: string;
  readonly label: string;
  readonly stateOf: (project: Project) => StageState;
}

const stages: readonly Stage[] = [
  {
    path: '',
    label: 'Overview',
    stateOf: (project) => (project.modelCalls > 0 ? 'ready' : 'empty'),
  },
  { path: '/import', label: 'Import', stateOf: (project) => project.stages.import },
  { path: '/sessions', label: 'Sessions', stateOf: (project) => project.stages.sessions },
  { path: '/prices', label: 'Prices', stateOf: (project) => project.stages.cost },
  { path: '/cost', label: 'Cost', stateOf: (project) => project.stages.cost },
  { path: '/policies', label: 'Policies', stateOf: (project) => project.stages.cost },
  { path: '/forecast', label: 'Forecast', stateOf: (project) => project.stages.cost },
  { path: '/compare', label: 'Compare', stateOf: (project) => project.stages.cost },
  { path: '/simulation', label: 'Simulation', stateOf: (project) => project.stages.simulation },
  { path: '/scenarios', label: 'Scenarios', stateOf: () => 'ready' },
  { path: '/readiness', label: 'Readiness', stateOf: (project) => project.stages.readiness },
  { path: '/reports', label: 'Reports', stateOf: (project) => project.stages.reports },
];

/** The stages of a project from left to right, each with its state; scrolls when narrow. */
export function StageNav({ projectId }: { readonly projectId: string }) {
  const pathname = usePathname();
  const { data: project } = useQuery(projectQuery(projectId));
  const root = `/projects/${encodeURIComponent(projectId)}`;
  return (
    <nav aria-label="Stages" className="overflow-x-auto [scrollbar-width:none]">
      <ul className="flex px-1.5 sm:px-[18px] xl:-mr-1 xl:px-0">
        {stages.map((stage) => {
          const href = `${root}${stage.path}`;
          const isCurrent =
            stage.path === '' ? pathname === href : `${pathname}/`.startsWith(`${href}/`);
          return (
            <li key={stage.path} ref={isCurrent ? showInRow : null} className="shrink-0">
              <Link
                href={href}
                {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
                className={classNames(
                  'relative flex h-11 items-center gap-2 px-3 whitespace-nowrap -outline-offset-2! xl:h-14 xl:gap-1 xl:px-1',
                  isCurrent
                    ? 'font-medium text-ink after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:bg-water'
                    : 'text-ink-2 hover:text-ink',
                )}
              >
                <StageDot state={project === undefined ? null : stage.stateOf(project)} />
                {stage.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** Brings the current stage into view where the row scrolls; leaves the page where it is. */
function showInRow(item: HTMLLIElement | null): void {
  const row = item?.closest('nav');
  if (item === null || row === null || row === undefined) return;
  row.scrollLeft = item.offsetLeft - (row.clientWidth - item.offsetWidth) / 2;
}
