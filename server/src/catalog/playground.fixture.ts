import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attribute, ContentModel } from './content-model';

/** The playground's content types as Strapi loads them, for tests: read from its schema.json files. */
const playground = join(__dirname, '../../../playground/src');

type Schema = Omit<ContentModel, 'uid' | 'modelName'> & { info: { singularName: string } };

const read = (path: string): Schema => JSON.parse(readFileSync(path, 'utf8')) as Schema;
const named = (dir: string) => readdirSync(dir, { withFileTypes: true });

/** What core and i18n add to every content type when they load it. */
export function loaded(uid: string, schema: Omit<ContentModel, 'uid' | 'modelName'>): ContentModel {
  const localized =
    (schema.pluginOptions?.['i18n'] as { localized?: boolean } | undefined)?.localized === true;
  const datetime: Attribute = { type: 'datetime' };
  const creator: Attribute = { type: 'relation', relation: 'oneToOne', target: 'admin::user', private: true };
  return {
    ...schema,
    uid,
    modelName: schema.info.singularName ?? '',
    attributes: {
      ...schema.attributes,
      createdAt: datetime,
      updatedAt: datetime,
      publishedAt: datetime,
      createdBy: creator,
      updatedBy: creator,
      locale: { type: 'string', private: !localized },
      localizations: {
        type: 'relation',
        relation: 'oneToMany',
        target: uid,
        unstable_virtual: true,
        private: !localized,
      },
    },
  };
}

const appTypes = named(join(playground, 'api')).flatMap(({ name }): ContentModel[] => {
  const path = join(playground, 'api', name, 'content-types', name, 'schema.json');
  try {
    return [loaded(`api::${name}.${name}`, read(path))];
  } catch {
    // An API without a content type of its own: checkout.
    return [];
  }
});

const components = named(join(playground, 'components')).flatMap(({ name: category }) =>
  named(join(playground, 'components', category)).map(({ name: file }): ContentModel => {
    const name = file.replace(/\.json$/, '');
    return {
      ...read(join(playground, 'components', category, file)),
      uid: `${category}.${name}`,
      modelName: name,
    };
  }),
);

const text: Attribute = { type: 'string' };
const secret: Attribute = { type: 'string', private: true };

/** Content types of Strapi's own plugins, as far as the catalog has to do with them. */
export const pluginTypes: ContentModel[] = [
  loaded('plugin::users-permissions.user', {
    info: { singularName: 'user', displayName: 'User' },
    attributes: {
      username: text,
      email: { type: 'email' },
      provider: text,
      password: { type: 'password', private: true },
      resetPasswordToken: secret,
      confirmationToken: secret,
      confirmed: { type: 'boolean', default: false },
      blocked: { type: 'boolean', default: false },
      role: { type: 'relation', relation: 'manyToOne', target: 'plugin::users-permissions.role' },
    },
  }),
  loaded('plugin::users-permissions.role', {
    info: { singularName: 'role', displayName: 'Role' },
    attributes: { name: text, description: text, type: text },
  }),
  loaded('plugin::upload.file', {
    info: { singularName: 'file', displayName: 'File' },
    attributes: {
      name: text,
      alternativeText: { type: 'text' },
      caption: { type: 'text' },
      focalPoint: { type: 'json' },
      width: { type: 'integer' },
      height: { type: 'integer' },
      formats: { type: 'json' },
      hash: text,
      ext: text,
      mime: text,
      size: { type: 'decimal' },
      url: { type: 'text' },
      previewUrl: { type: 'text' },
      provider: text,
      provider_metadata: { type: 'json' },
      related: { type: 'relation', relation: 'morphToMany' },
      folder: { type: 'relation', relation: 'manyToOne', target: 'plugin::upload.folder', private: true },
      folderPath: secret,
    },
  }),
  loaded('plugin::upload.folder', {
    info: { singularName: 'folder', displayName: 'Folder' },
    attributes: {
      name: text,
      pathId: { type: 'integer' },
      parent: { type: 'relation', relation: 'manyToOne', target: 'plugin::upload.folder' },
      children: { type: 'relation', relation: 'oneToMany', target: 'plugin::upload.folder' },
      files: { type: 'relation', relation: 'oneToMany', target: 'plugin::upload.file' },
      path: text,
    },
  }),
  loaded('plugin::i18n.locale', {
    info: { singularName: 'locale', displayName: 'Locale' },
    attributes: { name: text },
  }),
  loaded('plugin::event-webhooks.webhook', {
    info: { singularName: 'webhook', displayName: 'Webhook' },
    attributes: { secrets: text },
  }),
  loaded('admin::user', {
    info: { singularName: 'user', displayName: 'User' },
    attributes: { firstname: text, email: { type: 'email', private: true }, password: { type: 'password' } },
  }),
];

export const byUid = (models: readonly ContentModel[]): Record<string, ContentModel> =>
  Object.fromEntries(models.map((model) => [model.uid, model]));

export const playgroundTypes = byUid([...appTypes, ...pluginTypes]);
export const playgroundComponents = byUid(components);
