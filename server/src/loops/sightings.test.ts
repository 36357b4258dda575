import { createSightings } from './sightings';
import type { NewSighting } from './types';

const sighting = (more: Partial<NewSighting> = {}): NewSighting => ({
  ...{ webhookId: 1, uid: 'api::article.article', documentId: 'doc', locale: null },
  actor: { type: 'api_token', id: '7', name: 'Site' },
  ...more,
});

describe('what is changed often', () => {
  const setUp = () => createSightings({ threshold: 3, windowMs: 1000 });

  it('is looked up at the threshold, and again after as many', () => {
    const sightings = setUp();
    const due = Array.from({ length: 7 }, (_, at) => sightings.count([sighting()], at).length);
    expect(due).toEqual([0, 0, 1, 0, 0, 1, 0]);
  });

  it('is not, where it is spread over longer than the window', () => {
    const sightings = setUp();
    const due = Array.from({ length: 9 }, (_, at) => sightings.count([sighting()], at * 600).length);
    expect(due.every((count) => count === 0)).toBe(true);
  });

  it.each([
    { webhookId: 2 },
    { documentId: 'other' },
    { uid: 'api::page.page' },
    { actor: { type: 'api_token', id: '8', name: null } },
    { actor: { type: 'user', id: '7', name: null } },
  ])('is counted apart from %j', (other) => {
    const sightings = setUp();
    for (let at = 0; at < 2; at += 1) {
      expect(sightings.count([sighting(), sighting(other)], at)).toEqual([]);
    }
  });

  it('is left alone for a while where it was found to be no loop', () => {
    const sightings = setUp();
    sightings.clear(sighting(), 100);
    for (let at = 0; at < 20; at += 1) expect(sightings.count([sighting()], at)).toEqual([]);
    expect(sightings.count([sighting(), sighting(), sighting()], 101)).toHaveLength(1);
  });

  it('is looked up at each change while it is suspected', () => {
    const sightings = setUp();
    sightings.suspect(sighting(), 100);
    const due = Array.from({ length: 4 }, (_, at) => sightings.count([sighting()], at).length);
    expect(due).toEqual([1, 1, 1, 1]);
    sightings.clear(sighting(), 5);
    expect(sightings.count([sighting()], 6)).toEqual([]);
  });

  it('takes no more memory than so much, however many documents are changed', () => {
    const sightings = setUp();
    for (let doc = 0; doc < 20_000; doc += 1) sightings.count([sighting({ documentId: String(doc) })], 0);
    // The first was forgotten, the last was not.
    sightings.count([sighting({ documentId: '0' })], 1);
    expect(sightings.count([sighting({ documentId: '0' })], 1)).toHaveLength(0);
    sightings.count([sighting({ documentId: '19999' })], 1);
    expect(sightings.count([sighting({ documentId: '19999' })], 1)).toHaveLength(1);
  });
});
