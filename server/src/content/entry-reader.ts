import type { Core, UID } from '@strapi/strapi';
import { contentTypes } from '@strapi/utils';
import type { Entry } from '../catalog';

/** What one person may read of entries: as in the content manager. */
export interface EntryReader {
  /** The readable part of this row; null if it may not be read at all. */
  open(uid: string, rowId: number): Promise<OpenEntry | null>;
  /** Whether what these paths lead to may be read in every entry of the type: also in what is gone, or was before. */
  readsAlways(uid: string, paths: readonly string[]): boolean;
}

export interface OpenEntry {
  /** The entry without unreadable fields; unreadable related entries are reduced to their ids. */
  readable(entry: Entry): Promise<Entry>;
}

/** An ability of CASL. */
export interface Ability {
  can(action: string, subject?: unknown, field?: string): boolean;
  rulesFor(action: string, subject: string): readonly { conditions?: unknown }[];
}

/** The content manager's own. */
interface PermissionChecker {
  can: { read(entry?: unknown, field?: string): boolean };
  cannot: { read(entry?: unknown): boolean };
  sanitizedQuery: { read(query: object): Promise<object> };
}

interface PopulateBuilder {
  populateFromQuery(query: object): { build(): Promise<Record<string, unknown> | undefined> };
}

type Attributes = Readonly<Record<string, { type: string; target?: string; component?: string }>>;

interface Model {
  attributes: Attributes;
  pluginOptions?: { 'content-manager'?: { visible?: boolean } };
}

const readAction = 'plugin::content-manager.explorer.read';

/** The part of an unreadable related entry that is visible in the entry with the relation. */
const identity = ['id', 'documentId', 'locale'] as const;

/**
 * Uses the content manager's permission checker, like its own screens: roles, conditions such as *is
 * creator*, locales and single fields. If one cannot be evaluated, access is denied.
 */
