import type { Core } from '@strapi/strapi';
import type { PluginConfig } from '../config';
import { mask, masked } from '../delivery/attempt/mask';
import { openSecrets } from '../secrets';
import type { Store } from '../store';
import type { WebhookRow } from '../store/webhooks';
import { hiddenValues } from './hidden';

const token = 'xoxb-0123456789-abcdef';
const short = 'letmein-here';

/** Secrets of a Strapi with one webhook, whose template has these. */
function secretsWith(values: readonly string[], url: string) {
  const rows: WebhookRow[] = [];
  const secrets = openSecrets({
    strapi: { config: { get: (name: string) => (name === 'server.app.keys' ? ['a key'] : undefined) } },
    config: { secrets: { formerKeys: [] } } as unknown as PluginConfig,
    store: { webhooks: { all: async () => rows }, database: { pool: () => null } } as unknown as Store,
    now: () => 0,
  } as unknown as { strapi: Core.Strapi; config: PluginConfig; store: Store; now(): number });
  rows.push({
    ...{ id: 1, name: 'One', url, urlSealed: null, headers: [] },
    secrets: [
      { value: secrets.seal(`whsec_${Buffer.from('0123456789').toString('base64')}`), validUntil: null },
    ],
    templateSecrets: values.map((value, index) => ({ name: `s${index}`, value: secrets.seal(value) })),
  } as unknown as WebhookRow);
  return secrets;
}

describe('the secrets that an inbox masks', () => {
  const shown = async (text: string, url: string): Promise<string> =>
    mask(
      text,
      hiddenValues(await secretsWith([token, short], url).known(), (to) => to.startsWith('https://cms.')),
    );

  it.each([
    ['as they are', token],
    ['in JSON', JSON.stringify(token).slice(1, -1)],
    ['in base64', Buffer.from(token).toString('base64')],
  ])('are those of templates too, %s', async (_, spelled) => {
    expect(await shown(`key=${spelled};`, 'https://crm.example.com/')).toBe(`key=${masked};`);
  });

  it('are guessable ones only where the webhook sends to this Strapi', async () => {
    expect(await shown(short, 'https://crm.example.com/')).toBe(short);
    expect(await shown(short, 'https://cms.example.com/in')).toBe(masked);
  });
});
