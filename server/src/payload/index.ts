/**
 * WHAT IS SENT: the one place that makes a body, for a real change, an announcement, a test or what is triggered by hand.
 * It sends nothing and signs nothing, and decides of no webhook but which accounts it may be told.
 */
import type { CatalogRoom } from '../catalog';
import type { ContentRoom } from '../content';
import type { Context } from '../context';
import type { EventRow } from '../store/events';
import { createBodyFor } from './body-for';
import { composeDeferred } from './deferred-body';
import { createEntryBody } from './entry-body';

export function openPayload(
  { links, maxBodyBytes, now }: Context,
  { catalog, content }: { catalog: CatalogRoom; content: ContentRoom },
) {
  return {
    bodyFor: createBodyFor({ catalog: catalog.current }),
    bodyOf: createEntryBody({
      catalog: catalog.current,
      rows: content.rows,
      links,
      signed: content.signedFiles.ofEntry,
      now,
      maxBodyBytes,
    }),
    deferred: (event: EventRow) =>
      composeDeferred({ event, catalog: catalog.current(), links: links(), maxBodyBytes }),
  };
}

export type PayloadRoom = ReturnType<typeof openPayload>;

export type { BodyFor } from './body-for';
export type { EntryBodyOf } from './entry-body';
export { eventBody, standardBody } from './standard';
