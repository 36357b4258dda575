import type { Core } from '@strapi/strapi';
import type { Catalog } from '../catalog/types';
import { createAnnouncementCapture } from './announcement-capture';

describe('what is announced, kept until it is written', () => {
  const warned: string[] = [];
  const capture = createAnnouncementCapture({
    strapi: {
      log: { warn: (text: string) => warned.push(text), error: (text: string) => warned.push(text) },
      requestContext: { get: () => undefined },
    } as unknown as Core.Strapi,
    catalog: () =>
      ({
        announced: (name: string) => ({ type: name, build: (data: unknown) => data }),
      }) as unknown as Catalog,
    interest: {
      wants: () => true,
      wantsCoreEntry: () => false,
      plan: () => null,
      refresh: async () => undefined,
    },
    silence: { active: () => false, without: (_reason, run) => run() },
    newMessageId: () => 'msg_1',
    now: () => 0,
    wake: () => undefined,
  });

  it('does not grow without end: what is too much is named and counted', async () => {
    for (let index = 0; index < 10_020; index += 1) await capture.listener('other.event', { index });
    expect(warned).toEqual([
      expect.stringContaining('other.event and what is announced from here on is lost'),
    ]);
    expect(capture.take(20_000)).toHaveLength(10_000);
    expect(warned[1]).toContain('20 announcements were lost');
    expect(capture.take(20_000)).toEqual([]);
  });

  it('what could not be written comes first the next time', async () => {
    await capture.listener('first', { n: 1 });
    capture.giveBack(capture.take(20_000));
    await capture.listener('second', { n: 2 });
    expect(capture.take(20_000).map(({ type }) => type)).toEqual(['first', 'second']);
  });
});
