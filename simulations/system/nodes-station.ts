import type { CompiledStation } from '../engine/compiled-scenario';
import { failureCause } from '../engine/failure-cause';
import type { Kernel } from '../engine/kernel';
import { taskState } from '../engine/op';
import type { Quantity } from '../engine/program';
import { Station } from '../engine/station';
import { StationStatistics } from '../measure/station-statistics';
import {
  type Autoscaling,
  countersWithAutoscaler,
  createAutoscaling,
  initialReplicas,
} from '../policies/autoscaling';
import { ActiveFaults } from './active-faults';
import { LoadLevels } from './load-levels';

const counterNames = ['crashes', 'connections', 'dropped'] as const;
const [crashes, connections, dropped] = counterNames.keys();

const nodeState = {
  absent: 0,
  up: 1,
  restarting: 2, // after a crash of its own
  killed: 3, //     by a fault, until it ends
  leaving: 4, //    takes no new sockets, and is gone with the last
} as const;

const noTime: Quantity = { site: -1, value: 0 };

/**
 * Machines that hold sockets, crash and come back.
 *
 * A socket is taken on the node with the most free ones, and refused (`queue_full`) where none has
 * enough. When a node crashes, whoever holds a socket there loses it with all else: a session resumes
 * at its last checkpoint or fails (`node_crashed`); within an attempt the attempt fails, so that a
 * retry can catch it. A node restarts empty, and those who were dropped come at once: `connections`
 * per window shows the storm. An autoscaler that scales down lets nodes go with their last socket.
 *
 * In use are sockets; slots are those of the nodes that are up. Nobody waits.
 */
export class NodesStation extends Station {
  readonly statistics: StationStatistics;
  readonly #levels: LoadLevels; // nodes that are up, by sockets in use
  readonly #sockets: number; //    per node
  readonly #state: Uint8Array;
  readonly #killedBy: Int32Array; // fault, of those that are killed
  readonly #clocks: Int32Array; //   of crash and restart; none where nodes do not crash by themselves
  readonly #crashEvery: Quantity | undefined;
  readonly #restart: Quantity;
  readonly #faults: ActiveFaults;
  readonly #site: number;
  readonly #autoscaling: Autoscaling | null;
  #serving: number; // nodes that are wanted: up, restarting or killed

  constructor(kernel: Kernel, index: number, station: CompiledStation) {
    super(kernel, index);
    const { resource, quantities } = station;
    if (resource.kind !== 'nodes') throw new RangeError(`Got ${resource.kind}, expected nodes.`);
    const { autoscaler: plan, nodes } = resource;
    this.#serving = initialReplicas(nodes, plan);
    const most = Math.max(this.#serving, plan?.max ?? 0);
    this.#sockets = resource.socketsPerNode;
    this.#levels = new LoadLevels(most, this.#sockets);
    this.#state = new Uint8Array(most);
    this.#killedBy = new Int32Array(most);
    this.#crashEvery = quantities.crashEverySec;
    this.#restart = quantities.restartSec ?? noTime;
    this.#clocks = new Int32Array(this.#crashEvery === undefined ? 0 : most);
    for (let node = 0; node < this.#clocks.length; node++) {
      this.#clocks[node] = kernel.addClock(this, node);
    }
    this.#faults = new ActiveFaults(kernel);
    this.#site = station.site;
    this.statistics = new StationStatistics(kernel.clock, {
      slots: this.#serving * this.#sockets,
      classes: kernel.compiled.classes.length,
      causes: kernel.compiled.causes.length,
      counterNames: countersWithAutoscaler(counterNames, station),
    });
    this.statistics.slots = 0; // the nodes bring them
    for (let node = 0; node < this.#serving; node++) this.#bringUp(node);
    this.#autoscaling = createAutoscaling(this, station, {
      replicas: this.#serving,
      ownCounters: counterNames.length,
    });
  }

  use(task: number, pc: number): boolean {
    if (!this.acquire(task, 1)) return false;
    const { kernel } = this;
    kernel.tasks.loadKey[task] = this.place;
    kernel.drawDuration(task, pc);
    kernel.tasks.serviceSec[task] = kernel.laws.drawn[0];
    kernel.startService(task, this.index);
    return false;
  }

  override acquire(task: number, units: number): boolean {
    const { kernel, statistics } = this;
    statistics.requests++;
    const cause = this.#faults.failRequest(this.#site);
    if (cause > 0) return this.#refuse(task, cause);
    const node = this.#levels.findLeast();
    if (node < 0 || this.#levels.load[node] + units > this.#sockets) {
      return this.#refuse(task, failureCause.queue_full);
    }
    this.account();
    statistics.inUse += units;
    statistics.counters[connections] += units;
    statistics.addNoWait(kernel.tasks.sessionClass[task]);
    this.#levels.change(node, units);
    this.place = node;
    return true;
  }

  override release(_task: number, units: number, place: number): void {
    this.#giveBack(place, units);
  }

  finish(task: number): void {
    this.#giveBack(this.kernel.tasks.loadKey[task], 1);
  }

  withdraw(task: number): void {
    this.#giveBack(this.kernel.tasks.loadKey[task], 1);
  }

