import { durationBoundsMs } from '../../../contracts/statistics';

/**
 * The duration, in milliseconds, below which `share` (0 … 1) of all lie, from counters by `durationBoundsMs`: within a
 * counter they are taken to lie evenly. Null where nothing was counted; of what took longer than the last bound only
 * that is known, so that bound is given.
 */
export function estimateDuration(counters: readonly number[], share: number): number | null {
  const total = counters.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = share * total;
  let passed = 0;
  for (const [index, bound] of durationBoundsMs.entries()) {
    const count = counters[index] ?? 0;
    if (count > 0 && passed + count >= wanted) {
      const lower = durationBoundsMs[index - 1] ?? 0;
      return Math.round(lower + ((bound - lower) * (wanted - passed)) / count);
    }
    passed += count;
  }
  return durationBoundsMs[durationBoundsMs.length - 1] ?? null;
}
