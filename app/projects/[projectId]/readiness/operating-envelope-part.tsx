import { LoadLine } from '@/app/_charts/load-line';
import { Section } from '@/app/_ui/section';
import { describeHeadroom } from '@/lib/charts/describe-headroom';
import { prepareLoadLine } from '@/lib/charts/prepare-load-line';
import type { OperatingEnvelope } from '@/lib/readiness/assessment';
import { EnvelopeFacts } from '../_checks/envelope-facts';

interface OperatingEnvelopePartProps {
  readonly envelope: OperatingEnvelope;
  readonly assessedAt: string;
  readonly plannedPeakAgents: number | null;
}

/** The limits inside which the verdict holds, with the load line. */
export function OperatingEnvelopePart({
  envelope,
  assessedAt,
  plannedPeakAgents,
}: OperatingEnvelopePartProps) {
  const model = prepareLoadLine(envelope.constraints, plannedPeakAgents);
  return (
    <Section title="Operating envelope" note={describeHeadroom(model)}>
      <LoadLine model={model} initialWidth={290} />
      <div className="mt-5">
        <EnvelopeFacts envelope={envelope} assessedAt={assessedAt} />
      </div>
    </Section>
  );
}
