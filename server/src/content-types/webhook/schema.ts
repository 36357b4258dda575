import { tables } from '../../constants';

/** Hidden content type: portable with `strapi export`, seen only through the plugin's own screens. */
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
    url: { type: 'text', required: true },
    /** Subscriptions: event types and wildcards. */
    events: { type: 'json', required: true },
    /** The administrator's switch, and the system's when `disabledReason` is set. */
    active: { type: 'boolean', required: true, default: true },
    /** `gone` (410), `receiver_asked` or `failing`; null while nothing but the switch turns it off. */
    disabledReason: { type: 'string' },
    disabledAt: { type: 'biginteger' },
    /** Held for a while: no claim before this time. */
    heldUntil: { type: 'biginteger' },
    heldReason: { type: 'string' },
    /** The state of its gate, see `gate/gate.ts`. */
    failures: { type: 'integer' },
    failingSince: { type: 'biginteger' },
    lastFailureAt: { type: 'biginteger' },
    warnedAt: { type: 'biginteger' },
    breakerLevel: { type: 'integer' },
    throttleLevel: { type: 'integer' },
    throttledAt: { type: 'biginteger' },
    /** `{ name, host, environment }` of where it was last confirmed, see `gate/home.ts`. */
    home: { type: 'json' },
    /** The administrator who made it: who is told when it fails for long. */
    ownerId: { type: 'integer' },
    /** `{ count, seconds }`; null is no limit. */
    rateLimit: { type: 'json' },
    /** Deliveries of one document (and locale) go one after the other. */
    ordered: { type: 'boolean' },
    /** What a delivery that failed for good does to those behind it: `pass` or `block`. */
    onFailedHead: { type: 'string' },
    /** `[{ name, value, secret }]`; a secret value is encrypted. */
    headers: { type: 'json' },
    /** `[{ value, validUntil }]`, newest first; each value is encrypted. */
    secrets: { type: 'json', private: true },
    timeoutSeconds: { type: 'integer' },
    retryScheduleSeconds: { type: 'json' },
    /** Which of Strapi's own webhooks this one was imported from. */
    importedFrom: { type: 'integer' },
  },
};
