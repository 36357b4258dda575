/** A rate (0 … 1) as shown: 100 % only if nothing failed, 0 % only if nothing succeeded. */
export function shownRate(rate: number | null): { value: number; digits: number } | null {
  if (rate === null) return null;
  if (rate === 0 || rate === 1) return { value: rate, digits: 0 };
  if (rate > 0.99) return { value: Math.min(rate, 0.999), digits: 1 };
  if (rate < 0.01) return { value: Math.max(rate, 0.001), digits: 1 };
  return { value: rate, digits: 0 };
}

/** Two digits of an estimated number: 184 is 180, 12 437 is 12 000. */
export const roundedEstimate = (ms: number): number => Number(ms.toPrecision(2));
