/** What an autoscaler compares. */
export interface ReplicaDemand {
  readonly currentReplicas: number; // integer, at least 0
  readonly metric: number; //          mean per replica, at least 0
  readonly target: number; //          of the metric, above 0
  readonly tolerance: number; //       relative, at least 0; 0.1 by default in Kubernetes
}

/**
 * Replicas that the Kubernetes horizontal autoscaler wants, ceil(current · metric / target), and the
 * current number while |metric/target − 1| ≤ tolerance.
 *
 * The ratio is rounded before it is multiplied, as there. Limits, stabilisation and scaling policies
 * come after this step.
 *
 * @throws RangeError when an argument is outside its stated range
 * @see kubernetes.io, Horizontal Pod Autoscaling, algorithm details
 */
export function desiredReplicas(demand: ReplicaDemand): number {
  const { currentReplicas, metric, target, tolerance } = demand;
  if (!Number.isSafeInteger(currentReplicas) || currentReplicas < 0) {
    throw new RangeError(`Got ${currentReplicas} replicas when expected an integer of at least 0.`);
  }
  if (!(metric >= 0) || !(target > 0) || !(tolerance >= 0)) {
    throw new RangeError(
      `Got metric ${metric}, target ${target} and tolerance ${tolerance} when expected at least 0, above 0 and at least 0.`,
    );
  }
  const ratio = metric / target;
  if (Math.abs(ratio - 1) <= tolerance) return currentReplicas;
  return Math.ceil(currentReplicas * ratio);
}
