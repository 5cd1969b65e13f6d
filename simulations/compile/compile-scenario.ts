import type { WorkloadModel } from '@/lib/workload/workload-model';
import type {
  CompiledClass,
  CompiledFault,
  CompiledScenario,
  CompiledStation,
} from '../engine/compiled-scenario';
import type { Fault } from '../scenario/fault';
import type { Scenario, SessionClass } from '../scenario/scenario';
import type { Step } from '../scenario/step';
import { compileArrivals } from './compile-arrivals';
import { finishBlocks } from './compile-block';
import type { ClassContext } from './compile-observed-class';
import { compileObservedClass } from './compile-observed-class';
import { compileStation } from './compile-station';
import { collectHeld } from './held-resources';
import { LawSites } from './law-sites';
import { StepCompiler, type StepNames } from './step-compiler';

function indexIn(names: readonly string[], what: string): (name: string) => number {
  const indexes = new Map(names.map((name, i) => [name, i]));
  return (name) => {
    const index = indexes.get(name);
    if (index === undefined) {
      throw new RangeError(`Got ${what} '${name}' when expected one of: ${names.join(', ')}.`);
    }
    return index;
  };
}

function programsOf(scenario: Scenario): (readonly Step[])[] {
  const programs: (readonly Step[])[] = [];
  for (const { program } of Object.values(scenario.classes)) {
    if (!('kind' in program)) programs.push(program);
  }
  for (const resource of Object.values(scenario.resources)) {
    if (resource.kind === 'queue') programs.push(resource.program);
  }
  return programs;
}

function createNames(scenario: Scenario, resources: readonly string[]): StepNames {
  const held = new Set<string>();
  for (const steps of programsOf(scenario)) collectHeld(steps, held);
  for (const { program } of Object.values(scenario.classes)) {
    const holds = 'kind' in program && program.hold !== undefined && program.hold !== 'query';
    if (holds && program.query !== undefined) held.add(program.query);
  }
  return {
    resource: indexIn(resources, 'resource'),
    isHeld: (resource) => held.has(resources[resource]),
    breaker: indexIn(Object.keys(scenario.breakers ?? {}), 'breaker'),
    budget: indexIn(Object.keys(scenario.retryBudgets ?? {}), 'retry budget'),
  };
}

function compileClass(
  [name, sessionClass]: readonly [string, SessionClass],
  { compiler, laws, names, scenario, workload }: ClassContext,
): CompiledClass {
  const key = `classes.${name}`;
  const { program } = sessionClass;
  return {
    name,
    arrivals: compileArrivals(sessionClass.arrivals, laws, `${key}/arrivals`),
    priority: sessionClass.priority ?? 0,
    deadlineSec: sessionClass.deadlineSec ?? Number.POSITIVE_INFINITY,
    isCancelledAtDeadline: sessionClass.atDeadline === 'cancelled',
    programs:
      'kind' in program
        ? compileObservedClass(program, key, { compiler, laws, names, scenario, workload })
        : Int32Array.of(compiler.program(program, key, true)),
    choice: laws.uniform(`${key}/choice`),
  };
}

function compileFault(fault: Fault, station: number): CompiledFault {
  return {
    station,
    atSec: fault.atSec,
    forSec: fault.forSec ?? Number.POSITIVE_INFINITY,
    everySec: fault.everySec ?? Number.POSITIVE_INFINITY,
    latencyFactor: fault.latencyFactor ?? 1,
    errorRate: fault.errorRate ?? 0,
    isOutage: fault.outage ?? false,
    quotaFactor: fault.quotaFactor ?? 1,
    flushes: fault.flush ?? false,
    killNodes: fault.killNodes ?? 0,
  };
}

/**
 * Lowers a scenario to what the kernel plays.
 *
 * Streams of laws are keyed by their path in the scenario, so that another resource, class or step
 * elsewhere leaves the draws as they were.
 *
 * @param workload observed sessions, which classes may play
 * @throws RangeError when a name is not defined, or observed sessions are to be played and there are none; `checkScenario` tells so with the place first
 */
export function compileScenario(
  scenario: Scenario,
  workload: WorkloadModel | null = null,
): CompiledScenario {
  const laws = new LawSites();
  const resources = Object.keys(scenario.resources);
  const names = createNames(scenario, resources);
  const compiler = new StepCompiler(laws, names);
  const classes = Object.entries(scenario.classes).map((entry) =>
    compileClass(entry, { compiler, laws, names, scenario, workload }),
  );
  const stations = Object.entries(scenario.resources).map(
    ([name, resource]): CompiledStation => ({
      ...compileStation(name, resource, laws),
      programPc:
        resource.kind === 'queue'
          ? compiler.program(resource.program, `resources.${name}`, false)
          : -1,
    }),
  );
  return {
    instructions: compiler.writer.finish(),
    operands: compiler.operands,
    forks: compiler.forks,
    choices: compiler.choices,
    loopDepth: compiler.loopDepth,
    lawSites: laws.sites,
    classes,
    stations,
    blocks: finishBlocks(compiler.blocks, compiler.causes),
    breakers: Object.entries(scenario.breakers ?? {}).map(([name, breaker]) => ({ name, breaker })),
    budgets: Object.entries(scenario.retryBudgets ?? {}).map(([name, budget]) => ({
      name,
      budget,
    })),
    faults: (scenario.faults ?? []).map((fault) =>
      compileFault(fault, names.resource(fault.resource)),
    ),
    causes: compiler.causes,
    probeSec: Float64Array.from(scenario.probeSec ?? []).sort(),
  };
}