export function createEntryReaders(strapi: Core.Strapi) {
  const contentManager = () => strapi.plugin('content-manager');

  const modelOf = (uid: string): Model => strapi.getModel(uid as UID.Schema) as unknown as Model;

  /** Others, such as files and roles of users, have no read permission that could be granted. */
  const isInContentManager = (uid: string): boolean =>
    modelOf(uid).pluginOptions?.['content-manager']?.visible !== false;

  const checkerOf = (ability: Ability, model: string): PermissionChecker =>
    (
      contentManager().service('permission-checker') as {
        create(of: { userAbility: Ability; model: string }): PermissionChecker;
      }
    ).create({ userAbility: ability, model });

  /** The row with everything that conditions may need, for example its creator. */
  const subjectOf = async (checker: PermissionChecker, uid: string, rowId: number): Promise<Entry | null> => {
    const query = await checker.sanitizedQuery.read({});
    const builder = contentManager().service('populate-builder') as (of: string) => PopulateBuilder;
    const populate = (await builder(uid).populateFromQuery(query).build()) ?? {};
    const params = strapi.get('query-params').transform(uid, { populate }) as object;
    return (await strapi.db
      .query(uid as UID.Schema)
      .findOne({ ...params, where: { id: rowId } } as never)) as Entry | null;
  };

  return (ability: Ability): EntryReader => {
    const isConditional = (uid: string): boolean =>
      ability.rulesFor(readAction, uid).some(({ conditions }) => conditions);

    /** The readable part of a related entry. */
    const related = async (uid: string, value: unknown): Promise<unknown> => {
      if (Array.isArray(value)) return inTurn(value, (one) => related(uid, one));
      if (!isEntry(value)) return value;
      if (uid === 'admin::user') return ability.can('admin::users.read') ? value : identityOf(value);
      if (!isInContentManager(uid)) return value;
      const checker = checkerOf(ability, uid);
      if (checker.cannot.read()) return identityOf(value);
      // Conditions may need data that is not read with a relation: a negated one would be met by missing
      // data.
      const subject = isConditional(uid) ? await subjectOf(checker, uid, Number(value.id)) : value;
      return subject && checker.can.read(subject)
        ? fieldsOf(uid, value, checker, subject)
        : identityOf(value);
    };

    /** `subject` is what the conditions are evaluated for. */
    const fieldsOf = async (
      uid: string,
      entry: Entry,
      checker: PermissionChecker,
      subject: Entry,
      path = '',
    ): Promise<Entry> => {
      const schema = modelOf(uid);
      const told: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(entry)) {
        const attribute = schema.attributes[name];
        const field = `${path}${name}`;
        if (!attribute || !isChosenByRoles(schema, name)) told[name] = value;
        else if (checker.can.read(subject, field)) told[name] = await whole(attribute, value);
        else if (attribute.component && mayReadAny(attribute.component, checker, subject, `${field}.`))
          told[name] = await inComponent(attribute.component, value, checker, subject, `${field}.`);
      }
      return told;
    };

    /** A readable field, with the readable part of its target. */
    const whole = async (
      { type, target, component }: Attributes[string],
      value: unknown,
    ): Promise<unknown> => {
      if (type === 'relation' && target !== undefined) return related(target, value);
      if (type === 'component' && component !== undefined) return parts(value, () => component);
      if (type === 'dynamiczone') return parts(value, ({ __component: own }) => String(own));
      return value;
    };

    const parts = async (value: unknown, uidOf: (part: Entry) => string): Promise<unknown> => {
      if (Array.isArray(value)) return inTurn(value, (one) => parts(one, uidOf));
      if (!isEntry(value)) return value;
      const { attributes } = modelOf(uidOf(value));
      const told: Record<string, unknown> = {};
      for (const [name, part] of Object.entries(value)) {
        const attribute = attributes[name];
        told[name] = attribute ? await whole(attribute, part) : part;
      }
      return told;
    };

    const inComponent = async (
      uid: string,
      value: unknown,
      checker: PermissionChecker,
      subject: Entry,
      path: string,
    ): Promise<unknown> => {
      if (Array.isArray(value)) return inTurn(value, (one) => inComponent(uid, one, checker, subject, path));
      return isEntry(value) ? fieldsOf(uid, value, checker, subject, path) : value;
    };

    /** Permissions are granted for the fields of a component, not for itself. */
    const mayReadAny = (uid: string, checker: PermissionChecker, subject: Entry, path: string): boolean =>
      Object.entries(modelOf(uid).attributes).some(
        ([name, { component }]) =>
          checker.can.read(subject, `${path}${name}`) ||
          (component !== undefined && mayReadAny(component, checker, subject, `${path}${name}.`)),
      );

    /** Whether what the path leads to may be read, whatever the entry is. */
    const readsPath = (uid: string, [name = '', ...rest]: readonly string[]): boolean => {
      if (uid === 'admin::user') return ability.can('admin::users.read');
      if (!isInContentManager(uid)) return true;
      const checker = checkerOf(ability, uid);
      if (isConditional(uid) || checker.cannot.read()) return false;
      const within = (model: Model, field: string, inner: readonly string[], prefix = ''): boolean => {
        const attribute = model.attributes[field];
        if (!attribute || !isChosenByRoles(model, field)) return inner.length === 0;
        const [next, ...behind] = inner;
        // Permissions are granted for the fields of a component.
        if (next !== undefined && attribute.component !== undefined)
          return within(modelOf(attribute.component), next, behind, `${prefix}${field}.`);
        if (!checker.can.read(undefined, `${prefix}${field}`)) return false;
        return next === undefined || attribute.target === undefined || readsPath(attribute.target, inner);
      };
      return within(modelOf(uid), name, rest);
    };

    return {
      readsAlways: (uid, paths) => paths.every((path) => readsPath(uid, path.split('.'))),

      async open(uid, rowId) {
        const checker = checkerOf(ability, uid);
        if (checker.cannot.read()) return null;
        const subject = await subjectOf(checker, uid, rowId);
        if (!subject || checker.cannot.read(subject)) return null;
        return { readable: (entry) => fieldsOf(uid, entry, checker, subject) };
      },
    };
  };
}

/** Ids and times are always readable with an entry. */
const isChosenByRoles = (model: Model, name: string): boolean =>
  contentTypes.isVisibleAttribute(model as never, name) &&
  contentTypes.isWritableAttribute(model as never, name);

/** One after the other: each may take a connection. */
async function inTurn<T>(values: readonly unknown[], work: (one: unknown) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (const value of values) done.push(await work(value));
  return done;
}

const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;

const identityOf = (entry: Entry): Entry =>
  Object.fromEntries(identity.filter((name) => name in entry).map((name) => [name, entry[name]]));
