import { ButtonLink } from '@/app/_ui/button';
import { Band } from '@/app/_ui/section';

/** The way from what sessions cost to how well that foretells others. */
export function BacktestLink({ projectId }: { readonly projectId: string }) {
  return (
    <Band className="print:hidden">
      <ButtonLink href={`/projects/${encodeURIComponent(projectId)}/forecast#backtest`}>
        How far off a forecast would have been
      </ButtonLink>
    </Band>
  );
}
