import { createCatalog } from './catalog';
import { everyComponents, everyTypes } from './everything.fixture';
import { loaded } from './playground.fixture';
import { emptyValues, misfits } from './schema-check.fixture';

const core = ['entry.create', 'entry.draft-discard', 'media.create', 'media-folder.create'];
const licensed = ['releases.publish', 'review-workflows.updateEntryStage'];
const make = (allowedHubEvents: string[], contentTypes = everyTypes) =>
  createCatalog({ contentTypes, components: everyComponents, config: {}, allowedHubEvents });

describe('what is only announced', () => {
  const catalog = make([...core, ...licensed, 'myPlugin.thingHappened', 'deployed']);
  const types = catalog.list().filter(({ source }) => source === 'plugin');

  it('releases, review stages, locales, and what other plugins allow; nothing that we capture ourselves', () => {
    expect(types.map(({ type }) => type)).toEqual([
      'release.published',
      'review_stage.changed',
      'locale.created',
      'locale.updated',
      'locale.deleted',
      'my_plugin.thing_happened',
      'plugin.deployed',
    ]);
    for (const { guarantee, group } of types)
      expect({ guarantee, group }).toEqual({ guarantee: 'announced', group: 'system' });
  });

  it('has complete samples that fit their schemas', () => {
    for (const { type, schema, sample, displayName } of types) {
      expect([type, ...misfits(schema, sample), ...emptyValues(sample)]).toEqual([type]);
      expect(displayName).toMatch(/^[A-Z]/);
    }
  });

  it('is not offered where it is never announced: a feature without licence, a Strapi without i18n', () => {
    const { 'plugin::i18n.locale': _locale, ...rest } = everyTypes;
    expect(
      make(core, rest)
        .list()
        .some(({ source }) => source === 'plugin'),
    ).toBe(false);
  });

  it('a release that failed is no published release', () => {
    const event = catalog.announced('releases.publish');
    expect(event?.type).toBe('release.published');
    expect(event?.build({ isPublished: false, error: {} })).toBeNull();
    expect(event?.build(undefined)).toBeNull();
    const release = {
      id: 1,
      documentId: 'r',
      name: 'Winter',
      releasedAt: new Date(0),
      status: 'done',
      actions: [],
    };
    expect(event?.build({ isPublished: true, release })).toEqual({
      id: 1,
      documentId: 'r',
      name: 'Winter',
      releasedAt: '1970-01-01T00:00:00.000Z',
      scheduledAt: null,
      timezone: null,
      status: 'done',
    });
  });

  it('a review stage tells from and to', () => {
    const build = catalog.announced('review-workflows.updateEntryStage')?.build;
    const payload = {
      model: 'article',
      uid: 'api::article.article',
      entity: { id: 4, documentId: 'a', locale: null, status: 'draft' },
      workflow: { id: 1, stages: { from: { id: 1, name: 'To do' }, to: { id: 2, name: 'Done' } } },
    };
    expect(build?.(payload)).toMatchObject({
      documentId: 'a',
      locale: null,
      workflow: { to: { id: 2, name: 'Done' } },
    });
    expect(build?.({})).toBeNull();
  });

  it('a renamed locale tells its former name', () => {
    const build = catalog.announced('locale.update')?.build;
    expect(
      build?.({ localeId: 2, name: 'B', code: 'uk', changes: { name: { before: 'A', after: 'B' } } }),
    ).toEqual({
      id: 2,
      name: 'B',
      code: 'uk',
      previousName: 'A',
    });
  });

  it('passes on what another plugin announces', () => {
    const event = catalog.announced('myPlugin.thingHappened');
    expect(event?.build({ a: 1 })).toEqual({ event: 'myPlugin.thingHappened', payload: { a: 1 } });
    expect(event?.build(undefined)).toEqual({ event: 'myPlugin.thingHappened', payload: null });
    expect(catalog.announced('entry.create')).toBeUndefined();
    expect(catalog.announced('nothing.known')).toBeUndefined();
  });

  it('where an app has a type of that name, the plugin’s gets its plugin in front', () => {
    const info = { singularName: 'release', displayName: 'Release' };
    const options = { draftAndPublish: true };
    const release = loaded('api::release.release', {
      info,
      options,
      attributes: { title: { type: 'string' } },
    });
    const music = make(licensed, { ...everyTypes, [release.uid]: release });
    expect(music.get('release.published')?.uid).toBe('api::release.release');
    expect(music.announced('releases.publish')?.type).toBe('content_releases_release.published');
  });
});
