import { announcedEvents } from './announced-events';
import type { Announcement } from './announced-events';
import type { CatalogContext } from './catalog-context';
import { comparableOf } from './comparable';
import { comparingPlan } from './comparing-plan';
import { actionsOf, contentEvents } from './content-events';
import { isLocalized, sharedAttributes } from './content-model';
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
import type { EventType, TypePlan } from './types';

/** What a catalog answers with. */
export interface Content {
  list: readonly EventType[];
  byType: ReadonlyMap<string, EventType>;
  plans: ReadonlyMap<string, TypePlan>;
  /** The content types' own events by type, also those that a declared one replaces. */
  own: ReadonlyMap<string, EventType>;
  /** Shape of the entry by event type, if the event contains it as a whole. */
  whole: ReadonlyMap<string, EntryShape>;
  code: ReadonlyMap<string, CodeDeclaration>;
  announced: ReadonlyMap<string, Announcement>;
}

/** Combines declared and content events: one event type, one source. The declarations fit together (`fitting`). */
export function assemble(declarations: readonly Declaration[], context: CatalogContext): Content {
  const declared = new Map(declarations.map((one) => [one.eventType.type, one]));
  const { types, plans, whole } = contentOf(declared, context);
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
    plans,
    own: new Map(types.map((eventType) => [eventType.type, eventType])),
    whole,
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
): { types: EventType[]; plans: Map<string, TypePlan>; whole: Map<string, EntryShape> } {
  const { input, models, names, addressed } = context;
  const types: EventType[] = [];
  const whole = new Map<string, EntryShape>();
  const plans = new Map<string, TypePlan>();
  for (const model of Object.values(input.contentTypes)) {
    const typeName = names.get(model.uid);
    const mapped = [...declared.values()].filter(
      (one): one is MappedDeclaration => one.kind === 'mapped' && one.uid === model.uid,
    );
    if (typeName === undefined && mapped.length === 0) continue;
    const shape = toldShape(model, defaultPopulate(model, models), models);
    const own = typeName === undefined ? [] : contentEvents(shape, typeName, addressed);
    types.push(...own);
    for (const { type } of own) if (!declared.has(type)) whole.set(type, shape);
    for (const one of mapped) if (one.whole) whole.set(one.eventType.type, one.whole);
    plans.set(
      model.uid,
      planOf(model, mapped, (type) => declared.has(type), context),
    );
  }
  return { types, plans, whole };
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
  const plan: Omit<TypePlan, 'compared' | 'comparing'> = {
    uid: model.uid,
    typeName: typeName ?? model.modelName,
    single: model.kind === 'singleType',
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
  return comparingPlan(plan, { model, models, read, content: tree }, fields);
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
