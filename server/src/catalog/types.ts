import type {
  BusinessEventPayload,
  BusinessEventSubject,
  ConditionSubject,
  EventTypeView,
  FieldModels,
  FieldTree,
  FieldTrees,
} from '../../../contracts';
import type { ContentAction, Rule } from '../conditions';
import type { Links } from '../links';
import type { NestedList } from './nested-list';

export type { Links } from '../links';
export type { ContentEventData } from './content-data';

/** A sanitised, populated document: no passwords, no private fields. */
export type Entry = Readonly<Record<string, unknown>>;

/** What the screens are shown of an event type, with the sample's `data` alone; who is subscribed is not the catalog's to know. */
export interface EventType extends Omit<EventTypeView, 'sample' | 'subscribers' | 'gone' | 'search'> {
  /** Fields that its declaration names and the content type no longer has; left out where there is none. */
  gone?: readonly string[];
  /** Sample `data`: complete (every key of the type) and realistic, built by the code that builds the real one. */
  sample: Record<string, unknown>;
}

/** An event type that is mapped from the changes of one content type. */
export interface MappedEvent {
  type: string;
  rule: Rule;
  /**
   * The `data` of the event, from the sanitised entry (populated by `TypePlan.populate`).
   *
   * @param counts the true length of lists that were cut when they were read, by path
   */
  build(entry: Entry, links: Links, counts?: Readonly<Record<string, number>>): Record<string, unknown>;
  /**
   * Paths that the rule names, and the attributes they begin with: they are read before the change, and scalars are kept
   * in the thin form.
   */
  fields: readonly string[];
  /** Whether `build` tells the entry as a content event does, so that webhooks choose its fields. */
  followsTrees: boolean;
  /** True where `build` is the site builder's own code: it runs at matching, never on the save path. */
  deferred?: boolean;
  /** What it sends, where it is made on the screen: kept with an event that is built at matching. */
  payload?: BusinessEventPayload;
}

/** An attribute as it is compared before and after a change. */
export interface ComparableField {
  name: string;
  kind: 'scalar' | 'relation' | 'component';
  /** Its value without row ids, so that two versions of an entry can be compared by value. */
  content(value: unknown): unknown;
}

/** What trees of fields tell of one entry: within the limits, and the true length of lists that were cut. */
export interface SelectedEntry {
  entry: Record<string, unknown>;
  truncated?: Record<string, number>;
}

/** The same as it is stored with an event, or why it could not be stored. */
export type Selected = SelectedEntry | { thin: string };

export type Version = 'draft' | 'published';

/** Trees of the webhooks that are sent events about each version of an entry. */
export type VersionTrees = Readonly<Record<Version, readonly FieldTree[]>>;

/** How one version of an entry is read for events. */
export interface VersionReading {
  populate: Record<string, unknown>;
  /** Null where no webhook chooses fields. */
  selection: Selection | null;
  /** Lists behind other entries that are read for trees alone. */
  nested: readonly NestedList[];
}

/** What all trees of one version tell. */
export interface Selection {
  /** Of a sanitised entry; `known` are the true lengths of lists that were not read as a whole. */
  of(entry: Entry, limit: number, known: Readonly<Record<string, number>>): SelectedEntry;
  /** Whether that is more than the content event tells. */
  beyond: boolean;
}

