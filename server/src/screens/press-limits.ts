import { errors } from '@strapi/utils';
import type { Actor } from '../../../contracts';
import { pressLimits } from '../../../contracts';
import type { Pressed } from '../../../contracts';
import { createMinuteLimit } from '../inbox';

export interface PressLimitsDeps {
  /** The person whose limit applies. */
  actor(): Actor;
}

/**
 * How often one person can use expensive actions: each test occupies a request, each trigger and resend
 * creates deliveries. Counted in the memory of this process. Throws a RateLimitError with
 * `details.retryAfterSeconds`.
 */
export function createPressLimits({ actor }: PressLimitsDeps) {
  const minutes: Record<Pressed, ReturnType<typeof createMinuteLimit>> = {
    test: createMinuteLimit(pressLimits.test),
    trigger: createMinuteLimit(pressLimits.trigger),
    resend: createMinuteLimit(pressLimits.resend),
    replay: createMinuteLimit(pressLimits.replay),
  };
  const testing = new Map<string, number>();

  const who = (): string => {
    const { type, id } = actor();
    return `${type} ${id ?? ''}`;
  };

  const refuse = (message: string, retryAfterSeconds: number): never => {
    throw new errors.RateLimitError(message, { retryAfterSeconds });
  };

  const take = async (pressed: Pressed): Promise<void> => {
    const seconds = await minutes[pressed].take(who());
    if (seconds !== null)
      refuse(`too often: at most ${pressLimits[pressed]} a minute; again in ${seconds} s`, seconds);
  };

  return {
    take,

    /** Runs a test, if no more than two of this person's are running. */
    async test<T>(run: () => Promise<T>): Promise<T> {
      const asker = who();
      const under = testing.get(asker) ?? 0;
      if (under >= pressLimits.testsAtOnce)
        refuse(`at most ${pressLimits.testsAtOnce} test events at once; wait for the response to one`, 1);
      testing.set(asker, under + 1);
      try {
        await take('test');
        return await run();
      } finally {
        const left = (testing.get(asker) ?? 1) - 1;
        if (left > 0) testing.set(asker, left);
        else testing.delete(asker);
      }
    },
  };
}

export type PressLimits = ReturnType<typeof createPressLimits>;
