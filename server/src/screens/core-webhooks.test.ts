import type { WebhookInput } from '../../../contracts';
import type { CoreWebhook } from './core-webhooks';
import { createCoreWebhooksService } from './core-webhooks';

const core = (change: Partial<CoreWebhook> = {}): CoreWebhook => ({
  id: 1,
  name: 'Shop',
  url: 'https://shop.example.com/hook',
  headers: {},
  events: ['entry.create'],
  isEnabled: true,
  ...change,
});

describe("Strapi's own webhooks", () => {
  const start = (
    all: CoreWebhook[],
    {
      defaults = {},
      taken = [] as number[],
      check = async () => undefined as void,
      disable = async () => undefined as void,
    } = {},
  ) => {
    const created: WebhookInput[] = [];
    const steps: string[] = [];
    const service = createCoreWebhooksService({
      all: async () => all,
      defaultHeaders: () => defaults,
      taken: async () => new Set(taken),
      disable: async ({ id }) => {
        steps.push(`disable ${id}`);
        await disable();
      },
      known: (subscription) => subscription !== 'review_stage.changed',
      webhooks: {
        check,
        create: async (input: WebhookInput) => {
          await check();
          created.push(input);
          steps.push(`create ${input.active ? 'on' : 'off'}`);
          return { id: 100 + created.length, name: input.name } as never;
        },
      },
    });
    return { service, created, steps };
  };
  const headers = (created: readonly WebhookInput[]) => created.flatMap((input) => input.headers);

  it('bring the default headers of config/server along, secret where they are long enough; their own stand above', async () => {
    const { service, created } = start([core({ headers: { authorization: 'Bearer own', 'x-site': '7' } })], {
      defaults: { Authorization: 'Bearer default', 'X-Source': 'cms' },
    });
    await service.import([1]);
    expect(headers(created)).toEqual([
      { name: 'authorization', value: 'Bearer own', secret: true },
      { name: 'X-Source', value: 'cms', secret: false },
      { name: 'x-site', value: '7', secret: false },
    ]);
    expect(created[0]?.active).toBe(false);
  });

  it('what cannot be taken is named beforehand and in the answer; the rest is taken', async () => {
    const { service, created } = start([
      core({
        events: ['entry.create', 'custom.happened', 'review-workflows.updateEntryStage', 'media.delete'],
        headers: { 'Content-Type': 'text/plain', 'X-Odd': 'a\nb', 'X y': '1', 'X-Good': '1' },
      }),
    ]);
    const leftOut = [
      { what: 'event', name: 'custom.happened', reason: 'has no counterpart here' },
      { what: 'event', name: 'review-workflows.updateEntryStage', reason: 'has no counterpart here' },
      {
        what: 'header',
        name: 'Content-Type',
        reason: 'is set by the sender itself and cannot be chosen',
      },
      { what: 'header', name: 'X-Odd', reason: 'must not contain line breaks or control characters' },
      { what: 'header', name: 'X y', reason: 'may hold letters, digits and - only' },
    ];
    const { results } = await service.importable();
    expect(results).toEqual([expect.objectContaining({ leftOut, refused: null, imported: false })]);
    expect(await service.import([1])).toEqual({
      imported: [{ name: 'Shop', id: 101, leftOut, original: 'untouched' }],
      refused: [],
    });
    expect(created[0]).toMatchObject({ events: ['*.created', 'media.deleted'] });
    expect(headers(created).map(({ name }) => name)).toEqual(['X-Good']);
  });

  it.each([
    [{ events: ['custom.happened'] }, 'none of its events has a counterpart here'],
    [{ events: [] }, 'none of its events has a counterpart here'],
    [{ url: 'ftp://example.com' }, 'url: must begin with https:// or http://'],
    [{ url: 'https://user:pw@example.com' }, /^url: must not contain a user name/],
    [{ name: ' \n ' }, 'name: is required'],
  ])('one that cannot be taken at all says why, before and after: %j', async (change, reason) => {
    const { service, created } = start([core(change), core({ id: 2, name: 'Good' })]);
    const refused = typeof reason === 'string' ? reason : expect.stringMatching(reason);
    expect((await service.importable()).results.map((one) => one.refused)).toEqual([refused, null]);
    const answer = await service.import([1, 2]);
    expect(answer.refused).toEqual([expect.objectContaining({ reason: refused })]);
    expect(created.map(({ name }) => name)).toEqual(['Good']);
  });

  it('an address that is refused is said beforehand; a name server that does not answer holds up nobody', async () => {
    const refuses = start([core()], {
      check: async () => {
        throw new Error('url: leads to 10.0.0.1');
      },
    });
    expect((await refuses.service.importable()).results[0]?.refused).toBe('url: leads to 10.0.0.1');
    const hangs = start([core()], { check: () => new Promise<void>(() => undefined) });
    expect((await hangs.service.importable()).results[0]?.refused).toBeNull();
  });

  it('more headers than a webhook may have, and a name that is too long or of two lines', async () => {
    const many = Object.fromEntries(Array.from({ length: 22 }, (_, n) => [`X-${n}`, String(n)]));
    const { service, created } = start([core({ name: `A\n${'b'.repeat(300)}`, headers: many })]);
    const { imported } = await service.import([1]);
    expect(imported[0]?.leftOut.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'X-20 must be at most 20',
      'X-21 must be at most 20',
    ]);
    expect(created[0]?.name).toBe(`A ${'b'.repeat(118)}`);
  });

  it('send what they have sent so far, so that no receiver has to be changed', async () => {
    const { service, created } = start([core()]);
    await service.import([1]);
    expect(created[0]).toMatchObject({ format: 'strapi', active: false });
  });

  it('are turned off if that is asked for, when the new one is on: no event is lost in between', async () => {
    const all = [core(), core({ id: 2, name: 'Off', isEnabled: false })];
    const { service, steps } = start(all);
    const { imported } = await service.import([1, 2], true);
    expect(steps).toEqual(['create on', 'disable 1', 'create off']);
    expect(imported.map(({ original }) => original)).toEqual(['disabled', 'untouched']);
    const stays = start(all);
    await stays.service.import([1, 2]);
    expect(stays.steps).toEqual(['create off', 'create off']);
  });

  it('one that cannot be turned off is imported all the same, and says so', async () => {
    const { service, created } = start([core()], {
      disable: async () => {
        throw new Error('Webhook event custom.happened is not supported');
      },
    });
    expect((await service.import([1], true)).imported).toMatchObject([{ id: 101, original: 'still_on' }]);
    expect(created).toHaveLength(1);
  });

  it('one that was taken before is not taken twice', async () => {
    const { service, created } = start([core()], { taken: [1] });
    expect((await service.importable()).results).toEqual([
      expect.objectContaining({ imported: true, refused: null }),
    ]);
    expect((await service.import([1])).refused).toEqual([{ name: 'Shop', reason: 'was imported before' }]);
    expect(created).toEqual([]);
  });
});
