import { ordinary, pageEvents, tokenField } from './parts';
import type { Preset } from './types';

/** https://www.fastly.com/documentation/reference/api/purging: at most 256 keys in the header, parted by spaces. */
export const fastlyPurge: Preset = {
  ...ordinary,
  id: 'fastly_purge',
  name: 'Fastly',
  group: 'sync',
  description: 'preset.fastly_purge.description',
  urls: [{ host: /^api\.fastly\.com$/, path: /^\/service\/[^/]+\/purge/ }],
  address: {
    kind: 'built',
    url: 'https://api.fastly.com/service/{service}/purge',
    parts: [
      {
        name: 'service',
        label: 'preset.fastly_purge.service',
        hint: null,
        example: 'SU1Z0isxPaozGVKXdv0eY',
        pattern: /^[A-Za-z0-9]{10,40}$/,
      },
    ],
  },
  fields: [
    {
      name: 'keys',
      kind: 'liquid',
      label: 'preset.fastly_purge.keys',
      hint: 'preset.fastly_purge.keys_hint',
      example: 'articles article-{{ event.documentId }}',
      default: '{{ event.model }} {{ event.model }}-{{ event.documentId }}',
      required: true,
    },
    tokenField('preset.fastly_purge.token', 'preset.fastly_purge.token_hint'),
  ],
  events: pageEvents,
  format: 'template',
  template: { method: 'POST', bodyType: 'none' },
  headers: [
    { name: 'Fastly-Key', value: '{{ secret.token }}' },
    { name: 'Surrogate-Key', value: '«keys»' },
    { name: 'Accept', value: 'application/json' },
  ],
};
