import type { Catalog, ContentEventData, Entry, Links } from '../catalog/types';
import type { EventRow } from '../store/events';
import { reasonOf } from './reason';

export interface DeferredInput {
  event: EventRow;
  catalog: Catalog;
  links: Links;
  compose(input: { type: string; timestamp: string; data: unknown }): string;
  contentData(input: ContentEventData & { thin?: string }): Record<string, unknown>;
  maxBodyBytes: number;
}

/**
 * The body of an event whose payload is the site builder's own function: built from the snapshot at matching,
 * so that no code of theirs runs while an editor saves. Thin, with the reason, where the function throws.
 */
export function composeDeferred(input: DeferredInput): { body: string; thinReason: string | null } {
  const { event } = input;
  const compose = (data: unknown): string =>
    input.compose({ type: event.type, timestamp: new Date(event.occurredAt).toISOString(), data });
  try {
    const { uid, entry } = JSON.parse(event.snapshot ?? 'null') as { uid: string; entry: Entry };
    const mapped = input.catalog.plan(uid)?.mapped.find(({ type }) => type === event.type);
    if (!mapped) throw new Error(`the event type ${event.type} is no longer mapped`);
    const body = compose(mapped.build(entry, input.links));
    const bytes = Buffer.byteLength(body);
    if (bytes > input.maxBodyBytes)
      throw new Error(`too_large: ${bytes} bytes, the limit is ${input.maxBodyBytes}`);
    return { body, thinReason: null };
  } catch (error) {
    const thin = reasonOf(error);
    const data = input.contentData({
      uid: event.uid ?? '',
      model: event.type.split('.')[0] ?? '',
      documentId: event.documentId ?? '',
      locale: event.locale,
      status: event.status === 'draft' ? 'draft' : 'published',
      entry: { documentId: event.documentId },
      changedFields: event.changedFields ? [...event.changedFields] : null,
      previous: null,
      thin,
    });
    return { body: compose(data), thinReason: thin };
  }
}
