'use client';

import { useState } from 'react';
import { useUpdateProject } from '@/app/_queries/use-update-project';
import { messageOf } from '@/app/_ui/query-failure';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import type { LaunchProfile } from '@/lib/readiness/assessment';

const profiles = [
  { value: 'pilot', label: 'Pilot' },
  { value: 'limited', label: 'Limited' },
  { value: 'external', label: 'External' },
] as const satisfies readonly { value: LaunchProfile; label: string }[];

interface ProfileSwitchProps {
  readonly projectId: string;
  readonly profile: LaunchProfile;
}

/** Who the launch is for; it decides which checks block. */
export function ProfileSwitch({ projectId, profile }: ProfileSwitchProps) {
  const update = useUpdateProject(projectId);
  // Shown from the click on, until the server has answered.
  const [chosen, setChosen] = useState<LaunchProfile | null>(null);
  const choose = (value: LaunchProfile) => {
    setChosen(value);
    update.mutate({ profile: value }, { onSettled: () => setChosen(null) });
  };
  return (
    <div className="flex items-center gap-2.5 print:hidden">
      <span aria-hidden="true" className="text-ink-2">
        for launch to
      </span>
      <SegmentedControl
        label="Who the launch is for"
        value={chosen ?? profile}
        options={profiles}
        onValueChange={choose}
      />
      {update.isError && (
        <span role="alert" className="text-no-go">
          {messageOf(update.error)}
        </span>
      )}
    </div>
  );
}
