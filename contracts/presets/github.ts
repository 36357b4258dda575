import { ordinary, tokenField } from './parts';
import type { Preset } from './types';

/**
 * https://docs.github.com/rest/repos/repos#create-a-repository-dispatch-event: `event_type` of at most 100 characters,
 * at most ten keys in `client_payload`, 204. The workflow listens for `repository_dispatch`.
 */
export const github: Preset = {
  ...ordinary,
  id: 'github',
  name: 'GitHub Actions',
  group: 'start',
  description: 'preset.github.description',
  urls: [
    { host: /^api\.github\.com$/, path: /^\/repos\/[^/]+\/[^/]+\/dispatches$/ },
    { host: /^(www\.)?github\.com$/, path: /^\/[^/]+\/[^/]+/ },
  ],
  address: {
    kind: 'built',
    url: 'https://api.github.com/repos/{repository}/dispatches',
    parts: [
      {
        name: 'repository',
        label: 'preset.github.repository',
        hint: null,
        example: 'kovalenko/website',
        pattern: /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/,
      },
    ],
  },
  fields: [
    {
      name: 'event_type',
      kind: 'liquid',
      label: 'preset.github.event_type',
      hint: 'preset.github.event_type_hint',
      example: 'strapi',
      default: '{{ event.type }}',
      required: true,
    },
    tokenField('preset.github.token', 'preset.github.token_hint'),
  ],
  events: ['*.published', '*.unpublished'],
  format: 'template',
  template: {
    method: 'POST',
    bodyType: 'json',
    body: `{% capture event_type %}«event_type»{% endcapture %}{
  "event_type": "{{ event_type | strip | default: event.type | truncate: 100, "" }}",
  "client_payload": {
    "event": {{ event.type }},
    "id": {{ event.id }},
    "at": {{ event.at }},
    "uid": {{ event.uid }},
    "documentId": {{ event.documentId }},
    "locale": {{ event.locale }},
    "status": {{ event.status }},
    "url": {{ entryUrl }}
  }
}`,
  },
  headers: [
    { name: 'Authorization', value: 'Bearer {{ secret.token }}' },
    { name: 'Accept', value: 'application/vnd.github+json' },
    { name: 'X-GitHub-Api-Version', value: '2022-11-28' },
  ],
  limits: { bodyBytes: 64 * 1024 },
};
