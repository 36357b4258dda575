import { messageField, ordinary } from './parts';
import type { Preset } from './types';

/** The Workflows app of Microsoft Teams ("When a Teams webhook request is received"): an Adaptive Card, at most 28 KB. */
export const teams: Preset = {
  ...ordinary,
  id: 'teams',
  name: 'Microsoft Teams',
  group: 'tell',
  description: 'preset.teams.description',
  urls: [
    { host: /\.logic\.azure\.com$/, path: /^\/workflows\// },
    { host: /\.api\.powerplatform\.com$/, path: /\/workflows\// },
    { host: /(^|\.)webhook\.office\.com$/, warning: 'preset.teams.retired_address' },
  ],
  address: {
    kind: 'pasted',
    label: 'preset.teams.address',
    hint: 'preset.teams.address_hint',
    example: 'https://prod-00.westeurope.logic.azure.com/workflows/XXXX',
  },
  urlSecret: true,
  fields: [messageField],
  events: ['*.published'],
  format: 'template',
  template: {
    method: 'POST',
    bodyType: 'json',
    body: `{% capture message %}«message»{% endcapture %}{% assign said = message | strip | default: event.type | truncate: 5000 %}{
  "type": "message",
  "attachments": [
    {
      "contentType": "application/vnd.microsoft.card.adaptive",
      "contentUrl": null,
      "content": {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
          { "type": "TextBlock", "text": "{{ said }}", "wrap": true },
          { "type": "TextBlock", "text": "{{ event.at | date: "%e %B %Y, %H:%M" }} UTC", "isSubtle": true, "size": "Small" }
        ]
        {%- if entryUrl != "" %},
        "actions": [{ "type": "Action.OpenUrl", "title": "Open in Strapi", "url": "{{ entryUrl }}" }]
        {%- endif %}
      }
    }
  ]
}`,
  },
  rateLimit: { count: 4, seconds: 1 },
  limits: { messageLength: 5000, bodyBytes: 28 * 1024 },
};
