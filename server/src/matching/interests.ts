import type { Asked, Interested, Meaning, Subscriber } from './match';
import { askedBy, interestedIn } from './match';

/**
 * Which webhooks are subscribed to which event type, determined once per type. The result for a list of
 * subscriptions is kept as long as the list is the same object; `renew` clears it, since a catalog can change
 * the meaning of a wildcard.
 */
export function createInterests(
  wants: (pattern: string, eventType: string) => boolean,
  ofType: (type: string) => Omit<Meaning, 'wants'>,
) {
  let known = new WeakMap<readonly string[], Map<string, Asked>>();

  const asks = (events: readonly string[], type: string): Asked => {
    const answers = known.get(events) ?? new Map<string, Asked>();
    known.set(events, answers);
    const answer = answers.get(type) ?? askedBy(events, type, wants);
    answers.set(type, answer);
    return answer;
  };

  return {
    renew: (): void => {
      known = new WeakMap();
    },

    /** For the webhooks as read by one transaction. */
    among(subscribers: readonly Subscriber[]): (type: string) => readonly Interested[] {
      const byType = new Map<string, readonly Interested[]>();
      return (type) => {
        const found = byType.get(type) ?? interestedIn(type, subscribers, asks, { ...ofType(type), wants });
        byType.set(type, found);
        return found;
      };
    },
  };
}
