import { budgetBurn } from './budget-burn';
import { cacheStampede } from './cache-stampede';
import { convergingAgents } from './converging-agents';
import { eightServers } from './eight-servers';
import { latencyBudget } from './latency-budget';
import { poolExhaustion } from './pool-exhaustion';
import { providerOutage } from './provider-outage';
import { rebootInSpike } from './reboot-in-spike';
import { retryStorm } from './retry-storm';
import type { ScenarioPreset } from './scenario-preset';
import { writeHotspot } from './write-hotspot';

/** Scenarios to start from, each with what it teaches. */
export const scenarioPresets: readonly ScenarioPreset[] = [
  poolExhaustion,
  retryStorm,
  cacheStampede,
  writeHotspot,
  providerOutage,
  convergingAgents,
  rebootInSpike,
  latencyBudget,
  budgetBurn,
  eightServers,
];

/** The preset of an id; undefined where there is none. */
export function findPreset(id: string): ScenarioPreset | undefined {
  return scenarioPresets.find((preset) => preset.id === id);
}
