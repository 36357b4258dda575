import { liveEvents, ordinary, putOrDelete, recordKey, tokenField, unlessRemoved } from './parts';
import type { Preset } from './types';

/** https://www.algolia.com/doc/rest-api/search/add-or-update-object: PUT and DELETE of one record; 10 KB on small plans. */
export const algolia: Preset = {
  ...ordinary,
  id: 'algolia',
  name: 'Algolia',
  group: 'sync',
  description: 'preset.algolia.description',
  urls: [{ host: /\.algolia(net\.com|\.net)$/ }],
  address: {
    kind: 'built',
    url: 'https://{app}.algolia.net/1/indexes/{index}',
    parts: [
      {
        name: 'app',
        label: 'preset.algolia.app',
        hint: null,
        example: 'B1G2GM9NG0',
        pattern: /^[A-Za-z0-9]{4,40}$/,
      },
      {
        name: 'index',
        label: 'preset.field.index',
        hint: null,
        example: 'articles',
        pattern: /^[A-Za-z0-9_.-]{1,256}$/,
      },
    ],
  },
  fields: [tokenField('preset.algolia.token', 'preset.algolia.token_hint')],
  events: liveEvents,
  format: 'template',
  template: {
    method: putOrDelete('PUT'),
    path: `/${recordKey}`,
    bodyType: 'json',
    body: unlessRemoved('{{ entry }}'),
  },
  headers: [
    { name: 'X-Algolia-Application-Id', value: '«app»' },
    { name: 'X-Algolia-API-Key', value: '{{ secret.token }}' },
  ],
  limits: { bodyBytes: 100 * 1024 },
};
