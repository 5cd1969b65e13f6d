import { lawMoments } from '../analytic/law-moments';
import type { Arrivals } from '../scenario/arrivals';
import type { Scenario } from '../scenario/scenario';
import type { Step } from '../scenario/step';
import { drawFlow, type FlowNode } from './flow-graph';
import { lawBounds } from './law-bounds';
import type { ScenarioIssue } from './scenario-issue';
import { listPrograms, type Path, visitSteps } from './session-programs';

/** Finds what lies after the end of the run, and limits that no session or call can keep. */
export function checkTimes(scenario: Scenario): ScenarioIssue[] {
  return [
    ...checkFaultTimes(scenario),
    ...Object.entries(scenario.classes).flatMap(([name, { arrivals }]) =>
      checkArrivalTimes(arrivals, ['classes', name, 'arrivals'], scenario.horizonSec),
    ),
    ...checkLimits(scenario),
    ...checkWarmUp(scenario),
  ];
}

function warn(path: Path, message: string): ScenarioIssue {
  return { severity: 'warning', path, message };
}

function checkFaultTimes({ faults = [], horizonSec }: Scenario): ScenarioIssue[] {
  return faults.flatMap((fault, i): ScenarioIssue[] => {
    const { atSec, forSec, everySec } = fault;
    if (atSec >= horizonSec) {
      return [
        warn(
          ['faults', i, 'atSec'],
          `This fault begins at ${atSec} s, and the run ends at ${horizonSec} s.`,
        ),
      ];
    }
    if (everySec !== undefined && forSec !== undefined && forSec >= everySec) {
      return [
        warn(
          ['faults', i, 'everySec'],
          `This fault lasts ${forSec} s and comes every ${everySec} s, so it never ends.`,
        ),
      ];
    }
    const does = [
      'latencyFactor',
      'errorRate',
      'outage',
      'quotaFactor',
      'flush',
      'killNodes',
    ] as const;
    return does.some((effect) => fault[effect] !== undefined)
      ? []
      : [warn(['faults', i], `This fault does nothing: give it ${does.join(', ')}.`)];
  });
}

function checkArrivalTimes(arrivals: Arrivals, path: Path, horizonSec: number): ScenarioIssue[] {
  const after = (key: string, what: string, atSec: number) =>
    atSec >= horizonSec
      ? [warn([...path, key], `${what} at ${atSec} s, and the run ends at ${horizonSec} s.`)]
      : [];
  switch (arrivals.kind) {
    case 'spike':
      return after('atSec', 'The spike begins', arrivals.atSec);
    case 'ramp':
      return arrivals.overSec > horizonSec
        ? after('overSec', 'The ramp reaches its end', arrivals.overSec)
        : [];
    case 'burst':
      return after('atSec', 'The burst comes', arrivals.atSec ?? 0);
    case 'recorded':
      return after('atSec', 'The first arrival is', lowest(arrivals.atSec));
    case 'sinusoid':
      return arrivals.amplitudePerSec > arrivals.meanPerSec
        ? [
            warn(
              [...path, 'amplitudePerSec'],
              'The amplitude is above the mean: the rate is 0 where it would be negative, so more sessions come than the mean says.',
            ),
          ]
        : [];
    case 'closed':
    case 'poisson':
    case 'renewal':
    case 'modulated':
    case 'profile':
      return [];
    default:
      return arrivals satisfies never;
  }
}

function lowest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

