import { oneBuild, ordinary } from './parts';
import type { Preset } from './types';

/** https://vercel.com/docs/deploy-hooks: no body, the URL is the secret; 100 deployments a day on the smallest plan. */
export const vercel: Preset = {
  ...ordinary,
  id: 'vercel',
  name: 'Vercel',
  group: 'site',
  description: 'preset.vercel.description',
  urls: [{ host: /^api\.vercel\.com$/, path: /^\/v\d+\/integrations\/deploy\// }],
  address: {
    kind: 'pasted',
    label: 'preset.vercel.address',
    hint: 'preset.vercel.address_hint',
    example: 'https://api.vercel.com/v1/integrations/deploy/prj_xxxx/xxxx',
  },
  urlSecret: true,
  events: ['*.published', '*.unpublished'],
  format: 'template',
  template: { method: 'POST', bodyType: 'none' },
  collapse: oneBuild,
};
