const units = [
  { usd: 1e9, suffix: 'B' },
  { usd: 1e6, suffix: 'M' },
  { usd: 1e3, suffix: 'k' },
] as const;

/**
 * Dollars along an axis, all in the unit of its largest value and with equally many decimals: `$0`,
 * `$0.5k`, `$1.0k`. Short, so that an axis needs little room.
 *
 * @param ticks values on the axis, of which `format` may be asked
 */
export function usdAxisFormat(ticks: readonly number[]): (usd: number) => string {
  const largest = Math.max(0, ...ticks);
  const unit = units.find(({ usd }) => largest >= usd) ?? { usd: 1, suffix: '' };
  const placesOf = (value: number) => {
    const [, decimals = ''] = Number((value / unit.usd).toPrecision(6))
      .toFixed(6)
      .split('.');
    return decimals.replace(/0+$/, '').length;
  };
  const places = Math.max(0, ...ticks.map(placesOf));
  return (usd) => (usd === 0 ? '$0' : `$${(usd / unit.usd).toFixed(places)}${unit.suffix}`);
}
