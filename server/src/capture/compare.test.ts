import { comparableOf } from '../catalog/comparable';
import { everyComponents, everything, everyTypes } from '../catalog/everything.fixture';
import type { ContentModel } from '../catalog/content-model';
import { facts } from '../conditions';
import { changedFields } from './compare';
import { beyond } from '../content/row';

const all = new Map<string, ContentModel>(
  [...Object.values(everyTypes), ...Object.values(everyComponents)].map((model) => [model.uid, model]),
);
const models = { get: (uid: string) => all.get(uid), privateAttributes: [] };
const comparable = comparableOf(everything, models);
const judged = comparableOf(everything, models, { bookkeeping: true });
const changed = (before: Record<string, unknown>, after: Record<string, unknown>, unread?: Set<string>) =>
  changedFields(comparable, before, after, unread);

describe('what changed between two rows of one document', () => {
  it('names scalars, relations by what they lead to, and components by their content', () => {
    const before = {
      name: 'a',
      validUntil: new Date(0),
      one: { id: 1, documentId: 'x' },
      box: { id: 1, label: 's' },
    };
    const after = {
      name: 'b',
      validUntil: new Date(0),
      one: { id: 2, documentId: 'x' },
      box: { id: 9, label: 's' },
    };
    expect(changed(before, after)).toEqual(['name']);
    expect(changed(before, { ...after, one: { id: 3, documentId: 'y' }, box: { label: 't' } })).toEqual([
      'name',
      'one',
      'box',
    ]);
  });

  it('takes a missing value and null for the same', () => {
    expect(changed({ name: null, many: [] }, {})).toEqual([]);
  });

  it('says nothing of what was not read', () => {
    const after = { name: 'b', one: { documentId: 'x' }, box: { label: 's' } };
    expect(changed({ name: 'a' }, after, new Set(['one', 'box']))).toEqual(['name']);
    expect(changed({ name: 'a' }, after)).toEqual(['name', 'one', 'box']);
  });

  it('an id within JSON is content; the order of keys is not', () => {
    expect(changed({ data: { id: 7 } }, { data: { id: 8 } })).toEqual(['data']);
    expect(changed({ data: { a: 1, b: [{ id: 1 }] } }, { data: { b: [{ id: 1 }], a: 1 } })).toEqual([]);
  });

  it('order is content: of files, of related entries, of components, of a zone', () => {
    const swap = (items: unknown[]) => [items[1], items[0]];
    const files = [
      { id: 1, documentId: 'a' },
      { id: 2, documentId: 'b' },
    ];
    const boxes = [
      { id: 1, label: 'a' },
      { id: 2, label: 'b' },
    ];
    const zone = [
      { id: 1, __component: 'shared.box', label: 'a' },
      { id: 1, __component: 'shared.note', body: 'b' },
    ];
    expect(
      changed(
        { gallery: files, many: files, boxes, zone },
        { gallery: swap(files), many: swap(files), boxes: swap(boxes), zone: swap(zone) },
      ),
    ).toEqual(['gallery', 'many', 'boxes', 'zone']);
  });

  it('rows of components and related rows are other rows after publishing: no change', () => {
    const zone = (first: number) => [
      {
        id: first,
        __component: 'shared.box',
        label: 'a',
        note: { id: first, body: 'n' },
        target: { id: first, documentId: 't' },
      },
    ];
    expect(changed({ zone: zone(1), boxes: zone(1) }, { zone: zone(8), boxes: zone(9) })).toEqual([]);
    const deeper = [{ ...zone(1)[0], note: { id: 1, body: 'other' } }];
    expect(changed({ zone: zone(1) }, { zone: deeper })).toEqual(['zone']);
  });

  it('of a long relation also what is beyond the limit', () => {
    const many = [{ id: 1, documentId: 'a' }];
    const with_ = (count: number, digest: string) => ({ many, [beyond]: { many: { count, digest } } });
    expect(changed(with_(5, 'x'), with_(5, 'x'))).toEqual([]);
    expect(changed(with_(5, 'x'), with_(6, 'x'))).toEqual(['many']);
    expect(changed(with_(5, 'x'), with_(5, 'y'))).toEqual(['many']);
  });

  it('JSON that is nested deeper than it can be compared counts as changed, and nothing throws', () => {
    const nested = (end: string): unknown => JSON.parse('['.repeat(4000) + `"${end}"` + ']'.repeat(4000));
    expect(changed({ data: nested('a') }, { data: nested('a') })).toEqual([]);
    expect(changed({ data: nested('a') }, { data: nested('b') })).toEqual(['data']);
  });
});

describe('the facts that conditions are judged by', () => {
  it('dates as ISO text, relations as ids in their order; what was not read is left out', () => {
    const row = { validUntil: new Date(0), many: [{ documentId: 'b' }, { documentId: 'a' }] };
    expect(facts(judged, ['validUntil', 'many', 'gone', 'name'], row)).toEqual({
      validUntil: '1970-01-01T00:00:00.000Z',
      many: ['b', 'a'],
    });
  });

  it('of rich text, JSON, components and zones that they changed, or are empty', () => {
    const names = ['story', 'data', 'box', 'zone'];
    const of = (row: Record<string, unknown>) => facts(judged, names, row);
    const row = { story: [{ type: 'paragraph' }], data: { id: 7 }, box: { id: 1, label: 'a' }, zone: [] };
    expect(of(row)).toEqual(of({ ...row, box: { id: 2, label: 'a' } }));
    const other = of({ story: [{ type: 'list' }], data: { id: 8 }, box: { id: 1, label: 'b' }, zone: [] });
    for (const name of ['story', 'data', 'box']) expect(other?.[name]).not.toBe(of(row)?.[name]);
    expect(of(row)?.zone).toBeNull();
    expect(facts(judged, ['data'], { data: 5 })).toEqual({ data: 5 });
  });
});
