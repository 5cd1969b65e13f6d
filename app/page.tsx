import type { Metadata } from 'next';
import { ProjectsView } from './_home/projects-view';
import { AppHeader } from './_ui/app-header';

/** Title of the start page. */
export const metadata: Metadata = { title: { absolute: 'Projects · Plimsoll' } };

/** Where a user starts: the projects of this server, the sample, and a new one. */
export default function HomePage() {
  return (
    <>
      <AppHeader />
      <main id="main" tabIndex={-1} className="page">
        <ProjectsView />
      </main>
    </>
  );
}
