import { ordinary } from './parts';
import type { Preset } from './types';

/** A custom webhook of Make learns its fields from the first request, so each has all of them. */
export const make: Preset = {
  ...ordinary,
  id: 'make',
  name: 'Make',
  group: 'start',
  description: 'preset.make.description',
  urls: [{ host: /^hook\.([a-z0-9-]+\.)*(make|integromat)\.com$/ }],
  address: {
    kind: 'pasted',
    label: 'preset.make.address',
    hint: 'preset.make.address_hint',
    example: 'https://hook.eu1.make.com/xxxx',
  },
  urlSecret: true,
  format: 'flat',
  limits: { bodyBytes: 5 * 1024 * 1024 },
};
