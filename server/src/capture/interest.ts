import type { FieldTree, FieldTrees, PayloadFormat, WebhookConditions } from '../../../contracts';
import { liveChanges, matches } from '../catalog';
import type { Catalog, EventType, TypePlan, VersionTrees } from '../catalog';
import { conditionPaths, contentActions } from '../conditions';
import type { ContentAction } from '../conditions';

/** What a webhook asks for: event types, what its conditions compare, and what it is sent. */
export interface Subscription {
  events: readonly string[];
  conditions: WebhookConditions | null;
  fields: FieldTrees | null;
  format: PayloadFormat;
  /** Its deliveries tell who shows the entry. */
  shownBy: boolean;
}

/** The subscribed event types; kept in memory so that a save needs no query. */
export interface Interest {
  wants(type: string): boolean;
  /** Whether a webhook is sent this event type as Strapi's own webhooks send it. */
  wantsCoreEntry(type: string): boolean;
  /**
   * What is read of a content type: null if no change of it can produce a subscribed event. What conditions of its
   * webhooks compare, and what their trees tell, is read too.
   */
  plan(uid: string): TypePlan | null;
  /** Whether somebody wants to know who showed an entry of this content type, once it is gone. */
  keepsShowing(uid: string): boolean;
  /** Reloads the subscriptions. Run by a timer and after the plugin's own commits, never inside a request. */
  refresh(): Promise<void>;
}

/**
 * @param subscriptions of every webhook that is not deleted, including those that are off, whose missed events are
 *   recorded
 */
export function createInterest(input: {
  catalog: () => Catalog;
  subscriptions: () => Promise<readonly Subscription[]>;
}): Interest {
  let wanted: ReadonlySet<string> = new Set();
  let wantedAsCore: ReadonlySet<string> = new Set();
  let conditional: readonly Subscription[] = [];
  let choosing: readonly Subscription[] = [];
  let perType = new WeakMap<TypePlan, TypePlan | 'unwanted'>();
  let keeping: ReadonlySet<string> = new Set();
  let asked = 0;
  let answered = 0;

  /** The paths that conditions of webhooks compare which are subscribed to an event of this content type. */
  const pathsFor = (types: readonly string[]): string[] => {
    const { get } = input.catalog();
    const known = types.flatMap((type) => get(type) ?? []);
    const asks = ({ events }: Subscription): boolean =>
      known.some((type) => events.some((pattern) => matches(pattern, type)));
    return conditional
      .filter(asks)
      .flatMap(({ conditions }) => (conditions ? conditionPaths(conditions) : []));
  };

  /** The trees of webhooks that are sent events about each version of an entry. */
  const treesFor = (plan: TypePlan): VersionTrees => {
    const { get, followsTrees } = input.catalog();
    const telling = choosing.flatMap(({ events, fields }) => {
      const tree = fields?.[plan.uid];
      return tree ? [{ events, tree }] : [];
    });
    if (telling.length === 0) return noTrees;
    const treesOf = (types: readonly string[]): FieldTree[] => {
      const known = types.filter(followsTrees).flatMap((type) => get(type) ?? []);
      return telling.flatMap(({ events, tree }) =>
        known.some((type) => events.some((pattern) => matches(pattern, type))) ? [tree] : [],
      );
    };
    const { draft, published } = typesByVersion(plan);
    const trees = treesOf(published);
    return { published: trees, draft: plan.drafts ? treesOf(draft) : trees };
  };

  const planned = (plan: TypePlan): TypePlan | 'unwanted' => {
    const types = [...Object.values(plan.content), ...plan.mapped.map(({ type }) => type)];
    return types.some((type) => wanted.has(type))
      ? plan.comparing(pathsFor(types)).telling(treesFor(plan))
      : 'unwanted';
  };

  /** The event types of the catalog that these subscriptions name. */
  const subscribedBy = (subscriptions: readonly Subscription[]): readonly EventType[] => {
    const patterns = [...new Set(subscriptions.flatMap(({ events }) => events))];
    const types = patterns.length === 0 ? [] : input.catalog().list();
    return types.filter((type) => patterns.some((pattern) => matches(pattern, type)));
  };

  /** The content types whose changes affect entries of these, and the events that tell of such changes. */
  const causesOf = (affected: ReadonlySet<string>) => {
    const { list, plan, ways } = input.catalog();
    const causing = [...new Set(list().flatMap(({ uid }) => uid ?? []))].filter((uid) =>
      [...ways.showing(uid)].some((showing) => affected.has(showing)),
    );
    return {
      uids: causing,
      types: causing.flatMap((uid) => {
        const causes = plan(uid);
        return causes === undefined ? [] : liveChanges(causes, ways);
      }),
    };
  };

  return {
    wants: (type) => wanted.has(type),
    wantsCoreEntry: (type) => wantedAsCore.has(type),
    plan(uid) {
      const plan = input.catalog().plan(uid);
      if (plan === undefined) return null;
      const answer = perType.get(plan) ?? planned(plan);
      perType.set(plan, answer);
      return answer === 'unwanted' ? null : answer;
    },
    keepsShowing: (uid) => keeping.has(uid),
    async refresh() {
      const turn = (asked += 1);
      const subscriptions = await input.subscriptions();
      // An older query must not replace the result of a newer one, however long it took.
      if (turn < answered) return;
      answered = turn;
      const subscribed = subscribedBy(subscriptions);
      const affected = subscribed.filter(({ derived }) => derived === true).flatMap(({ uid }) => uid ?? []);
      const causes = causesOf(new Set(affected));
      wanted = new Set([...namesOf(subscribed), ...causes.types]);
      wantedAsCore = new Set(
        namesOf(subscribedBy(subscriptions.filter(({ format }) => format === 'strapi'))),
      );
      keeping = new Set([
        ...causes.uids,
        ...subscribedBy(subscriptions.filter(({ shownBy }) => shownBy)).flatMap(({ uid }) => uid ?? []),
      ]);
      conditional = subscriptions.filter(({ conditions }) => conditions !== null);
      choosing = subscriptions.filter(({ fields }) => fields !== null);
      perType = new WeakMap();
    },
  };
}

const namesOf = (types: readonly EventType[]): string[] => types.map(({ type }) => type);

const noTrees: VersionTrees = { draft: [], published: [] };

/** What tells of the published version, and what of the draft; without drafts every entry is published. */
const ofVersion: Readonly<Record<keyof VersionTrees, ReadonlySet<ContentAction>>> = {
  draft: new Set(['created', 'updated', 'draft_discarded', 'deleted']),
  published: new Set(['published', 'unpublished', 'deleted']),
};

/** The event types that tell of each version of an entry. */
function typesByVersion(plan: TypePlan): Record<keyof VersionTrees, string[]> {
  const actions = contentActions.filter((action) => plan.content[action] !== undefined);
  const own = actions.map((action) => ({ type: plan.content[action] ?? '', actions: [action] }));
  const mapped = plan.mapped.map(({ type, rule }) => ({ type, actions: rule.flatMap(({ on }) => on) }));
  const types = (version: keyof VersionTrees): string[] =>
    [...own, ...mapped].flatMap((one) =>
      !plan.drafts || one.actions.some((action) => ofVersion[version].has(action)) ? [one.type] : [],
    );
  return { draft: types('draft'), published: types('published') };
}