  /** A node crashes or has restarted. */
  override onClock(node: number): void {
    if (this.#state[node] === nodeState.restarting) {
      this.#bringUp(node);
      return;
    }
    const isLeaving = this.#state[node] === nodeState.leaving;
    this.#takeDown(node, isLeaving ? nodeState.absent : nodeState.restarting);
    if (isLeaving) return;
    this.kernel.draw(this.#restart);
    this.kernel.setClock(this.#clocks[node], this.kernel.clock[0] + this.kernel.laws.drawn[0]);
  }

  override onFault(fault: number, begins: boolean): void {
    this.#faults.change(fault, begins);
    let left = this.kernel.compiled.faults[fault].killNodes;
    if (left === 0) return;
    for (let node = 0; node < this.#state.length; node++) {
      const state = this.#state[node];
      if (begins && state === nodeState.up && left > 0) {
        left--;
        this.#killedBy[node] = fault;
        this.#takeDown(node, nodeState.killed);
      } else if (!begins && state === nodeState.killed && this.#killedBy[node] === fault) {
        this.#bringUp(node);
      }
    }
  }

  /** Lets so many nodes take sockets. */
  setReplicas(ready: number): void {
    for (let node = 0; node < this.#state.length && this.#serving < ready; node++) {
      if (this.#state[node] === nodeState.leaving) this.#stay(node);
    }
    for (let node = 0; node < this.#state.length && this.#serving < ready; node++) {
      if (this.#state[node] !== nodeState.absent) continue;
      this.#serving++;
      this.#bringUp(node);
    }
    while (this.#serving > ready) this.#letGo();
  }

  account(): void {
    this.statistics.account();
    this.#autoscaling?.account();
  }

  #refuse(task: number, cause: number): boolean {
    this.statistics.failuresByCause[cause]++;
    this.kernel.fail(task, cause);
    return false;
  }

  #giveBack(node: number, units: number): void {
    this.account();
    this.statistics.inUse -= units;
    this.#levels.change(node, -units);
    if (this.#state[node] === nodeState.leaving && this.#levels.load[node] === 0) this.#end(node);
  }

  #bringUp(node: number): void {
    const { kernel } = this;
    this.statistics.account();
    this.#state[node] = nodeState.up;
    this.statistics.slots += this.#sockets;
    this.#levels.add(node);
    if (this.#crashEvery === undefined) return;
    kernel.draw(this.#crashEvery);
    kernel.setClock(this.#clocks[node], kernel.clock[0] + kernel.laws.drawn[0]);
  }

  /** A node goes down at once, and with it all that its sockets carry. */
  #takeDown(node: number, state: number): void {
    this.account();
    if (this.#levels.has(node)) this.#levels.remove(node);
    this.#state[node] = state;
    this.#stopClock(node);
    this.statistics.counters[crashes]++;
    const { tasks } = this.kernel;
    for (let task = 0; task < tasks.capacity; task++) {
      if (tasks.state[task] === taskState.free) continue;
      const units = this.#unitsOn(node, task);
      if (units === 0) continue;
      this.statistics.counters[dropped] += units;
      this.#drop(task);
    }
    this.statistics.slots -= this.#sockets;
  }

  /** Sockets of a node that a task has. */
  #unitsOn(node: number, task: number): number {
    const { tasks, holdings } = this.kernel;
    const isServed = tasks.state[task] === taskState.serving && tasks.at[task] === this.index;
    let units = isServed && tasks.loadKey[task] === node ? 1 : 0;
    for (let held = tasks.holdings[task]; held >= 0; held = holdings.next[held]) {
      if (holdings.station[held] === this.index && holdings.place[held] === node) {
        units += holdings.units[held];
      }
    }
    return units;
  }

  /** A task has lost its node: its session crashes, or the attempt that it belongs to fails. */
  #drop(task: number): void {
    const { kernel } = this;
    const { parent, state, root } = kernel.tasks;
    const cause = failureCause.node_crashed;
    this.statistics.failuresByCause[cause]++;
    let ancestor = parent[task];
    while (ancestor >= 0 && state[ancestor] !== taskState.attempting) ancestor = parent[ancestor];
    if (ancestor < 0 && root[task] >= 0) {
      kernel.sessions.crash(root[task], cause);
      return;
    }
    kernel.interrupt(task);
    kernel.fail(task, cause);
  }

  /** A node that is leaving stays after all. */
  #stay(node: number): void {
    this.#state[node] = nodeState.up;
    this.#serving++;
    this.#levels.add(node);
  }

  /** Lets a node go: the one with the fewest sockets that is up, else one that is down. */
  #letGo(): void {
    this.#serving--;
    let node = this.#levels.findLeast();
    if (node >= 0) {
      this.#levels.remove(node);
      this.#state[node] = nodeState.leaving;
      if (this.#levels.load[node] === 0) this.#end(node);
      return;
    }
    const { restarting, killed } = nodeState;
    node = this.#state.findIndex((state) => state === restarting || state === killed);
    this.#state[node] = nodeState.absent;
    this.#stopClock(node);
  }

  /** A node that is leaving has no socket any more. */
  #end(node: number): void {
    this.statistics.account();
    this.#state[node] = nodeState.absent;
    this.statistics.slots -= this.#sockets;
    this.#stopClock(node);
  }

  #stopClock(node: number): void {
    if (this.#crashEvery === undefined) return;
    this.kernel.setClock(this.#clocks[node], Number.POSITIVE_INFINITY);
  }
}
