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

/** https://typesense.org/docs/latest/api/documents.html: upsert and delete; `id` of a document is a text. */
export const typesense: Preset = {
  ...ordinary,
  id: 'typesense',
  name: 'Typesense',
  group: 'sync',
  description: 'preset.typesense.description',
  urls: [{ host: /\.typesense\.net$/ }, { path: /^\/collections\/[^/]+\/documents\/?$/ }],
  address: {
    kind: 'pasted',
    label: 'preset.typesense.address',
    hint: 'preset.typesense.address_hint',
    example: 'https://xxxx.a1.typesense.net/collections/articles/documents',
  },
  fields: [tokenField('preset.typesense.token', 'preset.typesense.token_hint')],
  events: liveEvents,
  format: 'template',
  template: {
    method: putOrDelete('POST'),
    path: onlyRemoved(`/${recordKey}`),
    query: [{ name: 'action', value: 'upsert' }],
    bodyType: 'json',
    body: unlessRemoved(`{% capture key %}${recordKey}{% endcapture %}{{ entry | with: "id", key }}`),
  },
  headers: [{ name: 'X-TYPESENSE-API-KEY', value: '{{ secret.token }}' }],
};
