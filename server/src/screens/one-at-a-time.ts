import { errors } from '@strapi/utils';

/**
 * One check at a time per person: the form checks at each pause in typing, and this must not be used to
 * resolve names in bulk. One more waits for the running one; a newer one replaces it, and the older gets a
 * `RateLimitError`.
 */
export function createOneAtATime() {
  const running = new Map<string, { next: { go(): void; giveWay(): void } | null }>();

  const turn = (person: string): Promise<void> => {
    const line = running.get(person);
    if (!line) {
      running.set(person, { next: null });
      return Promise.resolve();
    }
    line.next?.giveWay();
    return new Promise((go, reject) => {
      const giveWay = () => reject(new errors.RateLimitError('a newer address is checked instead'));
      line.next = { go, giveWay };
    });
  };

  return async <T>(person: string, work: () => Promise<T>): Promise<T> => {
    await turn(person);
    try {
      return await work();
    } finally {
      const line = running.get(person);
      const next = line?.next ?? null;
      if (line && next) {
        line.next = null;
        next.go();
      } else {
        running.delete(person);
      }
    }
  };
}