/** What a change of one content type may give. Made once, at start. */
export interface TypePlan {
  uid: string;
  /** Segment of the event type: `article` in `article.published`. */
  typeName: string;
  /** Whether there is one entry of it only. */
  single: boolean;
  /** Whether its entries have drafts. */
  drafts: boolean;
  /** `populate` of the one snapshot read: covers the content event and every mapped event. */
  populate: Record<string, unknown>;
  /** What is read of each version: `populate`, and what trees of webhooks tell beyond it. */
  read: Readonly<Record<Version, VersionReading>>;
  /** `populate` of what the content event tells: for the entry as it was before. */
  contentPopulate: Record<string, unknown>;
  /** Relations to many, whose members are read and told up to a limit. */
  manyRelations: readonly string[];
  /** Whether its entries have locales. */
  localized: boolean;
  /** Attributes that i18n keeps the same in all locales of a document: it copies them when one is saved. */
  shared: readonly string[];
  /** Event type by action; without those that a mapped event replaces. */
  content: Partial<Record<ContentAction, string>>;
  mapped: readonly MappedEvent[];
  /**
   * The part of an entry that the content event tells. The snapshot may hold more, for mapped events: without
   * this, what one event reads would leak into the payload of another.
   */
  trim(entry: Entry): Record<string, unknown>;
  /** Cuts the lists of related entries within components down to a limit; `truncated` has the true counts by path. */
  cut(entry: Entry, limit: number): { entry: Record<string, unknown>; truncated: Record<string, number> };
  /** What is compared for `changedFields`, in the order of the schema. */
  comparable: readonly ComparableField[];
  /** Paths that conditions compare: their values before and after are stored with each event. */
  compared: readonly string[];
  /** The same plan, with what these paths lead to read and stored as well. */
  comparing(paths: readonly string[]): TypePlan;
  /** The same plan, with what these trees tell of each version read and stored as well. */
  telling(trees: VersionTrees): TypePlan;
  /** What rules may look at: `comparable`, and what Strapi writes itself. */
  judged: readonly ComparableField[];
}

/** An event type declared by code, emitted by code. `parse` throws a ValidationError that names the field. */
export interface CodeEvent {
  type: string;
  parse(data: unknown): Record<string, unknown>;
  /** Where its data is joined from an entry and its relatives: `demo_site.expiring` from a site. */
  fromEntry?: EntrySource;
}

/** How a code event's data is made of an entry. `extra` are the keys that only the caller knows. */
export interface EntrySource {
  uid: string;
  populate: Record<string, unknown>;
  build(entry: Entry, extra: Readonly<Record<string, unknown>>, links: Links): Record<string, unknown>;
}

/** A declaration that was left out of the catalog: the others are not affected. */
export interface RefusedDeclaration {
  /** Where it stands: `config.events[2]`. */
  origin: string;
  /** As far as it names one. */
  type: string | null;
  /** Of one that is made on the screen. */
  businessEventId?: number;
  /** Each names its option: `config.events[2].on[0].when.is: must be one of pending, completed`. */
  problems: readonly string[];
  /** Whether nothing is wrong: a preset has an event for which this app has no content type or field. */
  isMissing?: true;
}

/** One attribute through which an entry, or a component of it, shows something: a relation, a file or a component. */
export interface Way {
  /** The content type or component that has the attribute. */
  holder: string;
  name: string;
  /** What it leads to: a content type, the type of files, or a component. */
  target: string;
  /** Whether the holder is a content type; else it is a component, and what holds that shows the target too. */
  isEntry: boolean;
  /** The attribute of the target on the other side of a relation; null if there is none. */
  inverse: string | null;
}

/** Which content types show which, and through what. Pure: made of the models alone. */
export interface Ways {
  /** The ways that lead to a content type or component. */
  into(uid: string): readonly Way[];
  /** The content types whose entries show an entry of this one, directly or through one other entry. */
  showing(uid: string): ReadonlySet<string>;
  /** Whether an entry can be shown as soon as it is created: by a relation that has two sides. */
  shownWhenCreated(uid: string): boolean;
  /** The attributes that name an entry in a list, and the one that stands in its URL. */
  labels(uid: string): Labels;
  hasDrafts(uid: string): boolean;
}

export interface Labels {
  title: string | null;
  slug: string | null;
}

/** Why a tick cannot be, or can no longer be. */
export interface FieldTreeProblem {
  /** Its place in the input: `['api::page.page', 'parts', 'blocks', 'on', 'shared.hero', 'fields', '2']`. */
  path: string[];
  message: string;
  /** As a person reads it: `Page › blocks › Hero › title`. */
  place: string;
}

