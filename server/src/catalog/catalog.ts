import type { UID } from '@strapi/strapi';
import { affectedEvent, causeOf } from './affected-events';
import { coreEntryWithoutAccounts, holdsAccounts, withoutAccounts } from './accounts';
import { announcedEvents } from './announced-events';
import type { Announcement } from './announced-events';
import { CatalogError } from './catalog-error';
import { declareCodeEvent } from './code-event';
import { comparableOf } from './comparable';
import { conditionSubject } from './condition-fields';
import { actionsOf, contentEvents } from './content-events';
import { comparingPlan } from './comparing-plan';
import type { OwnPlan } from './comparing-plan';
import { hasDrafts, isLocalized, sharedAttributes } from './content-model';
import type { ContentModel, ContentModels } from './content-model';
import { contentTypeNames } from './content-type-names';
import type { ContentTypeChoice } from './content-type-names';
import type { CodeDeclaration, Declaration, MappedDeclaration } from './declaration';
import {
  cutLists,
  defaultPopulate,
  isEntry,
  manyRelationsOf,
  mergePopulate,
  populateOf,
  shapeOf,
  toldShape,
  trimEntry,
} from './entry-shape';
import type { EntryShape } from './entry-shape';
import { createFieldChoices } from './field-choices';
import { attempted, fitting } from './fitting';
import { declareMappedEvent } from './mapped-event';
import { withAddresses, withFiles } from './files';
import { operationalEvents } from './operational-events';
import { networkPreset } from './presets/network';
import { waysBetween } from './ways';
import type { Catalog, Entry, EventType, Links, RefusedDeclaration, TypePlan, Ways } from './types';

export interface CatalogInput {
  /** `strapi.contentTypes`, by uid. */
  contentTypes: { readonly [Uid in UID.ContentType]: ContentModel };
  /** `strapi.components`, by uid. */
  components: { readonly [Uid in UID.Component]: ContentModel };
  config: {
    presets?: { network?: unknown };
    /** Business events, mapped (with `contentType`) or by code (with `schema` and `sample`). */
    events?: readonly unknown[];
    contentTypes?: ContentTypeChoice;
  };
  /** For links in the samples; an example if not given. */
  links?: Links;
  /** The base of file URLs, without trailing slash; unchanged URLs if not given. */
  fileBase?: string;
  /** Whether file URLs are signed here: payloads with files are then built at matching. */
  signsFiles?: () => boolean;
  /** Values of `strapi.get('webhookStore').allowedEvents`, other plugins' among them. */
  allowedHubEvents?: readonly string[];
  /** `api.responses.privateAttributes` of the app. */
  privateAttributes?: readonly string[];
  /** Declared by the app's code before the catalog is built, written as in `config.events`. */
  declared?: readonly unknown[];
}

const exampleLinks: Links = {
  serverUrl: 'https://cms.example.com',
  adminUrl: 'https://cms.example.com/admin',
};

/**
 * All event types of this Strapi. Pure: the same input gives the same catalog. A declaration that cannot be taken is left
 * out, and is among `refused()`: `config.events[2].type: must be lower case with dots, like payment.received`.
 *
 * @throws CatalogError naming each invalid option of a preset, or of `config.contentTypes`.
 */
export function createCatalog(input: CatalogInput): Catalog {
  const models = modelsOf(input);
  const names = contentTypeNames(Object.values(input.contentTypes), input.config.contentTypes);
  const context: Context = {
    ...{ input, models, names, links: input.links ?? exampleLinks },
    signsFiles: input.signsFiles ?? (() => false),
    addressed: (entry, model) =>
      withFiles(entry, model, models, (file) => withAddresses(file, input.fileBase ?? '')),
  };
  const { network } = input.config.presets ?? {};
  const preset = network === undefined || network === false ? [] : networkPreset(network, context);
  const given = [
    ...declareAll(input.config.events ?? [], 'config.events', context),
    ...declareAll(input.declared ?? [], 'declared', context),
  ];
  const { declarations, refused } = fitting(preset, given, (all) => assemble(all, context));
  let content = assemble(declarations, context);
  const mayHoldAccounts = (type: string): boolean => {
    const shape = content.whole.get(type);
    return shape !== undefined && holdsAccounts(shape);
  };
  return {
    ...createFieldChoices({
      ...{ models, addressed: context.addressed },
      whole: (type) => content.whole.get(type),
      hasOwnFields: (type) => content.ownFields.has(type),
    }),
    list: () => content.list,
    refused: () => refused,
    get: (type) => content.byType.get(type),
    plan: (uid) => content.plans.get(uid),
    subject(uid, locales) {
      const model = models.get(uid);
      return model === undefined ? undefined : conditionSubject(model, models, locales);
    },
    code: (type) => content.code.get(type)?.code,
    get ways() {
      return content.ways;
    },
    affected: (uid) => content.affected.get(uid),
    mayHoldAccounts,
    withoutAccounts(type, data) {
      const shape = content.whole.get(type);
      return shape !== undefined && mayHoldAccounts(type) ? withoutAccounts(data, shape) : null;
    },
    coreEntryWithoutAccounts(uid, entry) {
      const model = models.get(uid);
      return model === undefined ? null : coreEntryWithoutAccounts(entry, model, models);
    },
    tellsWhole: (type) => content.whole.has(type),
    withFiles(uid, entry, change) {
      const model = models.get(uid);
      return model === undefined ? entry : withFiles(entry, model, models, change);
    },
    announced: (hubEvent) => content.announced.get(hubEvent)?.announced,
    register(declaration) {
      const name = typeNamedBy(declaration);
      const at = `registered event ${name === null ? '' : `"${name}"`}`;
      const added = declare(declaration, at, context);
      // Assembled first, so that a refused declaration leaves the catalog unchanged.
      content = assemble([...declarations, added], context);
      declarations.push(added);
    },
  };
}

