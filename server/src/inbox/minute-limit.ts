import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/**
 * So many a minute and key, in the memory of this process: several instances allow that many each. A key's minute begins
 * with the first that it takes.
 */
export function createMinuteLimit(perMinute: number) {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });

  return {
    /**
     * Takes one, or as many as are named; what is refused is not counted.
     * @returns null when it may pass, else the seconds until the next may
     */
    async take(key: string | number, amount = 1): Promise<number | null> {
      try {
        await limiter.consume(key, amount);
        return null;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        await limiter.reward(key, amount);
        return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      }
    },
  };
}