/** Which fields of an entry a webhook is sent. */
export interface FieldChoices {
  /** Whether a webhook's choice of fields counts for this event type: those that tell an entry as a content event does. */
  followsTrees(type: string): boolean;
  /**
   * `data` of an event of such a type with the ticked fields alone.
   *
   * @param selected what was read for trees; null if nothing was
   * @param accounts false: accounts are told by their ids, as `withoutAccounts` does it
   */
  picked(
    type: string,
    data: Readonly<Record<string, unknown>>,
    choice: { tree: FieldTree; selected: Selected | null; accounts: boolean },
  ): Record<string, unknown>;
  /** A sample of what a tree selects for events of this type. */
  selectedSample(type: string, tree: FieldTree): SelectedEntry | null;
  /** What of these trees names no field that can be sent. */
  fieldProblems(trees: FieldTrees): FieldTreeProblem[];
  /** What can be ticked, of these content types and of what they lead to. */
  fieldModels(uids: readonly string[]): Pick<FieldModels, 'models' | 'defaults'>;
}

export interface Catalog extends FieldChoices {
  list(): readonly EventType[];
  /** What was declared and left out, in the order of declaration. */
  refused(): readonly RefusedDeclaration[];
  get(type: string): EventType | undefined;
  /** A content type's own event of this name, also where a declared one has its place. */
  contentEvent(type: string): EventType | undefined;
  /** Undefined where this content type gives no events. */
  plan(uid: string): TypePlan | undefined;
  /** What conditions can compare in the events of a content type; `locales` are the codes of the installation. */
  subject(uid: string, locales: readonly string[]): ConditionSubject | undefined;
  /** Content types that can have business events. */
  subjects(): BusinessEventSubject[];
  code(type: string): CodeEvent | undefined;
  /** Which content types show which. */
  ways: Ways;
  /** The event that tells that an entry of this content type shows something that changed; undefined if it shows nothing. */
  affected(uid: string): string | undefined;
  /** Whether an event of this type may hold accounts that `withoutAccounts` leaves out. */
  mayHoldAccounts(type: string): boolean;
  /**
   * `data` of an event of this type with its accounts (relations to users, administrators) told by their ids alone: for
   * webhooks that want "everything". Null where it holds none; what a site builder's `payload` tells is theirs to say.
   */
  withoutAccounts(type: string, data: Readonly<Record<string, unknown>>): Record<string, unknown> | null;
  /** The same of an entry as Strapi's own webhooks tell it, which may lead to more. */
  coreEntryWithoutAccounts(uid: string, entry: Entry): Entry | null;
  /** Whether `data` of this event type tells an entry as a whole, in `entry` and `previous`. */
  tellsWhole(type: string): boolean;
  /** The entry of a content type with each of its files changed, wherever it leads to one. */
  withFiles(
    uid: string,
    entry: Entry,
    change: (file: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
  ): Entry;
  /** The event type that an announcement of the event hub gives, e.g. `releases.publish` → `release.published`. */
  announced(hubEvent: string): AnnouncedEvent | undefined;
  /** `data` of an event made on the screen, by what it sent when it happened. Throws where the content type is gone. */
  built(uid: string, payload: BusinessEventPayload, entry: Entry, links: Links): Record<string, unknown>;
  /**
   * What a business event of the screen would be in this catalog, without its being added.
   *
   * @param instead the id of the stored one whose place it takes
   */
  trial(event: StoredEvent, instead: number | null): TrialEvent;
  /**
   * Adds a declaration, written as in `config.events`. Throws a CatalogError that names what is wrong; nothing
   * is added then. Plans and types are made anew: ask for them again.
   */
  register(declaration: unknown): void;
}

/** A business event made on the screen, as it is stored: what stands in the database is checked like what is entered. */
export interface StoredEvent {
  id: number;
  displayName: string;
  type: string;
  description: string;
  contentType: string;
  on: unknown;
  payload: unknown;
}

/** A business event as it would be in the catalog. */
export interface TrialEvent {
  /** Why it would be left out; each names its option, as those of a refused declaration do. */
  problems: readonly string[];
  /** What its payload names that cannot be sent, by place: `['paths', 'buyer']`. */
  missing: readonly { path: string[]; message: string }[];
  /** Null where it cannot be made; its name may be taken. */
  made: {
    eventType: EventType;
    mapped: MappedEvent;
    /** A plan with this event as the only mapped one. */
    plan: TypePlan;
  } | null;
}

export interface AnnouncedEvent {
  type: string;
  /** Null where the announcement tells of nothing (e.g. `releases.publish` with `isPublished: false`). */
  build(payload: unknown): Record<string, unknown> | null;
}
