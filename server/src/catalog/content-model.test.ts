import type { Struct } from '@strapi/strapi';
import { isMany, visibleAttributes } from './content-model';
import type { ContentModel } from './content-model';

describe('the catalog’s view of a content type', () => {
  it('is one that Strapi’s own types fit', () => {
    const fromStrapi = (schema: Struct.ContentTypeSchema | Struct.ComponentSchema): ContentModel => schema;
    expect(fromStrapi).toBeDefined();
  });

  it('knows which relations lead to many', () => {
    const many = (relation: string) => isMany({ type: 'relation', relation });
    expect(['oneToMany', 'manyToMany', 'manyWay', 'morphMany'].map(many)).toEqual([true, true, true, true]);
    expect(['oneToOne', 'manyToOne', 'oneWay', 'morphOne'].map(many)).toEqual([false, false, false, false]);
  });

  it('leaves out what is secret or has no one target', () => {
    const model: ContentModel = {
      uid: 'api::a.a',
      modelName: 'a',
      info: { displayName: 'A' },
      options: { privateAttributes: ['margin'] },
      attributes: {
        title: { type: 'string' },
        password: { type: 'password' },
        token: { type: 'string', private: true },
        margin: { type: 'decimal' },
        cost: { type: 'decimal' },
        related: { type: 'relation', relation: 'morphToMany' },
        localizations: {
          type: 'relation',
          relation: 'oneToMany',
          target: 'api::a.a',
          unstable_virtual: true,
        },
      },
    };
    const names = visibleAttributes(model, { get: () => model, privateAttributes: ['cost'] }).map(
      ([name]) => name,
    );
    expect(names).toEqual(['title']);
  });
});
