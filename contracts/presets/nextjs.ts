import { ordinary, pageEvents, tokenField } from './parts';
import type { Preset } from './types';

/** A route handler of the site, which calls `revalidateTag` and `revalidatePath` (nextjs.org/docs/app/api-reference/functions). */
export const nextjs: Preset = {
  ...ordinary,
  id: 'nextjs',
  name: 'Next.js',
  group: 'site',
  description: 'preset.nextjs.description',
  urls: [{ path: /^\/api\/revalidate\/?$/ }],
  address: {
    kind: 'pasted',
    label: 'preset.nextjs.address',
    hint: 'preset.nextjs.address_hint',
    example: 'https://www.example.com/api/revalidate',
  },
  fields: [
    {
      name: 'path',
      kind: 'liquid',
      label: 'preset.nextjs.path',
      hint: 'preset.nextjs.path_hint',
      example: '/articles/{{ entry.slug }}',
      default: '',
      required: false,
    },
    tokenField('preset.nextjs.token', 'preset.nextjs.token_hint'),
  ],
  events: pageEvents,
  format: 'template',
  template: {
    method: 'POST',
    bodyType: 'json',
    body: `{% capture path %}«path»{% endcapture %}{% assign page = path | strip %}{
  "tags": [
    {{ event.model | default: event.type }}
    {%- if event.documentId %},
    "{{ event.model }}:{{ event.documentId }}"
    {%- endif %}
  ],
  "paths": [{% if page != "" %}{{ page }}{% endif %}]
}`,
  },
  headers: [{ name: 'X-Revalidate-Secret', value: '{{ secret.token }}' }],
};
