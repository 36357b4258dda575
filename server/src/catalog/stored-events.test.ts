import { createCatalog } from './catalog';
import { everyComponents, everyTypes } from './everything.fixture';
import type { StoredEvent } from './types';

const sold = {
  ...{ type: 'thing.sold', displayName: 'Thing Sold', description: 'A thing is sold.' },
  ...{ contentType: 'api::thing.thing', on: [{ on: 'updated', when: { field: 'active', becomes: false } }] },
};
const stored = (id: number, more: Partial<StoredEvent> = {}): StoredEvent => ({
  ...{ id, displayName: `Event ${id}`, type: `thing.event_${id}`, description: '' },
  ...{ contentType: 'api::thing.thing', on: [{ on: ['created'], when: null }] },
  payload: { kind: 'entry', fields: null },
  ...more,
});
const make = (events: readonly StoredEvent[], config: unknown[] = []) =>
  createCatalog({
    contentTypes: everyTypes,
    components: everyComponents,
    config: { events: config },
    stored: events,
  });

describe('business events made on the screen', () => {
  it('stand beside those of the configuration, with what they declare', () => {
    const on = [{ on: ['updated'], when: { field: 'active', becomes: false } }];
    const catalog = make([stored(7, { on, payload: { kind: 'paths', paths: { name: 'name' } } })], [sold]);
    expect(catalog.get('thing.event_7')).toMatchObject({
      ...{ source: 'screen', businessEventId: 7, sample: { name: expect.any(String) } },
      declaration: { on, payload: { kind: 'paths', paths: { name: 'name' } } },
    });
    expect(catalog.get('thing.sold')).toMatchObject({
      source: 'config',
      declaration: { origin: 'config.events[0]', on, payload: { kind: 'entry', fields: null } },
    });
    expect(catalog.refused()).toEqual([]);
  });

  it('one that is wrong, or whose type is taken, is left out alone: who declares in code comes first', () => {
    const catalog = make(
      [
        stored(1, { type: 'thing.sold' }),
        stored(2, { contentType: 'api::gone.gone' }),
        stored(3, { on: null }),
        stored(4, { type: 'webhook.disabled' }),
        stored(5),
        stored(6, { type: 'thing.event_5' }),
      ],
      [sold],
    );
    expect(catalog.refused().map(({ businessEventId, problems }) => [businessEventId, problems[0]])).toEqual([
      [1, 'business event "Event 1": thing.sold is declared already, by config.events[0]'],
      [2, expect.stringContaining('"api::gone.gone" is not a content type')],
      [3, expect.stringContaining('business event "Event 3".on: ')],
      [4, expect.stringContaining('webhook.disabled is an event of the plugin event-webhooks itself')],
      [6, expect.stringContaining('is declared already, by business event "Event 5"')],
    ]);
    expect(catalog.get('thing.event_5')?.businessEventId).toBe(5);
    catalog.register({ ...sold, type: 'thing.event_5' });
    expect(catalog.get('thing.event_5')?.businessEventId).toBeUndefined();
    expect(catalog.refused().map(({ businessEventId }) => businessEventId)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('send the fields of a tree and nothing else, and know what of it is gone', () => {
    const fields = { fields: ['name', 'lost'], parts: { one: { tree: { fields: ['title'], parts: {} } } } };
    const catalog = make([stored(1, { payload: { kind: 'entry', fields } })], [{ ...sold, fields }]);
    const entry = {
      id: 1,
      documentId: 'd',
      name: 'N',
      text: 'T',
      one: { id: 2, title: 'One', picture: null },
    };
    const links = { serverUrl: '', adminUrl: '' };
    for (const mapped of catalog.plan('api::thing.thing')?.mapped ?? []) {
      expect(mapped.build(entry, links)).toMatchObject({ uid: 'api::thing.thing', documentId: 'd' });
      expect(mapped.build(entry, links)['entry']).toEqual({
        ...{ id: 1, documentId: 'd', name: 'N', one: { id: 2, title: 'One' } },
      });
    }
    expect(catalog.get('thing.event_1')?.gone).toEqual(['Thing › lost']);
    expect(catalog.get('thing.sold')?.gone).toEqual(['Thing › lost']);
    const both = make([], [{ ...sold, fields, payload: { a: 'name' } }]);
    expect(both.refused()[0]?.problems[0]).toContain('config.events[0].fields: cannot be given together');
  });

  it('are built by what they sent when they happened, whatever has become of them since', () => {
    const payload = { kind: 'paths' as const, paths: { who: 'name', title: 'one.title' } };
    const entry = { id: 1, documentId: 'd', name: 'N', one: { id: 2, title: 'One' } };
    const links = { serverUrl: '', adminUrl: '' };
    const catalog = make([]);
    expect(catalog.built('api::thing.thing', payload, entry, links)).toEqual({ who: 'N', title: 'One' });
    expect(() => catalog.built('api::gone.gone', payload, entry, links)).toThrow('not a content type');
  });

  it('a trial changes nothing, and does not take its own name for one that is taken', () => {
    const catalog = make([stored(1)]);
    expect(catalog.trial(stored(1), 1).problems).toEqual([]);
    expect(catalog.trial(stored(0, { type: 'thing.event_1' }), null).problems).toEqual([
      expect.stringContaining('.type: thing.event_1 is declared already'),
    ]);
    const tried = catalog.trial(
      stored(0, { type: 'thing.new', payload: { kind: 'paths', paths: { a: 'lost', b: 'secret' } } }),
      null,
    );
    expect(tried.problems).toEqual([expect.stringContaining('"secret"')]);
    const gone = catalog.trial(
      stored(0, { type: 'thing.new', payload: { kind: 'paths', paths: { a: 'lost' } } }),
      null,
    );
    expect(gone.missing).toEqual([{ path: ['paths', 'a'], message: expect.stringContaining('"lost"') }]);
    expect(catalog.get('thing.new')).toBeUndefined();
  });
});
