const minuteMs = 60_000;

/**
 * So many a minute and key, in the memory of this process: several instances allow that many each. The
 * minute is the clock's, so that one map, emptied every minute, is all the bookkeeping.
 */
export function createMinuteLimit(perMinute: number) {
  let minute = 0;
  const taken = new Map<number, number>();

  return {
    /** Takes one. Null when it may pass, else the seconds until the next may. */
    take(key: number, nowMs: number): number | null {
      const current = Math.floor(nowMs / minuteMs);
      if (current !== minute) {
        taken.clear();
        minute = current;
      }
      const count = taken.get(key) ?? 0;
      if (count >= perMinute) return Math.max(1, Math.ceil(((current + 1) * minuteMs - nowMs) / 1000));
      taken.set(key, count + 1);
      return null;
    },
  };
}
