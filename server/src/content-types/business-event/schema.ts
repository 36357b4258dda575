import { tables } from '../../constants';

/** Hidden content type, as that of the webhooks: included in `strapi export`, visible only on the plugin's own screens. */
export const businessEventSchema = {
  kind: 'collectionType',
  collectionName: tables.businessEvents,
  info: { singularName: 'business-event', pluralName: 'business-events', displayName: 'Business event' },
  options: { draftAndPublish: false },
  pluginOptions: {
    'content-manager': { visible: false },
    'content-type-builder': { visible: false },
  },
  attributes: {
    displayName: { type: 'string', required: true },
    /** `order.paid`. */
    type: { type: 'string', required: true },
    description: { type: 'text' },
    /** Uid of the content type whose changes give it. */
    contentType: { type: 'string', required: true },
    /** `[{ on, when }]`, see `contracts/business-events.ts`. */
    clauses: { type: 'json', required: true },
    /** What is sent: the entry, by a tree of its fields, or keys with paths. */
    payload: { type: 'json', required: true },
    /** How often somebody has saved a change, and what was changed in the last ones: `[{ revision, by, at, fields }]`. */
    revision: { type: 'integer' },
    changes: { type: 'json', private: true },
  },
};
