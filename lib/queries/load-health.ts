import packageJson from '@/package.json';
import type { Health } from '../contracts/project';
import { openDataDir } from '../db/data-dir';

/** Version of this build. */
export const appVersion: string = packageJson.version;

/** Says which product answers, in which version, and on which data. */
export async function loadHealth(): Promise<Health> {
  return { app: 'plimsoll', version: appVersion, dataDir: openDataDir().root };
}
