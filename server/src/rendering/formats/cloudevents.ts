import { contentOf } from '../standard-body';
import type { RenderInput } from '../types';

/** For a site whose public address is not known: `source` must not be empty. */
const unknownSource = 'urn:strapi:event-webhooks';

/** CloudEvents 1.0 in structured mode (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md). */
export function cloudEvent({ event, body, site }: RenderInput): string {
  const { data, timestamp } = contentOf(body);
  return JSON.stringify({
    specversion: '1.0',
    id: event.messageId,
    source: site.serverUrl === '' ? unknownSource : site.serverUrl,
    type: event.type,
    // An attribute that is not known is left out: null is no value of one.
    ...(event.documentId === null ? {} : { subject: event.documentId }),
    time: timestamp,
    datacontenttype: 'application/json',
    data,
  });
}
