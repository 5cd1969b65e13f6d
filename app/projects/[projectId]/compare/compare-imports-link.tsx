import { ButtonLink } from '@/app/_ui/button';
import type { ImportState } from '@/lib/contracts/import';

interface CompareImportsLinkProps {
  readonly projectId: string;
  readonly imports: readonly ImportState[]; // the newest first
}

/** Leads from two imports to what lies between them: the newest against the one before. */
export function CompareImportsLink({ projectId, imports }: CompareImportsLinkProps) {
  const [newest, before] = imports.filter(({ status }) => status === 'completed');
  if (newest === undefined || before === undefined) return null;
  const search = new URLSearchParams({
    a: `import:${before.importId}`,
    b: `import:${newest.importId}`,
  });
  return (
    <ButtonLink href={`/projects/${encodeURIComponent(projectId)}/compare?${search}`}>
      Compare the last two
    </ButtonLink>
  );
}
