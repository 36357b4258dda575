import type { WebhookConditions } from '../../../contracts';
import { conditionPaths, factsOfEvent, factsTell, judgeConditions } from '../conditions';
import type { UnmatchedEvent } from '../store/events';
import type { Subscriber } from './match';

export interface JudgeDeps {
  /** Of these paths those that the content type of an event never had, while another subscribed one has them. */
  foreignPaths(patterns: readonly string[], uid: string | null, paths: readonly string[]): readonly string[];
}

/**
 * Whether the conditions of a webhook let an event through. What cannot be judged, since a value is not known, is sent:
 * nothing is lost.
 *
 * @param bodyOf the event's body; asked only if the values that were captured with the event do not tell enough.
 */
export function createJudge(
  bodyOf: (event: UnmatchedEvent) => Promise<string | null>,
  foreignPaths: JudgeDeps['foreignPaths'],
) {
  const paths = new WeakMap<WebhookConditions, readonly string[]>();
  let last: { eventId: number; body: Promise<string | null> } | null = null;

  const pathsOf = (conditions: WebhookConditions): readonly string[] => {
    const known = paths.get(conditions) ?? conditionPaths(conditions);
    paths.set(conditions, known);
    return known;
  };

  return async (
    event: UnmatchedEvent,
    { conditions, events }: Pick<Subscriber, 'conditions' | 'events'>,
  ): Promise<boolean> => {
    if (conditions === null) return true;
    const asked = pathsOf(conditions);
    const foreign = foreignPaths(events, event.uid, asked);
    let body: string | null = null;
    const own = foreign.length === 0 ? asked : asked.filter((path) => !foreign.includes(path));
    if (!factsTell(event, own)) {
      if (last?.eventId !== event.id) last = { eventId: event.id, body: bodyOf(event) };
      body = await last.body;
    }
    return judgeConditions(conditions, factsOfEvent(event, asked, body, foreign)).holds !== false;
  };
}
