import { checkCount } from './check-argument';

/**
 * Smallest pool in which threads that each take several connections cannot block one another for
 * ever, threads × (connections − 1) + 1.
 *
 * @param threads integer, at least 1
 * @param connectionsPerThread held at once by one thread; integer, at least 1
 * @throws RangeError when an argument is outside its stated range
 * @see HikariCP wiki, About Pool Sizing
 */
export function deadlockFreePoolSize(threads: number, connectionsPerThread: number): number {
  checkCount('threads', threads, 1);
  checkCount('connections per thread', connectionsPerThread, 1);
  return threads * (connectionsPerThread - 1) + 1;
}
