import { ordinary, pageEvents, tokenField } from './parts';
import type { Preset } from './types';

/** https://developers.cloudflare.com/cache/how-to/purge-cache: at most 30 addresses in a request, on every plan. */
export const cloudflarePurge: Preset = {
  ...ordinary,
  id: 'cloudflare_purge',
  name: 'Cloudflare',
  group: 'sync',
  description: 'preset.cloudflare_purge.description',
  urls: [{ host: /^api\.cloudflare\.com$/, path: /^\/client\/v4\/zones\/[0-9a-f]+\/purge_cache$/ }],
  address: {
    kind: 'built',
    url: 'https://api.cloudflare.com/client/v4/zones/{zone}/purge_cache',
    parts: [
      {
        name: 'zone',
        label: 'preset.cloudflare_purge.zone',
        hint: 'preset.cloudflare_purge.zone_hint',
        example: '023e105f4ecef8ad9ca31a8372d0c353',
        pattern: /^[0-9a-f]{32}$/,
      },
    ],
  },
  fields: [
    {
      name: 'pages',
      kind: 'message',
      label: 'preset.cloudflare_purge.pages',
      hint: 'preset.cloudflare_purge.pages_hint',
      example: 'https://www.example.com/articles/{{ entry.slug }}',
      default: '',
      required: true,
    },
    tokenField('preset.cloudflare_purge.token', 'preset.cloudflare_purge.token_hint'),
  ],
  events: pageEvents,
  format: 'template',
  template: {
    method: 'POST',
    bodyType: 'json',
    body: `{% capture pages %}«pages»{% endcapture %}{% assign files = pages | strip | split: "\\n" | compact | slice: 0, 30 %}{
  "files": {{ files }}
}`,
  },
  headers: [{ name: 'Authorization', value: 'Bearer {{ secret.token }}' }],
};
