/**
 * The parts of a content type or component that the catalog reads. Strapi's own `Struct.ContentTypeSchema`
 * and `Struct.ComponentSchema` are assignable to it (content-model.test.ts), and so is a hand-written one.
 */
export interface ContentModel {
  uid: string;
  modelName: string;
  kind?: 'collectionType' | 'singleType';
  info: { displayName: string; singularName?: string };
  options?: { draftAndPublish?: boolean; privateAttributes?: readonly string[] };
  pluginOptions?: Readonly<Record<string, unknown>>;
  attributes: Readonly<Record<string, Attribute>>;
}

/** The union of the properties of all kinds of attributes; `type` decides which of them exist. */
export interface Attribute {
  type: string;
  private?: boolean;
  required?: boolean;
  default?: unknown;
  enum?: readonly string[];
  min?: number | string;
  max?: number | string;
  minLength?: number;
  maxLength?: number;
  component?: string;
  components?: readonly string[];
  repeatable?: boolean;
  multiple?: boolean;
  allowedTypes?: unknown;
  relation?: string;
  target?: string;
  inversedBy?: string;
  mappedBy?: string;
  unstable_virtual?: boolean;
  pluginOptions?: object;
}

/** All content types and components, and the app's global private attributes. */
export interface ContentModels {
  get(uid: string): ContentModel | undefined;
  /** `api.responses.privateAttributes` of the app. */
  privateAttributes: readonly string[];
}

export const fileUid = 'plugin::upload.file';
export const folderUid = 'plugin::upload.folder';
export const endUserUid = 'plugin::users-permissions.user';
export const adminUserUid = 'admin::user';

/** Accounts: personal data, sent only to webhooks that name the event. */
export const isSensitive = (uid: string): boolean => uid === endUserUid || uid === adminUserUid;

export const hasDrafts = (model: ContentModel): boolean => model.options?.draftAndPublish === true;

/** i18n's mark on a content type with locales, and on its localised attributes. */
export function isLocalized(marked: { pluginOptions?: object }): boolean {
  const { i18n } = (marked.pluginOptions ?? {}) as { i18n?: unknown };
  return typeof i18n === 'object' && i18n !== null && 'localized' in i18n && i18n.localized === true;
}

/** Attributes that i18n copies to the other locales of a document. It does not copy relations and uids. */
export const sharedAttributes = (model: ContentModel): string[] =>
  isLocalized(model)
    ? Object.entries(model.attributes)
        .filter(([, attribute]) => !['relation', 'uid'].includes(attribute.type) && !isLocalized(attribute))
        .map(([name]) => name)
    : [];

/**
 * The attributes that can be sent: without passwords, private ones, and relations without a fixed target or
 * that the database does not store (i18n's `localizations`), in the order of the schema.
 */
export function visibleAttributes(model: ContentModel, models: ContentModels): [string, Attribute][] {
  const hidden = new Set([...models.privateAttributes, ...(model.options?.privateAttributes ?? [])]);
  return Object.entries(model.attributes).filter(
    ([name, attribute]) =>
      attribute.type !== 'password' &&
      attribute.private !== true &&
      !hidden.has(name) &&
      !(
        attribute.type === 'relation' &&
        (attribute.target === undefined || attribute.unstable_virtual === true)
      ),
  );
}

/** Whether the attribute holds a list: of components, files or related entries. */
export function isMany({ type, repeatable, multiple, relation }: Attribute): boolean {
  if (type === 'component') return repeatable === true;
  if (type === 'media') return multiple === true;
  // oneToMany, manyToMany, manyWay, morphMany; a manyToOne leads to one.
  return relation === 'manyWay' || /Many$/.test(relation ?? '');
}
