import { lawMoments } from '../analytic/law-moments';
import type { Law } from '../scenario/law';
import type { Resource } from '../scenario/resource';
import type { Scenario } from '../scenario/scenario';
import type { Step } from '../scenario/step';
import { isAlwaysZero, lawBounds } from './law-bounds';
import { innerLists, type Path } from './session-programs';

/** Where a session can go next. */
export interface FlowEdge {
  readonly to: FlowNode;
  /** Times that it goes there per visit; 0: it can, and how often is not known. */
  readonly weight: number;
}

/** One moment of a program: a step, or what joins steps. */
export interface FlowNode {
  readonly path: Path;
  readonly step: Step | null;
  /** Whether time may pass here without any waiting. */
  readonly takesTime: boolean;
  /** The least time that passes here. */
  readonly minSec: number;
  next: readonly FlowEdge[];
}

/** What a program can do, from its first moment to its end. */
export interface FlowGraph {
  readonly entry: FlowNode;
  readonly end: FlowNode;
  /** Where a session ends that failed. */
  readonly failure: FlowNode;
  /** First moment and end of the body of each attempt, by its step. */
  readonly attempts: ReadonlyMap<Step, { readonly body: FlowNode; readonly after: FlowNode }>;
}

interface Exits {
  readonly after: FlowNode;
  readonly onFail: FlowNode;
  readonly labels: ReadonlyMap<string, FlowNode>;
}

/** Draws the ways through a program. Jumps to labels that are not there lead to its end. */
export function drawFlow(steps: readonly Step[], path: Path, scenario: Scenario): FlowGraph {
  const end = plainNode(path);
  const failure = plainNode(path);
  const drawer = new FlowDrawer(new Map(Object.entries(scenario.resources)), end);
  const entry = drawer.list(steps, path, { after: end, onFail: failure, labels: new Map() });
  return { entry, end, failure, attempts: drawer.attempts };
}

function plainNode(path: Path, step: Step | null = null, next: readonly FlowEdge[] = []): FlowNode {
  return { path, step, takesTime: false, minSec: 0, next };
}

function timedNode(path: Path, step: Step | null, laws: readonly (Law | undefined)[]): FlowNode {
  let minSec = 0;
  for (const law of laws) if (law !== undefined) minSec += lawBounds(law).min;
  return { path, step, takesTime: !laws.every(isAlwaysZero), minSec, next: [] };
}

class FlowDrawer {
  readonly attempts = new Map<Step, { body: FlowNode; after: FlowNode }>();
  readonly #resources: ReadonlyMap<string, Resource>;
  readonly #end: FlowNode;

  constructor(resources: ReadonlyMap<string, Resource>, end: FlowNode) {
    this.#resources = resources;
    this.#end = end;
  }

  list(steps: readonly Step[], path: Path, exits: Exits): FlowNode {
    const own = steps.flatMap((step, i): [string, FlowNode][] =>
      'label' in step ? [[step.label, plainNode([...path, i], step)]] : [],
    );
    const labels = own.length === 0 ? exits.labels : new Map([...exits.labels, ...own]);
    let after = exits.after;
    for (let i = steps.length - 1; i >= 0; i--) {
      after = this.#step(steps[i], [...path, i], { ...exits, labels, after });
    }
    return after;
  }