interface Context {
  input: CatalogInput;
  models: ContentModels;
  names: ReadonlyMap<string, string>;
  links: Links;
  signsFiles: () => boolean;
  /** A sample with realistic file URLs. */
  addressed: (entry: Entry, model: ContentModel) => Entry;
}

interface Content {
  list: readonly EventType[];
  byType: ReadonlyMap<string, EventType>;
  plans: ReadonlyMap<string, TypePlan>;
  ways: Ways;
  /** Event type by content type. */
  affected: ReadonlyMap<string, string>;
  /** Shape of the entry by event type, if the event contains it as a whole. */
  whole: ReadonlyMap<string, EntryShape>;
  /** Event types that say themselves which fields they tell. */
  ownFields: ReadonlySet<string>;
  code: ReadonlyMap<string, CodeDeclaration>;
  announced: ReadonlyMap<string, Announcement>;
}

function modelsOf({ contentTypes, components, privateAttributes = [] }: CatalogInput): ContentModels {
  const all = new Map(
    [...Object.values(components), ...Object.values(contentTypes)].map((model) => [model.uid, model]),
  );
  return { get: (uid) => all.get(uid), privateAttributes };
}

/** Each declaration of a list, checked by itself. */
const declareAll = (
  given: readonly unknown[],
  at: string,
  context: Context,
): (Declaration | RefusedDeclaration)[] =>
  given.map((one, index) => {
    const origin = `${at}[${index}]`;
    const found = attempted(() => declare(one, origin, context));
    return 'problems' in found ? { origin, type: typeNamedBy(one), ...found } : found.made;
  });

/** A mapped event names its content type; a code event does not. */
function declare(given: unknown, at: string, context: Context): Declaration {
  if (!isEntry(given)) throw new CatalogError([`${at}: must be an object that declares an event`]);
  const mapped = 'contentType' in given || 'on' in given;
  return mapped
    ? declareMappedEvent(given, { ...context, at, typeName: (uid) => context.names.get(uid) })
    : declareCodeEvent(given, { at, source: at.startsWith('config.') ? 'config' : 'code' });
}

const typeNamedBy = (declaration: unknown): string | null =>
  isEntry(declaration) && typeof declaration['type'] === 'string' ? declaration['type'] : null;

/** Combines declared and content events: one event type, one source. */
function assemble(declarations: readonly Declaration[], context: Context): Content {
  const declared = uniqueByType(declarations);
  const { types, plans, whole, ways, affected } = contentOf(declared, context);
  const announcements = announcedEvents({
    allowedHubEvents: context.input.allowedHubEvents ?? [],
    hasContentType: (uid) => Object.hasOwn(context.input.contentTypes, uid),
    isTaken: (name) => [...context.names.values()].includes(name),
  }).filter(({ eventType }) => !declared.has(eventType.type));
  const replaced = new Set(types.map(({ type }) => type).filter((type) => declared.has(type)));
  const business = [...declared.values()].map(({ eventType }) => ({
    ...eventType,
    replacesContentEvent: replaced.has(eventType.type),
  }));
  const list = [
    ...business,
    ...types.filter(({ type }) => !replaced.has(type)),
    ...announcements.map(({ eventType }) => eventType),
    ...operationalEvents.filter(({ type }) => !declared.has(type)),
  ];
  return {
    list: inOrder(list),
    byType: new Map(list.map((eventType) => [eventType.type, eventType])),
    ...{ plans, whole, ways, affected },
    ownFields: new Set(
      [...declared].flatMap(([type, one]) =>
        one.kind === 'mapped' && !one.mapped.followsTrees ? [type] : [],
      ),
    ),
    code: new Map(
      [...declared].flatMap(([type, one]) => (one.kind === 'code' ? [[type, one] as const] : [])),
    ),
    announced: new Map(announcements.map((one) => [one.hubEvent, one])),
  };
}

