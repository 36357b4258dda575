import { durationBoundsMs } from '../../../contracts/statistics';

/**
 * The duration, in milliseconds, below which `share` (0 … 1) of all are, from counters by `durationBoundsMs`:
 * within a counter an even distribution is assumed. Null if nothing was counted; above the last bound that
 * bound is returned.
 */
export function estimateDuration(counters: readonly number[], share: number): number | null {
  const total = counters.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  // The one that stands there when they are put in order: of a single one every share is that one.
  const wanted = Math.ceil(share * total) - 0.5;
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
