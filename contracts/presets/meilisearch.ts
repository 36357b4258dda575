import {
  liveEvents,
  onlyRemoved,
  ordinary,
  putOrDelete,
  recordKey,
  tokenField,
  unlessRemoved,
} from './parts';
import type { Preset } from './types';

/**
 * https://www.meilisearch.com/docs/reference/api/documents: POST replaces documents, DELETE takes one away. The key has
 * a name of its own, since an entry has `id` and `documentId`, and each of its locales is a document.
 */
export const meilisearch: Preset = {
  ...ordinary,
  id: 'meilisearch',
  name: 'Meilisearch',
  group: 'sync',
  description: 'preset.meilisearch.description',
  urls: [{ host: /\.meilisearch\.(io|com)$/ }, { path: /^\/indexes\/[^/]+\/documents\/?$/ }],
  address: {
    kind: 'pasted',
    label: 'preset.meilisearch.address',
    hint: 'preset.meilisearch.address_hint',
    example: 'https://search.example.com/indexes/articles/documents',
  },
  fields: [tokenField('preset.meilisearch.token', 'preset.meilisearch.token_hint')],
  events: liveEvents,
  format: 'template',
  template: {
    method: putOrDelete('POST'),
    path: onlyRemoved(`/${recordKey}`),
    query: [{ name: 'primaryKey', value: 'record' }],
    bodyType: 'json',
    body: unlessRemoved(`{% capture key %}${recordKey}{% endcapture %}[{{ entry | with: "record", key }}]`),
  },
  headers: [{ name: 'Authorization', value: 'Bearer {{ secret.token }}' }],
};
