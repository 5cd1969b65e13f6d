import type { Project } from '@/lib/contracts/project';
import type { ScenarioText } from './use-scenario-text';

/** The value of the menu while the text is one's own; no preset is called so. */
export const ownText = '';

/** What the menu shows, and the lesson of the preset; neither names one while the text is one's own. */
export function describeOrigin({ preset, isOwn }: Pick<ScenarioText, 'preset' | 'isOwn'>) {
  return isOwn
    ? { chosen: ownText, lesson: null }
    : { chosen: preset.id, lesson: preset.teaches.replaceAll('`', '').replaceAll(/\s+/g, ' ') };
}

/** Whether a draft can be made of a project's sessions: they may be there, still come, or not be. */
export function describeSessions(
  { modelCalls }: Pick<Project, 'modelCalls'>,
  isBeingGenerated: boolean,
): 'there' | 'coming' | 'none' {
  if (modelCalls > 0) return 'there';
  return isBeingGenerated ? 'coming' : 'none';
}
