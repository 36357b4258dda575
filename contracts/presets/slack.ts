import { messageField, ordinary } from './parts';
import type { Preset } from './types';

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: `text` is what notifications show. */
export const slack: Preset = {
  ...ordinary,
  id: 'slack',
  name: 'Slack',
  group: 'tell',
  description: 'preset.slack.description',
  urls: [{ host: /^hooks\.slack(-gov)?\.com$/, path: /^\/services\// }],
  address: {
    kind: 'pasted',
    label: 'preset.slack.address',
    hint: 'preset.slack.address_hint',
    example: 'https://hooks.slack.com/services/T000/B000/XXXX',
  },
  urlSecret: true,
  fields: [messageField],
  events: ['*.published'],
  format: 'template',
  template: {
    method: 'POST',
    bodyType: 'json',
    body: `{% capture message %}«message»{% endcapture %}{% assign said = message | strip | default: event.type | slack: 3000 %}{
  "text": "{{ said }}",
  "unfurl_links": false,
  "blocks": [
    { "type": "section", "text": { "type": "mrkdwn", "text": "{{ said }}" } }
    {%- if entryUrl != "" %},
    { "type": "context", "elements": [
      { "type": "mrkdwn", "text": "<{{ entryUrl | slack }}|Open in Strapi>" }
    ] }
    {%- endif %}
  ]
}`,
  },
  rateLimit: { count: 1, seconds: 1 },
  limits: { messageLength: 3000 },
};
