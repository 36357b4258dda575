import { ordinary } from './parts';
import type { Preset } from './types';

/** An HTTP trigger of Pipedream. */
export const pipedream: Preset = {
  ...ordinary,
  id: 'pipedream',
  name: 'Pipedream',
  group: 'start',
  description: 'preset.pipedream.description',
  urls: [{ host: /\.m\.pipedream\.net$/ }],
  address: {
    kind: 'pasted',
    label: 'preset.pipedream.address',
    hint: 'preset.pipedream.address_hint',
    example: 'https://xxxx.m.pipedream.net',
  },
  urlSecret: null,
  format: 'standard',
  limits: { bodyBytes: 512 * 1024 },
};
