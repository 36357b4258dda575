import type { RenderInput } from './types';
import { contentOf, entryOf } from './standard-body';

/** The page of an entry in the content manager; empty for an event without one, or if the address is not known. */
export function entryUrlOf({ event, site }: Pick<RenderInput, 'event' | 'site'>): string {
  const { uid, documentId, locale } = event;
  if (site.adminUrl === '' || uid === null || documentId === null) return '';
  const page = event.single
    ? `single-types/${uid}`
    : `collection-types/${uid}/${encodeURIComponent(documentId)}`;
  const query = locale === null ? '' : `?plugins[i18n][locale]=${encodeURIComponent(locale)}`;
  return `${site.adminUrl}/content-manager/${page}${query}`;
}

/** The names that a template can use, besides `secret`. */
export function scopeOf(input: RenderInput): Record<string, unknown> {
  const { together = [input], ...common } = input;
  return { ...oneOf(input), events: together.map((one) => oneOf({ ...common, ...one })) };
}

function oneOf(input: RenderInput): Record<string, unknown> {
  const { event, site, webhook } = input;
  const { data, timestamp } = contentOf(input.body);
  const changedFields = event.changedFields ?? (data['changedFields'] as unknown) ?? null;
  return {
    event: {
      id: event.messageId,
      type: event.type,
      name: event.name ?? event.type,
      action: event.action,
      at: timestamp,
      uid: event.uid,
      model: event.model,
      documentId: event.documentId,
      locale: event.locale,
      status: event.status,
      changedFields,
      test: event.test,
    },
    entry: entryOf(data) ?? data,
    data,
    previous: data['previous'] ?? null,
    changedFields,
    shownBy: data['shownBy'] ?? { entries: [], total: 0, truncated: false },
    actor: event.actor,
    site: { url: site.serverUrl, adminUrl: site.adminUrl },
    entryUrl: entryUrlOf(input),
    webhook: { name: webhook.name },
  };
}
