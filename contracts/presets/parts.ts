import type { Collapse } from '../webhook-input';
import type { Preset, PresetField } from './types';

/** What most presets have in common: a webhook of the standard format at a pasted URL. */
export const ordinary = {
  urlSecret: null,
  fields: [],
  events: [],
  format: 'standard',
  template: null,
  headers: [],
  rateLimit: null,
  collapse: null,
  limits: {},
} as const satisfies Partial<Preset>;

/** What people are told by default: "Seven soups: published". */
const defaultMessage =
  '{{ entry.title | default: entry.name | default: event.name }}: {{ event.action | default: event.type | replace: "_", " " }}';

export const messageField: PresetField = {
  name: 'message',
  kind: 'message',
  label: 'preset.field.message',
  hint: 'preset.field.message_hint',
  example: 'New: {{ entry.title }}',
  default: defaultMessage,
  required: true,
};

/** What is live: published, changed and taken down. */
export const liveEvents = ['*.published', '*.unpublished', '*.deleted'] as const;

/** The same, and what shows something that changed: its page is another one. */
export const pageEvents = [...liveEvents, '*.affected'] as const;

/** A build takes minutes: it starts when editors have been quiet, with the latest event. */
export const oneBuild: Collapse = { quietSeconds: 60, maxSeconds: 900, per: 'webhook', send: 'latest' };

/** The record of a document and locale. Ids of indexes hold letters, digits, `-` and `_`. */
export const recordKey =
  '{{ event.documentId | default: entry.documentId }}{% if event.locale %}-{{ event.locale }}{% endif %}';

/** A record is gone once its entry is not public. */
const removed = "event.action == 'unpublished' or event.action == 'deleted'";
export const putOrDelete = (put: string): string => `{% if ${removed} %}DELETE{% else %}${put}{% endif %}`;
export const unlessRemoved = (text: string): string => `{% if ${removed} %}{% else %}${text}{% endif %}`;
export const onlyRemoved = (text: string): string => `{% if ${removed} %}${text}{% endif %}`;

export const tokenField = (label: string, hint: string | null, required = true): PresetField => ({
  name: 'token',
  kind: 'secret',
  label,
  hint,
  example: '',
  default: '',
  required,
});
