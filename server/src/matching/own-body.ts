import type { FieldTree, ShownBy } from '../../../contracts';
import type { BodyFor } from '../payload';
import type { Connection } from '../store/connection';
import type { EventRow, UnmatchedEvent } from '../store/events';
import { othersTurn } from '../store/others-turn';
import { ofTheEvent } from './faults';
import type { Match } from './match';
import type { ShowingStep } from './showing';

export interface OwnBodyDeps {
  store: {
    /** With its texts. */
    event(trx: Connection, id: number): Promise<EventRow | null>;
  };
  /** Which body a webhook is sent. */
  bodyFor: Pick<BodyFor, 'mayDiffer' | 'own'>;
  /** The step before a batch in which is read who shows what changed. */
  showing: Pick<ShowingStep, 'of'>;
  /** The body with who shows the entry. */
  withShownBy(body: string, shownBy: ShownBy): string;
}

type Wanted = Pick<Match, 'unnamed' | 'tree' | 'shownBy'>;

/** The bodies that were made of one event. */
interface Made {
  eventId: number;
  row: EventRow | null;
  bodies: Map<FieldTree | typeof nothingChosen, Map<string, string | null>>;
}

const nothingChosen = Symbol('no tree');

/**
 * A body is stored once, in the event's row; a webhook that must not get all of it, chooses its fields, or is told who
 * shows the entry, gets a copy of its own. It is made once for all webhooks that get the same.
 */
export function createOwnBodies(deps: OwnBodyDeps) {
  /** Of the event at the cursor. */
  let made: Made | null = null;

  return {
    /** The body of a delivery; null where it is that of the event. */
    async of(
      trx: Connection,
      event: UnmatchedEvent,
      { unnamed, tree, shownBy }: Wanted,
    ): Promise<string | null> {
      const wanted = { tree, accounts: !unnamed };
      const showing = shownBy ? deps.showing.of(event.id)?.shownBy : undefined;
      if (showing === undefined && !deps.bodyFor.mayDiffer(event.type, wanted)) return null;
      if (made?.eventId !== event.id)
        made = { eventId: event.id, row: await deps.store.event(trx, event.id), bodies: new Map() };
      const { row, bodies } = made;
      const key = tree ?? nothingChosen;
      const known = bodies.get(key) ?? new Map<string, string | null>();
      bodies.set(key, known);
      const name = `${unnamed}, ${showing !== undefined}`;
      const found = known.get(name);
      if (found !== undefined) return found;
      const body = ofTheEvent(event, () => {
        if (row === null || row.body === null) return null;
        const own = deps.bodyFor.own(row, wanted);
        return showing === undefined ? own : deps.withShownBy(own ?? row.body, showing);
      });
      known.set(name, body);
      await othersTurn();
      return body;
    },

    /** When the event is matched. */
    forget(): void {
      made = null;
    },
  };
}
