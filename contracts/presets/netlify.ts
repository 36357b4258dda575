import { oneBuild, ordinary } from './parts';
import type { Preset } from './types';

/** https://docs.netlify.com/build/configure-builds/build-hooks: the URL is the secret; the title is shown in the list of builds. */
export const netlify: Preset = {
  ...ordinary,
  id: 'netlify',
  name: 'Netlify',
  group: 'site',
  description: 'preset.netlify.description',
  urls: [{ host: /^api\.netlify\.com$/, path: /^\/build_hooks\// }],
  address: {
    kind: 'pasted',
    label: 'preset.netlify.address',
    hint: 'preset.netlify.address_hint',
    example: 'https://api.netlify.com/build_hooks/xxxx',
  },
  urlSecret: true,
  events: ['*.published', '*.unpublished'],
  format: 'template',
  template: {
    method: 'POST',
    bodyType: 'none',
    query: [
      {
        name: 'trigger_title',
        value: '{{ event.type }} {{ entry.title | default: entry.name | truncate: 80 }}',
      },
    ],
  },
  collapse: oneBuild,
};
