import { tables } from '../../constants';

/** Hidden content type: included in `strapi export`, visible only on the plugin's own screens. */
export const webhookSchema = {
  kind: 'collectionType',
  collectionName: tables.webhooks,
  info: { singularName: 'webhook', pluralName: 'webhooks', displayName: 'Event webhook' },
  options: { draftAndPublish: false },
  pluginOptions: {
    'content-manager': { visible: false },
    'content-type-builder': { visible: false },
  },
  attributes: {
    name: { type: 'string', required: true },
    /** If the URL is secret: its short form, with origin and dots. */
    url: { type: 'text', required: true },
    /** The secret URL, encrypted; null for all others. */
    urlSealed: { type: 'text', private: true },
    /** Subscriptions: event types and wildcards. */
    events: { type: 'json', required: true },
    /** `{ [subscription]: [uid] }`: which content types they meant when they were saved, see `catalog/meanings.ts`. */
    meanings: { type: 'json', private: true },
    /** Names in its template that no sample had when it was saved, `["entry.subtitle"]`; null of other formats. */
    unknownNames: { type: 'json', private: true },
    /** Set by the administrator's switch, and by the plugin if `disabledReason` is set. */
    active: { type: 'boolean', required: true, default: true },
    /** `gone` (410), `receiver_asked`, `failing` or `loop`; null if only the switch turned it off. */
    disabledReason: { type: 'string' },
    disabledAt: { type: 'biginteger' },
    /** Of the last loop: `{ actor, uid, documentId, locale, count, seconds }`. */
    loop: { type: 'json', private: true },
    /** On hold: no claim before this time. */
    heldUntil: { type: 'biginteger' },
    heldReason: { type: 'string' },
    /** When the hold was written. */
    heldSince: { type: 'biginteger' },
    /** The state of its gate, see `gate/gate.ts`. */
    failures: { type: 'integer' },
    failingSince: { type: 'biginteger' },
    lastFailureAt: { type: 'biginteger' },
    warnedAt: { type: 'biginteger' },
    breakerLevel: { type: 'integer' },
    openedAt: { type: 'biginteger' },
    throttleLevel: { type: 'integer' },
    throttledAt: { type: 'biginteger' },
    /** `{ name, host, environment }` of its last confirmation, see `gate/home.ts`. */
    home: { type: 'json' },
    /** The administrator who created it, and gets the alerts. */
    ownerId: { type: 'integer' },
    /** `{ count, seconds }`; null means no limit. */
    rateLimit: { type: 'json' },
    /** Deliveries of one document (and locale) are sent one after the other. */
    ordered: { type: 'boolean' },
    /** Deliveries tell which entries show the one that changed. */
    shownBy: { type: 'boolean' },
    /** What a permanently failed delivery does to the following ones: `pass` or `block`. */
    onFailedHead: { type: 'string' },
    /** `[{ name, value, secret }]`; a secret value is encrypted. */
    headers: { type: 'json' },
    /** `[{ value, validUntil }]`, newest first; each value is encrypted. */
    secrets: { type: 'json', private: true },
    /** What must hold of an event, see `contracts/conditions.ts`; null: always sent. */
    conditions: { type: 'json' },
    /** `{ quietSeconds, maxSeconds, per, send }`: several events become one delivery. */
    collapse: { type: 'json' },
    /** Less noise: an event of which nothing changed, and what a publication tells too, is not sent. */
    skipUnchanged: { type: 'boolean' },
    onePublish: { type: 'boolean' },
    /** Which fields of an entry are sent, by the uid of its content type, see `contracts/field-tree.ts`; null: as a whole. */
    fields: { type: 'json' },
    /** `{ failures, minutes }`: when its owner is told that it fails; null: half way to being disabled. */
    alertAfter: { type: 'json' },
    /** How its body is made, see `contracts/sending.ts`; null is `standard`. */
    format: { type: 'string' },
    /** The request of the format `template`. */
    template: { type: 'json' },
    /** `[{ name, value }]`; each value is encrypted. */
    templateSecrets: { type: 'json', private: true },
    timeoutSeconds: { type: 'integer' },
    retryScheduleSeconds: { type: 'json' },
    /** How often somebody has saved a change, and what was changed in the last ones: `[{ revision, by, at, fields }]`. */
    revision: { type: 'integer' },
    changes: { type: 'json', private: true },
    /** The id of Strapi's own webhook that this one was imported from. */
    importedFrom: { type: 'integer' },
  },
};
