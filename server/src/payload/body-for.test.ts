import { createCatalog } from '../catalog';
import type { CatalogInput } from '../catalog';
import { createBodyFor } from './body-for';
import type { WholeEvent } from './body-for';
import { standardBody } from './standard';

const uid = 'api::note.note';
const noteType = {
  ...{ uid, modelName: 'note', info: { singularName: 'note', displayName: 'Note' } },
  attributes: {
    title: { type: 'string' },
    text: { type: 'text' },
    notes: { type: 'relation', relation: 'oneToMany', target: uid },
  },
};
const catalog = createCatalog({
  contentTypes: { [uid]: noteType } as unknown as CatalogInput['contentTypes'],
  components: {} as CatalogInput['components'],
  config: {},
});
const bodyFor = (maxBodyBytes = 10_000) => createBodyFor({ catalog: () => catalog, maxBodyBytes });

const data = {
  ...{ uid, model: 'note', documentId: 'n', locale: null, status: 'published' },
  entry: {
    id: 1,
    documentId: 'n',
    title: 'T',
    text: 'long',
    notes: [{ id: 2, documentId: 'm', title: 'U' }],
  },
  changedFields: ['title', 'text'],
  previous: { title: 'S', text: 'short' },
};
const event = (more: Partial<WholeEvent> = {}): WholeEvent => ({
  ...{ type: 'note.updated', uid, selected: null },
  body: standardBody({ type: 'note.updated', timestamp: '2026-01-01T00:00:00.000Z', data }),
  ...more,
});
const title = { events: ['note.*'], fields: { [uid]: { fields: ['title'], parts: {} } } };
const deep = {
  events: ['note.*'],
  fields: {
    [uid]: {
      fields: [],
      parts: {
        notes: { tree: { fields: [], parts: { notes: { tree: { fields: ['title'], parts: {} } } } } },
      },
    },
  },
};
const told = (body: string) => (JSON.parse(body) as { data: Record<string, unknown> }).data;

describe('the body that a webhook is sent', () => {
  it('is that of the event where it chooses nothing of this content type', () => {
    const { body } = event();
    expect(bodyFor().of({ events: ['note.*'], fields: null }, event())).toBe(body);
    expect(
      bodyFor().of({ events: ['*'], fields: { 'api::else.else': { fields: [], parts: {} } } }, event()),
    ).toBe(body);
  });

  it('has the chosen fields alone, of what was and of what changed too', () => {
    expect(told(bodyFor().of(title, event()))).toEqual({
      ...data,
      ...{
        entry: { id: 1, documentId: 'n', title: 'T' },
        changedFields: ['title'],
        previous: { title: 'S' },
      },
    });
  });

  it('is made of what was read for it, in the log and for a sample alike', () => {
    const entry = { id: 1, documentId: 'n', notes: [{ id: 2, documentId: 'm', notes: [] }] };
    expect(told(bodyFor().of(deep, event({ selected: JSON.stringify({ entry }) })))['entry']).toEqual(entry);
    expect(told(bodyFor().of(deep, event()))['thin']).toContain('fields_not_read');
    const sample = told(bodyFor().of(deep, event({ selected: 'sample' })));
    expect(sample['entry']).toMatchObject({ notes: [{ notes: [{ title: expect.any(String) }] }] });
    expect(sample).not.toHaveProperty('thin');
  });

  it('is thin, with the reason, where even the chosen fields are too many', () => {
    const entry = { id: 1, documentId: 'n', title: 'x'.repeat(600) };
    const body = bodyFor(500).of(title, event({ selected: JSON.stringify({ entry }) }));
    expect(told(body)).toMatchObject({ entry: { documentId: 'n' }, previous: null });
    expect(told(body)['thin']).toMatch(/^too_large: \d+ bytes, the limit is 500$/);
  });

  it('of an affected entry says why, also where it is chosen from or too large', () => {
    const because = [{ type: 'note.updated', documentId: 'm' }];
    const { changedFields: _changed, previous: _previous, ...rest } = data;
    const body = standardBody({
      ...{ type: 'note.affected', timestamp: '2026-01-01T00:00:00.000Z' },
      data: { ...rest, because },
    });
    const webhook = { ...title, events: ['note.affected'] };
    expect(told(bodyFor().of(webhook, event({ type: 'note.affected', body })))).toMatchObject({
      entry: { id: 1, documentId: 'n', title: 'T' },
      because,
    });
    const selected = JSON.stringify({ entry: { id: 1, documentId: 'n', title: 'x'.repeat(600) } });
    const thin = told(bodyFor(500).of(webhook, event({ type: 'note.affected', body, selected })));
    expect([thin['because'], thin['thin']]).toEqual([because, expect.stringContaining('too_large')]);
  });

  it('is not chosen from again where the event was made for one webhook', () => {
    const row = { ...event(), cause: 'triggered' } as unknown as Parameters<
      ReturnType<typeof bodyFor>['ofRow']
    >[1];
    expect(bodyFor().ofRow(deep, row, 'as it is')).toBe('as it is');
  });
});
