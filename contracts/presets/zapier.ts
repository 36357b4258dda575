import { ordinary } from './parts';
import type { Preset } from './types';

/** "Webhooks by Zapier", Catch Hook: fields are mapped by hand, so there is one level of them. */
export const zapier: Preset = {
  ...ordinary,
  id: 'zapier',
  name: 'Zapier',
  group: 'start',
  description: 'preset.zapier.description',
  urls: [{ host: /^hooks\.zapier\.com$/ }],
  address: {
    kind: 'pasted',
    label: 'preset.zapier.address',
    hint: 'preset.zapier.address_hint',
    example: 'https://hooks.zapier.com/hooks/catch/000/xxxx/',
  },
  urlSecret: true,
  format: 'flat',
  limits: { bodyBytes: 10 * 1024 * 1024 },
};
