import { messageField, ordinary } from './parts';
import type { Preset } from './types';

/** https://docs.discord.com/developers/resources/webhook#execute-webhook: nobody is mentioned by a text of an entry. */
export const discord: Preset = {
  ...ordinary,
  id: 'discord',
  name: 'Discord',
  group: 'tell',
  description: 'preset.discord.description',
  urls: [{ host: /^((ptb|canary)\.)?discord(app)?\.com$/, path: /^\/api\/(v\d+\/)?webhooks\// }],
  address: {
    kind: 'pasted',
    label: 'preset.discord.address',
    hint: 'preset.discord.address_hint',
    example: 'https://discord.com/api/webhooks/000/XXXX',
  },
  urlSecret: true,
  fields: [messageField],
  events: ['*.published'],
  format: 'template',
  template: {
    method: 'POST',
    bodyType: 'json',
    body: `{% capture message %}«message»{% endcapture %}{% assign said = message | strip | default: event.type | truncate: 1500 %}{
  "content": "{{ said }}{% if entryUrl != "" %}\\n[Open in Strapi](<{{ entryUrl | truncate: 400, "" }}>){% endif %}",
  "allowed_mentions": { "parse": [] }
}`,
  },
  // A channel takes 30 messages a minute.
  rateLimit: { count: 30, seconds: 60 },
  limits: { messageLength: 1500 },
};
