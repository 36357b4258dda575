import { oneBuild, ordinary } from './parts';
import type { Preset } from './types';

/** https://developers.cloudflare.com/pages/configuration/deploy-hooks: no body, the URL is the secret. */
export const cloudflarePages: Preset = {
  ...ordinary,
  id: 'cloudflare_pages',
  name: 'Cloudflare Pages',
  group: 'site',
  description: 'preset.cloudflare_pages.description',
  urls: [
    {
      host: /^api\.cloudflare\.com$/,
      path: /^\/client\/v4\/(pages\/webhooks|workers\/builds)\/deploy_hooks\//,
    },
  ],
  address: {
    kind: 'pasted',
    label: 'preset.cloudflare_pages.address',
    hint: 'preset.cloudflare_pages.address_hint',
    example: 'https://api.cloudflare.com/client/v4/pages/webhooks/deploy_hooks/xxxx',
  },
  urlSecret: true,
  events: ['*.published', '*.unpublished'],
  format: 'template',
  template: { method: 'POST', bodyType: 'none' },
  collapse: oneBuild,
};
