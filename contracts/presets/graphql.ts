import { ordinary, tokenField } from './parts';
import type { Preset } from './types';

/** GraphQL over HTTP: `{ query, variables }`. What the mutation takes is `$event` and `$entry`. */
export const graphql: Preset = {
  ...ordinary,
  id: 'graphql',
  name: 'GraphQL',
  group: 'sync',
  description: 'preset.graphql.description',
  urls: [{ path: /\/graphql\/?$/ }],
  address: {
    kind: 'pasted',
    label: 'preset.graphql.address',
    hint: 'preset.graphql.address_hint',
    example: 'https://api.example.com/graphql',
  },
  fields: [
    {
      name: 'query',
      kind: 'message',
      label: 'preset.graphql.query',
      hint: 'preset.graphql.query_hint',
      example:
        'mutation Changed($event: JSON!, $entry: JSON) { changed(event: $event, entry: $entry) { id } }',
      default:
        'mutation Changed($event: JSON!, $entry: JSON) {\n  changed(event: $event, entry: $entry) { id }\n}',
      required: true,
    },
    tokenField('preset.field.token', 'preset.graphql.token_hint', false),
  ],
  format: 'template',
  template: {
    method: 'POST',
    bodyType: 'json',
    body: `{% capture query %}«query»{% endcapture %}{
  "query": {{ query }},
  "variables": { "event": {{ event }}, "entry": {{ entry }} }
}`,
  },
  headers: [
    { name: 'Authorization', value: 'Bearer {{ secret.token }}', needs: 'token' },
    { name: 'Accept', value: 'application/graphql-response+json, application/json' },
  ],
};
