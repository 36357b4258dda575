import { z } from 'zod';
import { conditionSchema } from './condition-schema';
import { contentActions } from './conditions';
import type { Condition, ContentAction } from './conditions';
import { eventTypeName } from './event-types';
import { fieldTree } from './field-tree';
import type { FieldTree } from './field-tree';
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
export interface BusinessEventClause {
  on: ContentAction[];
  when: Condition | null;
}

/** What is sent: the entry, whole or by a tree of its fields; or keys of one's own, each with a path in the entry. */
export const businessEventPayload = z.union(
  [
    z.strictObject({ kind: z.literal('entry'), fields: fieldTree.nullable() }),
    z.strictObject({
      kind: z.literal('paths'),
      paths: z
        .record(
          z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be letters, digits and _, like buyer_name'),
          z.string().min(1, 'must be a path in the entry').max(businessEventLimits.pathLength),
        )
        .refine(
          (paths) => Object.keys(paths).length > 0 && Object.keys(paths).length <= businessEventLimits.keys,
          `must hold 1 to ${businessEventLimits.keys} keys`,
        ),
    }),
  ],
  'must be the entry, or keys with paths',
);
export type BusinessEventPayload =
  { kind: 'entry'; fields: FieldTree | null } | { kind: 'paths'; paths: Record<string, string> };

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

/** A business event made on the screen. */
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
  /** Why it is left out of the catalog now: a content type or field is gone, its type is declared elsewhere too. */
  problems: string[];
  /** Webhooks that are subscribed to it, including those by wildcard. */
  subscribers: { id: number; name: string }[];
  createdAt: string;
  updatedAt: string;
}

/** Response of `GET /event-webhooks/business-events`: those made on the screen. Those of the configuration are in the catalog. */
export interface BusinessEventList {
  results: BusinessEventView[];
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
  event: businessEventInput,
  /** As if it had been changed just now; null: the sample. */
  entry: entryReference.nullable().default(null),
});

/** Response of the preview. */
export interface BusinessEventPreviewResult {
  /** By place: `['type']`, `['on', '0', 'when', 'all', '1']`, `['payload', 'paths', 'buyer']`. */
  problems: { path: string[]; message: string }[];
  /** The standard body that a receiver gets; null where there are problems. */
  body: string | null;
  /** Whether it would occur for the entry, by clause; empty for the sample. */
  clauses: Truth[];
}
