import { affectedEvent, causeOf } from './affected-events';
import { announcedEvents } from './announced-events';
import type { Announcement } from './announced-events';
import type { CatalogContext } from './catalog-context';
import { comparableOf } from './comparable';
import { comparingPlan } from './comparing-plan';
import type { OwnPlan } from './comparing-plan';
import { actionsOf, contentEvents } from './content-events';
import { hasDrafts, isLocalized, sharedAttributes } from './content-model';
import type { ContentModel } from './content-model';
import type { CodeDeclaration, Declaration, MappedDeclaration } from './declaration';
import {
  cutLists,
  defaultPopulate,
  manyRelationsOf,
  mergePopulate,
  populateOf,
  shapeOf,
  toldShape,
  trimEntry,
} from './entry-shape';
import type { EntryShape } from './entry-shape';
import { operationalEvents } from './operational-events';
import type { EventType, TypePlan, Ways } from './types';
import { waysBetween } from './ways';

/** What a catalog answers with. */
export interface Content {
  list: readonly EventType[];
  byType: ReadonlyMap<string, EventType>;
  plans: ReadonlyMap<string, TypePlan>;
  ways: Ways;
  /** Event type by content type. */
  affected: ReadonlyMap<string, string>;
  /** The content types' own events by type, also those that a declared one replaces. */
  own: ReadonlyMap<string, EventType>;
  /** Shape of the entry by event type, if the event contains it as a whole. */
  whole: ReadonlyMap<string, EntryShape>;
  /** Event types that say themselves which fields they tell. */
  ownFields: ReadonlySet<string>;
  code: ReadonlyMap<string, CodeDeclaration>;
  announced: ReadonlyMap<string, Announcement>;
}

/** Combines declared and content events: one event type, one source. The declarations fit together (`fitting`). */
export function assemble(declarations: readonly Declaration[], context: CatalogContext): Content {
  const declared = new Map(declarations.map((one) => [one.eventType.type, one]));
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
    ...operationalEvents,
  ];
  return {
    list: inOrder(list),
    byType: new Map(list.map((eventType) => [eventType.type, eventType])),
    ...{ plans, ways, affected },
    own: new Map(types.map((eventType) => [eventType.type, eventType])),
    whole,
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

/** The events and plans of each content type; a declared event of the same name replaces one of them. */
function contentOf(
  declared: ReadonlyMap<string, Declaration>,
  context: CatalogContext,
): Pick<Content, 'plans' | 'ways' | 'affected' | 'whole'> & { types: EventType[] } {
  const { input, models, names, addressed } = context;
  const types: EventType[] = [];
  const whole = new Map<string, EntryShape>();
  const plans = new Map<string, TypePlan>();
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
    const shape = toldShape(model, defaultPopulate(model, models), models);
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
    plans.set(
      model.uid,
      planOf(model, mapped, (type) => declared.has(type), context),
    );
  }
  return { types, plans, whole, ways, affected };
}

/**
 * What a change of this content type may give, with these mapped events.
 *
 * @param isDeclared whether a declared event has the place of this content event
 */
export function planOf(
  model: ContentModel,
  mapped: readonly MappedDeclaration[],
  isDeclared: (type: string) => boolean,
  { models, names }: CatalogContext,
): TypePlan {
  const typeName = names.get(model.uid);
  const tree = defaultPopulate(model, models);
  const shape = toldShape(model, tree, models);
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
    content: contentActionsOf(model, typeName, isDeclared),
    mapped: mapped.map((one) => one.mapped),
    trim: (entry) => trimEntry(entry, shape),
    comparable,
    judged: comparableOf(model, models, { bookkeeping: true }),
  };
  const fields = mapped.flatMap((one) => one.mapped.fields);
  const asked = { paths: fields, trees: { draft: [], published: [] } };
  return comparingPlan(plan, { model, models, read, content: tree }, asked);
}

function contentActionsOf(
  model: ContentModel,
  typeName: string | undefined,
  isDeclared: (type: string) => boolean,
): TypePlan['content'] {
  if (typeName === undefined) return {};
  const actions = actionsOf(model).filter((action) => !isDeclared(`${typeName}.${action}`));
  return Object.fromEntries(actions.map((action) => [action, `${typeName}.${action}`]));
}

const groupOrder = ['business', 'content', 'media', 'users', 'system'] as const;

/** By group; within one, in the order of declaration and of the content types. */
const inOrder = (types: readonly EventType[]): EventType[] =>
  groupOrder.flatMap((group) => types.filter((type) => type.group === group));
