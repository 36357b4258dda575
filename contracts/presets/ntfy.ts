import { messageField, ordinary, tokenField } from './parts';
import type { Preset } from './types';

/** https://docs.ntfy.sh/publish/#publish-as-json: to the root of the server, with the topic in the body; 4,096 bytes. */
export const ntfy: Preset = {
  ...ordinary,
  id: 'ntfy',
  name: 'ntfy',
  group: 'tell',
  description: 'preset.ntfy.description',
  urls: [{ host: /(^|\.)ntfy\./ }],
  address: {
    kind: 'pasted',
    label: 'preset.ntfy.address',
    hint: 'preset.ntfy.address_hint',
    example: 'https://ntfy.sh/our-newsroom',
    pathField: 'topic',
  },
  fields: [
    messageField,
    {
      name: 'topic',
      kind: 'liquid',
      label: 'preset.ntfy.topic',
      hint: 'preset.ntfy.topic_hint',
      example: 'our-newsroom',
      default: '',
      required: true,
    },
    tokenField('preset.field.token', 'preset.ntfy.token_hint', false),
  ],
  events: ['*.published'],
  format: 'template',
  template: {
    method: 'POST',
    bodyType: 'json',
    // A UTF-16 unit takes three bytes at most.
    body: `{% capture message %}«message»{% endcapture %}{% capture topic %}«topic»{% endcapture %}{
  "topic": "{{ topic | strip }}",
  "title": "{{ event.name | truncate: 100 }}",
  "message": "{{ message | strip | default: event.type | truncate: 1300 }}"
  {%- if entryUrl != "" %},
  "click": "{{ entryUrl }}"
  {%- endif %}
}`,
  },
  headers: [{ name: 'Authorization', value: 'Bearer {{ secret.token }}', needs: 'token' }],
  rateLimit: { count: 12, seconds: 60 },
  limits: { messageLength: 1300 },
};
