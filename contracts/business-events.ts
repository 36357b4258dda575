import { z } from 'zod';
import { conditionSchema } from './condition-schema';
import { contentActions } from './conditions';
import type { ContentAction } from './conditions';
import type { BusinessEventClause, BusinessEventPayload } from './event-declaration';
import { eventTypeName } from './event-types';
import { fieldTree } from './field-tree';
import { shownName } from './names';
import { plainText, rowIdInJson } from './parts';
import { entryReference } from './trigger';
import type { Truth } from './truth';

export const businessEventLimits = {
  nameLength: 120,
  descriptionLength: 500,
  clauses: 20,
  /** Keys of a payload of one's own. */
  keys: 100,
  keyLength: 100,
  pathLength: 200,
  /** Business events made on the screen. */
  total: 200,
} as const;

const action = z.enum(contentActions, `must be one of ${contentActions.join(', ')}`);

/** When it occurs: one of these actions, and the condition if there is one. */
export const businessEventClause = z.strictObject({
  on: z.array(action).min(1, 'must name at least one action'),
  when: conditionSchema.nullable().default(null),
});

const payloadKey = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Keys with paths; each problem is told at its key. */
const payloadPaths = z
  .record(
    z.string(),
    z
      .string('must be a path in the entry')
      .min(1, 'must be a path in the entry')
      .max(businessEventLimits.pathLength, `must be at most ${businessEventLimits.pathLength} characters`),
  )
  .superRefine((paths, context) => {
    const keys = Object.keys(paths);
    if (keys.length === 0 || keys.length > businessEventLimits.keys)
      context.addIssue(`must hold 1 to ${businessEventLimits.keys} keys`);
    for (const key of keys) {
      const message =
        key.length > businessEventLimits.keyLength
          ? `its name must be at most ${businessEventLimits.keyLength} characters`
          : 'its name must be letters, digits and _, like buyer_name';
      if (!payloadKey.test(key) || key === '__proto__' || key.length > businessEventLimits.keyLength)
        context.addIssue({ code: 'custom', path: [key], message });
    }
  });

/** What is sent: the entry, whole or by a tree of its fields; or keys of one's own, each with a path in the entry. */
export const businessEventPayload = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('entry'), fields: fieldTree.nullable().default(null) }),
    z.strictObject({ kind: z.literal('paths'), paths: payloadPaths }),
  ],
  'must be the entry, or keys with paths',
);

/** What `POST /event-webhooks/business-events` takes. */
export const businessEventInput = z.strictObject({
  displayName: shownName(businessEventLimits.nameLength).min(1, 'is required'),
  /** `order.paid`. */
  type: eventTypeName,
  description: shownName(businessEventLimits.descriptionLength).default(''),
  /** Uid of the content type: `api::order.order`. */
  contentType: plainText(200).min(1, 'is required'),
  /** It occurs when one of them holds. */
  on: z
    .array(businessEventClause)
    .min(1, 'must hold at least one clause')
    .max(businessEventLimits.clauses, `must be at most ${businessEventLimits.clauses}`),
  payload: businessEventPayload.default({ kind: 'entry', fields: null }),
});
export type BusinessEventInput = z.infer<typeof businessEventInput>;

/** What `PUT /event-webhooks/business-events/:id` takes: the whole, and the version that was read (else 409, see `Conflict`). */
export const businessEventChange = businessEventInput.extend({
  version: z.int('must be a whole number').min(0, 'must be at least 0').optional(),
});

/**
 * A business event made on the screen. Its type, and its content type, can be changed only while no webhook names it
 * (`order.paid`; for the content type also `order.*`): the problem at `type` or `contentType` names these webhooks.
 */
export interface BusinessEventView {
  id: number;
  version: number;
  displayName: string;
  type: string;
  description: string;
  contentType: string;
  /** Display name of the content type; null if it is gone. */
  contentTypeName: string | null;
  on: BusinessEventClause[];
  payload: BusinessEventPayload;
  /** When it occurs, in the reader's language; null where it cannot be told. */
  condition: string | null;
  /** Whether it occurs: false where it is left out of the catalog for its problems. */
  inCatalog: boolean;
  /**
   * What somebody has to mend: its content type is gone, its type is declared elsewhere too (it is left out then); a field
   * is gone (it is not: see `EventTypeView.gone`).
   */
  problems: string[];
  /** The name of the content type's own event that it takes the place of: `Order Updated`. */
  replaces: string | null;
  /** Webhooks that are subscribed to it, including those by wildcard. */
  subscribers: { id: number; name: string }[];
  createdAt: string;
  updatedAt: string;
}

/**
 * Response of `GET /event-webhooks/business-events`: those made on the screen, by name. Those of `config/plugins.ts` and of
 * code are in the catalog (`EventTypeView.declaration`).
 */
export interface BusinessEventList {
  results: BusinessEventView[];
  /** Of `config/plugins.ts` and of code, those that are left out of the catalog. */
  refused: RefusedEvent[];
}

/** A declaration of `config/plugins.ts` or of code that is left out of the catalog: the others are not affected. */
export interface RefusedEvent {
  /** `config.events[2]`. */
  origin: string;
  /** As far as it names one. */
  type: string | null;
  /** Each names its option: `config.events[2].on[0].when.is: must be one of pending, completed`. */
  problems: string[];
}

/** Response of `DELETE /event-webhooks/business-events/:id`. */
export interface BusinessEventDeleted {
  id: number;
  /** Webhooks that still name it, and are marked `event_type_gone`. */
  subscribers: { id: number; name: string }[];
}

/** A content type that can have business events. */
export interface BusinessEventSubject {
  uid: string;
  name: string;
  /** Which actions its entries can have. */
  actions: ContentAction[];
  /** `order`: what a type proposed from a name begins with. */
  typeName: string;
}

/** Response of `GET /event-webhooks/business-events/subjects`. */
export interface BusinessEventSubjects {
  results: BusinessEventSubject[];
}

/** Body of `POST /event-webhooks/business-events/actions/preview`: the form as it stands; nothing is saved. */
export const businessEventPreview = z.strictObject({
  /** Of a saved one, so that its own type is not taken for one that exists. */
  id: rowIdInJson.optional(),
  /** A `BusinessEventInput`, as far as it is filled in: what is wrong with it is among the `problems` of the response. */
  event: z.record(z.string(), z.unknown()),
  /** As if it had been changed just now; null: the sample. */
  entry: entryReference.nullable().default(null),
});

/** Response of the preview. */
export interface BusinessEventPreviewResult {
  /** By place: `['type']`, `['on', '0', 'when', 'all', '1']`, `['payload', 'paths', 'buyer']`. */
  problems: { path: string[]; message: string }[];
  /** The standard body that a receiver gets; null where it cannot be made. Names may still be missing or taken. */
  body: string | null;
  /** Whether it would occur for the entry, by clause; empty for the sample. */
  clauses: Truth[];
  /** When it occurs, in the reader's language; null where it cannot be told. */
  condition: string | null;
  /** The name of the content type's own event that it would take the place of: `Order Updated`. */
  replaces: string | null;
}