  #step(step: Step, path: Path, exits: Exits): FlowNode {
    const { after, labels } = exits;
    if ('goTo' in step) {
      return plainNode(path, step, [{ to: labels.get(step.goTo) ?? this.#end, weight: 1 }]);
    }
    if ('end' in step) return plainNode(path, step, [{ to: this.#end, weight: 1 }]);
    if ('label' in step) {
      const node = labels.get(step.label) ?? plainNode(path, step);
      node.next = [{ to: after, weight: 1 }];
      return node;
    }
    if ('fail' in step) {
      const weight = step.probability ?? 1;
      const edges = [
        { to: exits.onFail, weight },
        { to: after, weight: 1 - weight },
      ];
      return plainNode(
        path,
        step,
        edges.filter((edge) => edge.weight > 0),
      );
    }
    if ('attempt' in step) return this.#attempt(step, path, exits);
    if ('repeat' in step) return this.#repeat(step, path, exits);
    return this.#simple(step, path, exits);
  }

  #simple(step: Step, path: Path, exits: Exits): FlowNode {
    const { after } = exits;
    const lists = innerLists(step, path);
    const node = timedNode(path, step, this.#lawsOf(step));
    if ('choose' in step) {
      const total = step.choose.reduce((sum, { weight }) => sum + weight, 0);
      node.next = lists.flatMap((inner, i) => {
        const weight = step.choose[i].weight / total;
        return weight > 0 ? [{ to: this.list(inner.steps, inner.path, exits), weight }] : [];
      });
    } else if ('parallel' in step) {
      const copies = step.count === undefined ? 1 : lawMoments(step.count).mean;
      const branches = lists.map((inner) => {
        const done = plainNode(inner.path, null, [{ to: after, weight: 0 }]);
        const to = this.list(inner.steps, inner.path, { ...exits, after: done, labels: new Map() });
        return { to, weight: copies };
      });
      node.next = [{ to: after, weight: 1 }, ...branches];
    } else if ('get' in step) {
      const [{ steps, path: inner }] = lists;
      const to = this.list(steps, inner, { ...exits, labels: new Map() });
      node.next = [
        { to: after, weight: 1 },
        { to, weight: 0 },
      ];
    } else if ('turn' in step)
      node.next = [{ to: this.list(step.turn, lists[0].path, exits), weight: 1 }];
    else {
      const canFail = !(
        'think' in step ||
        'delay' in step ||
        'checkpoint' in step ||
        'release' in step
      );
      const failing = canFail ? [{ to: exits.onFail, weight: 0 }] : [];
      node.next = [{ to: after, weight: 1 }, ...failing];
    }
    return node;
  }

  /** As many rounds on average as its law says, by a chance to go round once more. */
  #repeat(step: Extract<Step, { repeat: Law }>, path: Path, exits: Exits): FlowNode {
    const rounds = lawMoments(step.repeat).mean;
    const node = plainNode(path, step);
    const again = plainNode(path, null);
    const body = this.list(step.steps, [...path, 'steps'], { ...exits, after: again });
    const more = Math.max(0, 1 - 1 / rounds);
    again.next = [
      { to: body, weight: more },
      { to: exits.after, weight: 1 - more },
    ];
    node.next = [
      { to: body, weight: Math.min(1, rounds) },
      { to: exits.after, weight: Math.max(0, 1 - rounds) },
    ].filter(({ weight }) => weight > 0);
    return node;
  }

  #attempt(step: Extract<Step, { attempt: string }>, path: Path, exits: Exits): FlowNode {
    const { retry } = step;
    const node = plainNode(path, step);
    const after = plainNode(path, null, [{ to: exits.after, weight: 1 }]);
    const failed = plainNode(path, null);
    const pause = timedNode(path, null, retry === undefined ? [] : retryLaws(retry));
    pause.next = [{ to: node, weight: 0 }];
    const lists = innerLists(step, path);
    const body = this.list(lists[0].steps, lists[0].path, {
      after,
      onFail: failed,
      labels: new Map(),
    });
    const given =
      step.fallback === undefined
        ? exits.onFail
        : this.list(step.fallback, [...path, 'fallback'], exits);
    const isEndless = retry?.attempts === 'unlimited' && retry.on === undefined;
    const retrying = retry === undefined ? [] : [{ to: pause, weight: 0 }];
    failed.next = isEndless ? retrying : [...retrying, { to: given, weight: 1 }];
    node.next = [{ to: body, weight: 1 }];
    this.attempts.set(step, { body, after });
    return node;
  }

  /** Laws of the time that a step takes by itself. */
  #lawsOf(step: Step): readonly (Law | undefined)[] {
    if ('think' in step) return [step.think];
    if ('delay' in step) return [step.delay];
    if ('use' in step) {
      const resource = this.#resources.get(step.use);
      return resource?.kind === 'limiter' && resource.onLimit === 'wait'
        ? [step.forSec, anyTime]
        : [step.forSec];
    }
    if ('model' in step) return this.#modelLaws(step);
    if ('publish' in step) return step.wait === true ? [anyTime] : [];
    const name = 'read' in step ? step.read : 'write' in step ? step.write : undefined;
    const store = name === undefined ? undefined : this.#resources.get(name);
    return store?.kind === 'store'
      ? [name === undefined || 'read' in step ? store.readSec : store.writeSec]
      : [];
  }

  #modelLaws(step: Extract<Step, { model: string }>): readonly (Law | undefined)[] {
    if (step.durationSec !== undefined) return [step.durationSec];
    const provider = this.#resources.get(step.model);
    if (provider?.kind !== 'provider') return [anyTime];
    const perToken = (provider.prefillSecPerToken ?? 0) + (provider.decodeSecPerToken ?? 0);
    const isPaced = provider.onLimit === 'wait' || provider.preset !== undefined;
    return [provider.baseSec, perToken > 0 || isPaced ? anyTime : undefined];
  }
}

/** A time of which no more is known than that it may pass. */
const anyTime: Law = { law: 'exponential', mean: 1 };

/** Laws of the pause between two attempts. */
export function retryLaws(retry: {
  readonly delaySec?: Law | undefined;
  readonly backoff?: { readonly baseSec: number; readonly extraSec?: Law | undefined } | undefined;
}): readonly (Law | undefined)[] {
  return retry.delaySec === undefined
    ? [retry.backoff?.baseSec, retry.backoff?.extraSec]
    : [retry.delaySec];
}