function uniqueByType(declarations: readonly Declaration[]): Map<string, Declaration> {
  const declared = new Map<string, Declaration>();
  const problems: string[] = [];
  for (const one of declarations) {
    const first = declared.get(one.eventType.type);
    if (first === undefined) declared.set(one.eventType.type, one);
    else problems.push(`${one.origin}: ${one.eventType.type} is declared already, by ${first.origin}`);
  }
  if (problems.length > 0) throw new CatalogError(problems);
  return declared;
}

/** The events and plans of each content type; a declared event of the same name replaces one of them. */
function contentOf(
  declared: ReadonlyMap<string, Declaration>,
  { input, models, names, addressed }: Context,
): Pick<Content, 'plans' | 'ways' | 'affected'> & { types: EventType[]; whole: Map<string, EntryShape> } {
  const types: EventType[] = [];
  const whole = new Map<string, EntryShape>();
  const plans = new Map<string, TypePlan>();
  const problems: string[] = [];
  const all = Object.values(input.contentTypes);
  const ways = waysBetween(
    all.filter(({ uid }) => names.has(uid)),
    models,
  );
  const affected = new Map<string, string>();
  for (const model of all) {
    const typeName = names.get(model.uid);
    const mapped = [...declared.values()].filter(
      (one): one is MappedDeclaration => one.kind === 'mapped' && one.uid === model.uid,
    );
    if (typeName === undefined && mapped.length === 0) continue;
    const tree = defaultPopulate(model, models);
    const shape = toldShape(model, tree, models);
    const own = typeName === undefined ? [] : contentEvents(shape, typeName, addressed);
    const cause = typeName === undefined ? undefined : causeOf(model.uid, ways, names);
    if (typeName !== undefined && cause !== undefined) {
      const event = affectedEvent(shape, typeName, cause, addressed);
      own.push(event);
      if (!declared.has(event.type)) affected.set(model.uid, event.type);
    }
    types.push(...own);
    for (const { type } of own) if (!declared.has(type)) whole.set(type, shape);
    for (const one of mapped) if (one.whole) whole.set(one.eventType.type, one.whole);
    problems.push(...own.flatMap(({ type }) => clash(declared.get(type), model)));
    const comparable = comparableOf(model, models);
    const read = mapped.map(({ populate }) => populate).reduce(mergePopulate, tree);
    const readShape = shapeOf(model, read, models);
    const plan: OwnPlan = {
      uid: model.uid,
      typeName: typeName ?? model.modelName,
      single: model.kind === 'singleType',
      drafts: hasDrafts(model),
      populate: populateOf(read),
      contentPopulate: populateOf(tree),
      manyRelations: manyRelationsOf(shape),
      localized: isLocalized(model),
      shared: sharedAttributes(model).filter((name) => comparable.some((field) => field.name === name)),
      cut: (entry, limit) => cutLists(entry, readShape, limit),
      content: contentActionsOf(model, typeName, declared),
      mapped: mapped.map((one) => one.mapped),
      trim: (entry) => trimEntry(entry, shape),
      comparable,
      judged: comparableOf(model, models, { bookkeeping: true }),
    };
    const fields = mapped.flatMap((one) => one.mapped.fields);
    const asked = { paths: fields, trees: { draft: [], published: [] } };
    plans.set(model.uid, comparingPlan(plan, { model, models, read, content: tree }, asked));
  }
  if (problems.length > 0) throw new CatalogError(problems);
  return { types, plans, whole, ways, affected };
}

/** Only an event mapped from the same content type can replace a content event. */
function clash(declaration: Declaration | undefined, model: ContentModel): string[] {
  if (declaration === undefined || (declaration.kind === 'mapped' && declaration.uid === model.uid))
    return [];
  const owner = `the content type ${model.info.displayName} (${model.uid})`;
  const way = 'choose another name, or exclude that type (config.contentTypes.exclude)';
  return [`${declaration.origin}: ${declaration.eventType.type} is an event of ${owner} already; ${way}`];
}

function contentActionsOf(
  model: ContentModel,
  typeName: string | undefined,
  declared: ReadonlyMap<string, Declaration>,
): TypePlan['content'] {
  if (typeName === undefined) return {};
  const actions = actionsOf(model).filter((action) => !declared.has(`${typeName}.${action}`));
  return Object.fromEntries(actions.map((action) => [action, `${typeName}.${action}`]));
}

const groupOrder = ['business', 'content', 'media', 'users', 'system'] as const;

/** By group; within one, in the order of declaration and of the content types. */
const inOrder = (types: readonly EventType[]): EventType[] =>
  groupOrder.flatMap((group) => types.filter((type) => type.group === group));