/** Deadlines and timeouts that are over before the fastest way through has been gone. */
function checkLimits(scenario: Scenario): ScenarioIssue[] {
  const issues: ScenarioIssue[] = [];
  let searches = 0;
  for (const { owner, steps, path } of listPrograms(scenario)) {
    const graph = drawFlow(steps, path, scenario);
    const deadlineSec =
      owner.kind === 'class' ? scenario.classes[owner.name].deadlineSec : undefined;
    const fastestSec = deadlineSec === undefined ? 0 : fastestWaySec(graph.entry, graph.end);
    if (deadlineSec !== undefined && fastestSec > deadlineSec) {
      const why = Number.isFinite(fastestSec)
        ? `the fastest takes ${fastestSec} s`
        : 'none ever ends';
      const message = `No session of class \`${owner.name}\` can keep its deadline of ${deadlineSec} s: ${why}.`;
      issues.push(warn(['classes', owner.name, 'deadlineSec'], message));
    }
    visitSteps(steps, path, (step, at) => {
      if ('model' in step) issues.push(...checkTokens(step, at));
      if (!('attempt' in step) || step.timeoutSec === undefined) return;
      searches += 1;
      if (searches > maxSearches) return;
      const ways = graph.attempts.get(step);
      const longestSec = lawBounds(step.timeoutSec).max;
      const bodySec = ways === undefined ? 0 : fastestWaySec(ways.body, ways.after);
      if (bodySec <= longestSec || bodySec === Number.POSITIVE_INFINITY) return;
      const message = `Every attempt of \`${step.attempt}\` times out: it is given ${longestSec} s at most, and takes at least ${bodySec} s.`;
      issues.push(warn([...at, 'timeoutSec'], message));
    });
  }
  return issues;
}

/** The least time between two moments; infinite where there is no way. Dijkstra's algorithm. */
function fastestWaySec(from: FlowNode, to: FlowNode): number {
  const bestSec = new Map<FlowNode, number>([[from, 0]]);
  const open = new Set([from]);
  const done = new Set<FlowNode>();
  while (open.size > 0 && done.size < maxMoments) {
    let nearest = from;
    let nearestSec = Number.POSITIVE_INFINITY;
    for (const node of open) {
      const sec = bestSec.get(node) ?? Number.POSITIVE_INFINITY;
      if (sec < nearestSec) {
        nearest = node;
        nearestSec = sec;
      }
    }
    if (nearest === to || nearestSec === Number.POSITIVE_INFINITY) return nearestSec;
    open.delete(nearest);
    done.add(nearest);
    const leaveSec = nearestSec + nearest.minSec;
    for (const { to: next } of nearest.next) {
      if (done.has(next) || leaveSec >= (bestSec.get(next) ?? Number.POSITIVE_INFINITY)) continue;
      bestSec.set(next, leaveSec);
      open.add(next);
    }
  }
  return 0;
}

/** Moments that are searched for a way; in a longer program no limit is judged. */
const maxMoments = 1_000;
const maxSearches = 100;

function checkTokens(step: Extract<Step, { model: string }>, path: Path): ScenarioIssue[] {
  const { promptTokens, cachedTokens = 0, cacheWriteTokens = 0 } = step;
  const leastSum = lawBounds(cachedTokens).min + lawBounds(cacheWriteTokens).min;
  const most = lawBounds(promptTokens).max;
  if (leastSum > most) {
    const message = `${leastSum} tokens at least are read from and written to cache, and the prompt has ${most} at most: both are parts of it.`;
    return [{ severity: 'error', path, message }];
  }
  const meanSum = lawMoments(cachedTokens).mean + lawMoments(cacheWriteTokens).mean;
  const mean = lawMoments(promptTokens).mean;
  if (meanSum <= mean) return [];
  return [
    warn(
      path,
      `${Math.round(meanSum)} tokens on average are read from and written to cache, and the prompt has ${Math.round(mean)}: both are parts of it.`,
    ),
  ];
}

function checkWarmUp({ warmUp, horizonSec }: Scenario): ScenarioIssue[] {
  if (typeof warmUp !== 'object' || warmUp.sec < horizonSec) return [];
  const message = `The warm-up of ${warmUp.sec} s leaves nothing of a run of ${horizonSec} s.`;
  return [{ severity: 'error', path: ['warmUp', 'sec'], message }];
}
