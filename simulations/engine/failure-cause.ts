/** Why an operation or a session failed. Causes that a scenario names itself follow these. */
export const builtInCauses = [
  'none',
  'acquire_timeout',
  'queue_full',
  'rate_limited',
  'overloaded',
  'outage',
  'error',
  'timeout',
  'deadline',
  'circuit_open',
  'conflict',
  'node_crashed',
  'shed',
  'abandoned',
  'cancelled',
  'dead_letter',
] as const;

/** A cause that the engine itself knows. */
export type BuiltInCause = (typeof builtInCauses)[number];

/** Number of each built-in cause; 0 is success. */
export const failureCause = Object.fromEntries(
  builtInCauses.map((cause, code) => [cause, code]),
) as Readonly<Record<BuiltInCause, number>>;
