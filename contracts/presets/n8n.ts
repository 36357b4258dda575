import { ordinary } from './parts';
import type { Preset } from './types';

/** The Webhook node of n8n: `/webhook-test/` works only while somebody listens in the editor. */
export const n8n: Preset = {
  ...ordinary,
  id: 'n8n',
  name: 'n8n',
  group: 'start',
  description: 'preset.n8n.description',
  urls: [
    { path: /^\/webhook-test\//, warning: 'preset.n8n.test_address' },
    { host: /\.n8n\.cloud$/, path: /^\/webhook\// },
    { path: /^\/webhook\/[0-9a-f]{8}-[0-9a-f-]{27}$/ },
  ],
  address: {
    kind: 'pasted',
    label: 'preset.n8n.address',
    hint: 'preset.n8n.address_hint',
    example: 'https://n8n.example.com/webhook/0a1b2c3d-xxxx',
  },
  urlSecret: true,
  format: 'standard',
  limits: { bodyBytes: 16 * 1024 * 1024 },
};
