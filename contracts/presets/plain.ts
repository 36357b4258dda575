import { ordinary } from './parts';
import type { Preset } from './types';

/** Any receiver: the standard format, and every setting by hand. */
export const plain: Preset = {
  ...ordinary,
  id: 'plain',
  name: 'Webhook',
  group: 'sync',
  description: 'preset.plain.description',
  urls: [],
  address: {
    kind: 'pasted',
    label: 'preset.plain.address',
    hint: 'preset.plain.address_hint',
    example: 'https://example.com/webhooks',
  },
};
