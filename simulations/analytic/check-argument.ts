/**
 * Holds a count to its range.
 *
 * @param what the plural noun of the message, as in `servers`
 * @throws RangeError when the value is no integer or below `least`
 */
export function checkCount(what: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`Got ${value} ${what} when expected an integer of at least ${least}.`);
  }
}

/** Holds a quantity to [least, ∞). @throws RangeError outside of it, also for NaN and Infinity */
export function checkAtLeast(what: string, value: number, least: number): void {
  if (!(value >= least && value < Infinity)) {
    throw new RangeError(
      `Got ${value} ${what} when expected a finite number of at least ${least}.`,
    );
  }
}

/** Holds a quantity to (floor, ∞). @throws RangeError outside of it, also for NaN and Infinity */
export function checkAbove(what: string, value: number, floor: number): void {
  if (!(value > floor && value < Infinity)) {
    throw new RangeError(`Got ${value} ${what} when expected a finite number above ${floor}.`);
  }
}

/** Holds a probability to [0, 1]. @throws RangeError outside of it, also for NaN */
export function checkProbability(what: string, value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw new RangeError(`Got a ${what} of ${value} when expected a number from 0 to 1.`);
  }
}

/** Holds the order of a quantile to [0, 1). @throws RangeError outside of it, also for NaN */
export function checkQuantileOrder(probability: number): void {
  if (!(probability >= 0 && probability < 1)) {
    throw new RangeError(
      `Got a quantile of order ${probability} when expected a number from 0 to below 1.`,
    );
  }
}
