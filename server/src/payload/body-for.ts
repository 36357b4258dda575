import type { FieldTree, FieldTrees } from '../../../contracts';
import type { Catalog, ContentEventData, Entry, Selected } from '../catalog';
import { beyondContent, contentEventData, isName, matches } from '../catalog';
import type { EventRow } from '../store/events';
import { standardBody } from './standard';

export interface BodyForDeps {
  catalog(): Catalog;
  maxBodyBytes: number;
}

/** What of a webhook decides which body it is sent: its subscriptions, and the fields that it chooses. */
export interface Telling {
  events: readonly string[];
  fields: FieldTrees | null;
}

/** What is told of an event: its fields, and whether the accounts in them are. */
export interface Wanted {
  tree: FieldTree | null;
  accounts: boolean;
}

/** An event with its whole body. */
export interface WholeEvent extends Pick<EventRow, 'type' | 'uid'> {
  body: string;
  /** What was read for trees: as it is stored with the event, or a sample is made of the tree. */
  selected: string | Selected | 'sample' | null;
}

/** An event of *Trigger now* is made for one webhook, and so is its body. */
export const madeForOne = 'triggered';

/**
 * Which body a webhook is sent: by its choice of fields, and complete accounts (relations to users, administrators) only
 * where it names the event. The same for real events, tests and triggers.
 */
export function createBodyFor({ catalog, maxBodyBytes }: BodyForDeps) {
  const isPicked = (type: string, { tree }: Wanted): boolean => tree !== null && catalog().followsTrees(type);

  const selectedOf = ({ type, selected }: Pick<WholeEvent, 'type' | 'selected'>, tree: FieldTree) => {
    if (selected === 'sample') return catalog().selectedSample(type, tree);
    return typeof selected === 'string' ? (JSON.parse(selected) as Selected) : selected;
  };

  /** With the reason and the ids alone if even the chosen fields are too many. */
  const bounded = (body: string, rest: { type: string; timestamp: string; data: Data }): string => {
    const bytes = Buffer.byteLength(body);
    if (bytes <= maxBodyBytes) return body;
    const { truncated: _cut, ...data } = rest.data;
    const thin = `too_large: ${bytes} bytes, the limit is ${maxBodyBytes}`;
    const told = { ...data, entry: { documentId: data.documentId }, previous: null, thin };
    const content = contentEventData(told as unknown as ContentEventData);
    return standardBody({ ...rest, data: { ...content, ...beyondContent(data) } });
  };

  /** The body of this event where it differs from its whole one, or null. */
  const own = (event: Omit<WholeEvent, 'body'> & { body: string | null }, wanted: Wanted): string | null => {
    const { type, body } = event;
    if (body === null || !mayDiffer(type, wanted)) return null;
    const { timestamp, data } = JSON.parse(body) as { timestamp: string; data: Data };
    if (wanted.tree !== null && isPicked(type, wanted)) {
      const choice = {
        tree: wanted.tree,
        selected: selectedOf(event, wanted.tree),
        accounts: wanted.accounts,
      };
      const picked = catalog().picked(type, data, choice);
      return bounded(standardBody({ type, timestamp, data: picked }), { type, timestamp, data: picked });
    }
    const reduced = catalog().withoutAccounts(type, data);
    return reduced === null ? null : standardBody({ type, timestamp, data: reduced });
  };

  const mayDiffer = (type: string, wanted: Wanted): boolean =>
    isPicked(type, wanted) || (!wanted.accounts && catalog().mayHoldAccounts(type));

  const isNamed = (patterns: readonly string[], type: string): boolean => {
    const meant = catalog().get(type) ?? { type, sensitive: false };
    return patterns.some((pattern) => isName(pattern) && matches(pattern, meant));
  };

  const wantedBy = (
    { events, fields }: Telling,
    { type, uid }: Pick<WholeEvent, 'type' | 'uid'>,
  ): Wanted => ({
    tree: uid !== null && fields !== null && Object.hasOwn(fields, uid) ? (fields[uid] ?? null) : null,
    accounts: isNamed(events, type),
  });

  return {
    /** Whether events of this type may have another body than the whole one: only then is it made. */
    mayDiffer,

    own,

    /** The body of this event for a webhook. */
    of: (webhook: Telling, event: WholeEvent): string => own(event, wantedBy(webhook, event)) ?? event.body,

    /** The same of an event of the log: one that was made for a webhook is so already. */
    ofRow(webhook: Telling, event: EventRow, body: string): string {
      if (event.cause === madeForOne) return body;
      return this.of(webhook, { ...event, body });
    },

    /** The entry as Strapi's own webhook sends it, as JSON text, for a webhook with these subscriptions. */
    coreEntryOf(
      patterns: readonly string[],
      { type, uid, coreEntry }: Pick<EventRow, 'type' | 'uid' | 'coreEntry'>,
    ): string | null {
      if (coreEntry === null || uid === null || isNamed(patterns, type)) return coreEntry;
      const reduced = catalog().coreEntryWithoutAccounts(uid, JSON.parse(coreEntry) as Entry);
      return reduced === null ? coreEntry : JSON.stringify(reduced);
    },
  };
}

type Data = Record<string, unknown>;

export type BodyFor = ReturnType<typeof createBodyFor>;
