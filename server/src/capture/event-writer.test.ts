import type { MappedEvent, TypePlan } from '../catalog';
import { shownBefore } from '../content';
import type { NewEvent } from '../store/events';
import { createEventWriter } from './event-writer';
import type { Origin, WriterDeps } from './event-writer';
import type { ReadChange } from './read-change';

const entry = { id: 7, documentId: 'd', title: 'Soups' };
const read = {
  change: { action: 'created', documentId: 'd', locale: null, status: 'draft', rowId: 7, known: {} },
  ...{ before: null, after: entry, problem: null },
} as unknown as ReadChange;
const origin = {
  ...{ actor: { type: 'system' }, transactionId: null, publications: null, guarantee: 'transaction' },
  cause: null,
} as unknown as Origin;

/** @param letters of the text in the fields that a webhook has chosen */
function set(letters: number, { maxEventBytes = Infinity, mapped = [] as Partial<MappedEvent>[] } = {}) {
  const taken: number[] = [];
  const warned: string[] = [];
  const plan = {
    ...{ uid: 'api::article.article', typeName: 'article', content: { created: 'article.created' }, mapped },
    ...{ comparable: [], compared: [], judged: [], contentPopulate: {}, trim: (one: object) => one },
    read: { draft: { selection: { beyond: true } } },
  } as unknown as TypePlan;
  const writer = createEventWriter({
    interest: { wants: () => true },
    rows: {
      sanitised: (_uid: string, row: object) => Promise.resolve(row),
      told: () => ({ entry: mapped.length > 0 ? { ...entry, text: 'x'.repeat(letters) } : entry }),
      selected: () => ({ entry: { title: 'x'.repeat(letters) } }),
    },
    links: () => ({}),
    log: { warn: (line: string) => void warned.push(line) },
    coreEntryOf: (_plan: unknown, _type: string, _read: unknown, bytes: number) => {
      taken.push(bytes);
      return Promise.resolve(null);
    },
    newMessageId: () => 'msg_1',
    now: () => 0,
    ...{ maxBodyBytes: 1000, maxEventBytes },
  } as unknown as WriterDeps);
  const write = async (change = read): Promise<NewEvent[]> => writer.events(plan, [change], origin);
  return { taken, warned, write };
}

const bytes = ({ body, selected, snapshot }: NewEvent): number =>
  [body, selected, snapshot].reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);

describe('the texts of an event', () => {
  it('are within what one statement holds, all together: chosen fields that do not fit go thin', async () => {
    const fits = set(500);
    const [whole] = await fits.write();
    const together = bytes(whole as NewEvent);
    expect(JSON.parse(whole?.selected ?? '')).toEqual({ entry: { title: 'x'.repeat(500) } });
    // What Strapi's own webhook tells has the rest.
    expect(fits.taken).toEqual([together]);

    const [exact] = await set(500, { maxEventBytes: together }).write();
    expect(exact?.selected).toBe(whole?.selected);
    const [above] = await set(500, { maxEventBytes: together - 1 }).write();
    expect(JSON.parse(above?.selected ?? '')).toEqual({
      thin: expect.stringMatching(/^too_large: the chosen fields have 522 bytes, the limit is \d+$/),
    });
    expect(above?.body).toBe(whole?.body);
  });

  it('who showed an entry is cut to what is left beside them', async () => {
    const shown = {
      uid: 'api::page.page',
      documentId: 'p',
      locale: null,
      status: 'published',
      title: 'Page',
    };
    const entries = Array.from({ length: 100 }, () => ({ ...shown, slug: null, via: ['cover'] }));
    const before = { ...entry, [shownBefore]: { title: null, entries, total: 100, truncated: false } };
    const gone = { ...read, before } as unknown as ReadChange;
    const [whole] = await set(500).write(gone);
    expect(whole?.shownBy?.entries).toHaveLength(100);
    const [event] = await set(500, { maxEventBytes: bytes(whole as NewEvent) + 1000 }).write(gone);
    expect(event?.selected).toBe(whole?.selected);
    expect(event?.shownBy).toMatchObject({ total: 100, truncated: true });
    expect(event?.shownBy?.entries.length).toBeGreaterThan(3);
    expect(Buffer.byteLength(JSON.stringify(event?.shownBy))).toBeLessThanOrEqual(1000);
  });

  it('chosen fields, and the input of a payload function, may be as large as eight bodies', async () => {
    const [event] = await set(7900).write();
    expect(event?.selected).toContain('"entry"');
    expect((await set(8000).write())[0]?.selected).toContain('the limit is 8000');
    const rule = [{ on: ['created'] }] as unknown as MappedEvent['rule'];
    const mapped = [{ type: 'article.made', deferred: true, fields: [], rule }];
    const made = async (letters: number, maxEventBytes?: number) =>
      (await set(letters, { mapped, ...(maxEventBytes && { maxEventBytes }) }).write())[1];
    expect((await made(7800))?.snapshot).toContain('xxx');
    expect((await made(8000))?.thinReason).toMatch(/the limit for a payload function is 8000$/);
    expect((await made(7800, 2000))?.thinReason).toMatch(/the limit for a payload function is 2000$/);
  });

  it('never tell what an error says, which may be anything: that is for the log', async () => {
    const rule = [{ on: ['created'] }] as unknown as MappedEvent['rule'];
    const build = () => {
      throw new Error('card 4242 was declined');
    };
    const { write, warned } = set(10, { mapped: [{ type: 'article.made', fields: [], rule, build }] });
    const [, event] = await write();
    expect(event?.thinReason).toBe('not_built: the data could not be built from the entry');
    expect(JSON.parse(event?.body ?? '')).toMatchObject({ data: { thin: event?.thinReason } });
    expect(JSON.stringify(event)).not.toContain('4242');
    expect(warned).toEqual([
      expect.stringMatching(/^event-webhooks: article\.made of .*card 4242 was declined$/),
    ]);
  });
});
