import { z } from 'zod';
import { businessEventClause, businessEventPayload } from '../../../../contracts';
import type { BusinessEventClause, BusinessEventView } from '../../../../contracts';
import { matches, storedOrigin } from '../../catalog';
import type { Catalog, EventType } from '../../catalog';
import { conditionWords, ruleSentence } from '../../conditions';
import type { BusinessEventRow } from '../../store';
import type { Language } from '../../wording';
import { eventWords } from '../event-words';

export interface ViewDeps {
  catalog(): Catalog;
  /** Of whoever asks. */
  language(): Language;
}

/** A webhook with what it is subscribed to. */
export interface Subscribed {
  id: number;
  name: string;
  events: readonly string[];
}

const clauses = z.array(businessEventClause);

/** Business events made on the screen, as the screen shows them. */
export function createBusinessEventViews({ catalog, language }: ViewDeps) {
  /** When it occurs, in the reader's language. */
  const conditionOf = (on: readonly BusinessEventClause[], contentTypeName: string): string =>
    ruleSentence(
      on.map(({ on: actions, when }) => ({ on: actions, ...(when && { when }) })),
      contentTypeName,
      conditionWords(language()),
    );

  /** The name of the content type's own event that one of this type takes the place of. */
  const replacedBy = (type: string): string | null => {
    const own = catalog().contentEvent(type);
    return own === undefined ? null : eventWords(own, language()).displayName;
  };

  const nameOf = (uid: string): string | null => catalog().subject(uid, [])?.name ?? null;

  const problemsOf = (row: BusinessEventRow, inCatalog: EventType | null): string[] => {
    if (inCatalog !== null)
      return (inCatalog.gone ?? []).map(
        (field) => `${field}: is not a field of ${inCatalog.contentTypeName}`,
      );
    const refused = catalog()
      .refused()
      .find(({ businessEventId }) => businessEventId === row.id);
    return (refused?.problems ?? []).map((line) => withoutOrigin(line, row));
  };

  return {
    conditionOf,
    replacedBy,
    nameOf,

    view(row: BusinessEventRow, webhooks: readonly Subscribed[]): BusinessEventView {
      const found = catalog().get(row.type);
      const eventType = found?.businessEventId === row.id ? found : null;
      const on = clauses.safeParse(row.on).data ?? [];
      const contentTypeName = nameOf(row.contentType);
      return {
        id: row.id,
        version: row.revision,
        displayName: row.displayName,
        type: row.type,
        description: row.description,
        contentType: row.contentType,
        contentTypeName,
        on,
        payload: businessEventPayload.safeParse(row.payload).data ?? { kind: 'entry', fields: null },
        condition: on.length === 0 || contentTypeName === null ? null : conditionOf(on, contentTypeName),
        inCatalog: eventType !== null,
        problems: problemsOf(row, eventType),
        replaces: eventType?.replacesContentEvent ? replacedBy(row.type) : null,
        subscribers: subscribersOf({ type: row.type, sensitive: eventType?.sensitive ?? false }, webhooks),
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
      };
    },
  };
}

export type BusinessEventViews = ReturnType<typeof createBusinessEventViews>;

/** Webhooks that are sent this type, also by a wildcard. */
export const subscribersOf = (
  type: { type: string; sensitive: boolean },
  webhooks: readonly Subscribed[],
): { id: number; name: string }[] =>
  webhooks
    .filter(({ events }) => events.some((pattern) => matches(pattern, type)))
    .map(({ id, name }) => ({ id, name }));

/** A problem of the catalog without what it calls the event: `.on[0].when.is: …`, `on[0].when.is: …`. */
export function withoutOrigin(line: string, event: { displayName: string }): string {
  const origin = storedOrigin(event);
  return line.startsWith(origin) ? line.slice(origin.length).replace(/^(\.|: )/, '') : line;
}
