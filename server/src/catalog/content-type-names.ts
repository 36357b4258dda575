import { CatalogError } from './catalog-error';
import { adminUserUid, endUserUid, fileUid, folderUid } from './content-model';
import type { ContentModel } from './content-model';

export interface ContentTypeChoice {
  include?: readonly string[];
  exclude?: readonly string[];
}

/** Plugin types with content events by default. */
const alwaysOn: ReadonlySet<string> = new Set([endUserUid, fileUid, folderUid]);

/** Types whose word in the catalog is not their singular name. */
const ownNames: Readonly<Record<string, string>> = {
  [fileUid]: 'media',
  [folderUid]: 'media_folder',
  [adminUserUid]: 'admin_user',
};

/**
 * These have no content events, even if they are included: some are announced under another name
 * (`release.published`, `locale.created`), the rest is internal to Strapi, including secrets.
 */
const inner =
  /^(strapi::|plugin::(i18n|content-releases|review-workflows)\.|plugin::upload\.(?!file$|folder$)|admin::(?!user$))/;
const ours = /^plugin::event-webhooks\./;

/**
 * The content types with automatic events, with the segment at the beginning of their events:
 * `api::blog-post.blog-post` → `blog_post`.
 *
 * @throws CatalogError naming the invalid entry of `config.contentTypes`.
 */
export function contentTypeNames(
  contentTypes: readonly ContentModel[],
  choice: ContentTypeChoice = {},
): Map<string, string> {
  checkChoice(contentTypes, choice);
  const taking = contentTypes.filter((model) => takesPart(model.uid, choice));
  const wanted = new Map<string, ContentModel[]>();
  for (const model of taking) {
    const name = ownNames[model.uid] ?? segment(model.info.singularName ?? model.modelName);
    wanted.set(name, [...(wanted.get(name) ?? []), model]);
  }
  const names = new Map<string, string>();
  for (const [name, models] of wanted) {
    for (const model of models)
      names.set(model.uid, keepsName(model, models) ? name : `${owner(model.uid)}_${name}`);
  }
  // In the order of the schemas, not of the names.
  return new Map(taking.map(({ uid }) => [uid, names.get(uid) ?? segment(uid)]));
}

/** Whether events can be mapped from its changes, whether or not it has automatic ones. */
export const mayBeMapped = (uid: string): boolean => !ours.test(uid) && !inner.test(uid);

/** `Blog-Post` → `blog_post`: the allowed characters between the dots of an event type. */
export const segment = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '') || 'unnamed';

function takesPart(uid: string, { include = [], exclude = [] }: ContentTypeChoice): boolean {
  if (!mayBeMapped(uid) || exclude.includes(uid)) return false;
  return uid.startsWith('api::') || alwaysOn.has(uid) || include.includes(uid);
}

/** Which type keeps the name: the app's own before a plugin's, and none of several equal ones. */
function keepsName(model: ContentModel, all: readonly ContentModel[]): boolean {
  if (all.length === 1) return true;
  const ofApp = all.filter(({ uid }) => uid.startsWith('api::'));
  return ofApp.length === 1 && ofApp[0] === model;
}

/** `plugin::users-permissions.user` → `users_permissions`. */
const owner = (uid: string): string => segment(uid.replace(/^\w+::/, '').replace(/\..*$/, ''));

function checkChoice(
  contentTypes: readonly ContentModel[],
  { include = [], exclude = [] }: ContentTypeChoice,
): void {
  const known = new Set(contentTypes.map(({ uid }) => uid));
  const problems = [
    ...include.map((uid, at) => [`config.contentTypes.include[${at}]`, uid] as const),
    ...exclude.map((uid, at) => [`config.contentTypes.exclude[${at}]`, uid] as const),
  ].flatMap(([path, uid]) => {
    if (!known.has(uid)) return [`${path}: "${uid}" is not a content type of this Strapi`];
    if (mayBeMapped(uid) || path.includes('exclude')) return [];
    return [`${path}: "${uid}" is part of Strapi itself and gives no content events`];
  });
  if (problems.length > 0) throw new CatalogError(problems);
}
