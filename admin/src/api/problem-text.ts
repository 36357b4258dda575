import type { TextId, TextValues } from '../text/useText';

interface ProblemText {
  id: TextId;
  values?: TextValues;
}

const exact: Record<string, TextId> = {
  'is required': 'problem.required',
  'choose at least one event': 'problem.no_event',
  'is required, unless a time is given': 'problem.no_threshold',
  'none of its events has a counterpart here': 'problem.no_counterpart',
  'was imported before': 'problem.imported_before',
  'is named twice': 'problem.named_twice',
  'may hold letters, digits and - only': 'problem.header_name',
  'is set by the sender itself and cannot be chosen': 'problem.header_reserved',
  'must not contain line breaks or control characters': 'problem.line_breaks',
  'must not contain spaces or control characters': 'problem.url_spaces',
  'must be a complete address, like https://example.com/hook': 'problem.url_incomplete',
  'must be lower case letters, digits and _, beginning with a letter': 'sending.secrets.name_rule',
  'must begin with https:// or http://': 'problem.url_scheme',
  'must not contain a user name or password; use a secret header instead': 'problem.url_credentials',
  'must be an event type like payment.received, or a wildcard like payment.*': 'problem.event_type',
  'must be lower case with dots, like payment.received': 'problem.event_type_name',
  'must be a whole number': 'problem.whole',
  'must be whole minutes': 'problem.whole',
  'must be whole days': 'problem.whole',
  'must be an e-mail address': 'problem.email',
  'is set in config/plugins.ts': 'problem.fixed',
  'must be a whole number of seconds': 'problem.whole_seconds',
  'must be whole seconds': 'problem.whole_seconds',
  'is not a known field': 'problem.unknown_field',
  'must not contain control characters': 'problem.control_characters',
  'your role may not read this entry': 'problem.entry_unreadable',
  'this event contains more of the entry than your role may read': 'problem.entry_partly',
  'choose at least one': 'problem.choose_one',
  'enter a key': 'problem.no_key',
  'choose a field': 'problem.no_path',
  'must name at least one action': 'problem.no_action',
  'must hold at least one clause': 'problem.no_clause',
  'must be a path in the entry': 'problem.not_path',
  'its name must be letters, digits and _, like buyer_name': 'problem.key_name',
  'is shown only in part; enter the full URL': 'problem.url_shown_in_part',
  'needs the permission to reveal secrets, or the full URL entered again': 'problem.url_may_not_reveal',
  'cannot be decrypted; enter it again': 'problem.url_unreadable',
  'an inbox of this Strapi is shown on the Inbox screen, so its URL is not secret': 'problem.url_inbox_shown',
  'nothing is paused': 'problem.nothing_paused',
  'the webhook of this delivery was deleted': 'problem.webhook_deleted',
  'the body of this event is no longer stored': 'problem.body_gone',
  'this event was not set aside': 'problem.not_set_aside',
  'this delivery is being sent right now': 'problem.being_sent',
  'only a waiting delivery can be cancelled': 'problem.not_waiting',
  'a test event is not resent; send another test': 'problem.test_not_resent',
  'this job has already ended': 'problem.replay_ended',
  'there is nothing to resend': 'problem.replay_nothing',
  'there is nothing to resend: what was found is meant for webhooks that are off': 'problem.replay_off',
  'this Strapi sends no e-mail': 'notify.not_ready',
  'somebody has saved another change since this form was opened': 'problem.conflict',
  'the text matches too many deliveries; filter by webhook or time instead': 'problem.replay_too_many',
  'must be at least the quiet period': 'problem.merge_shorter',
  'this webhook is off; turn it on first': 'trigger.off',
  'a stored secret of this webhook cannot be decrypted; enter it again or rotate it':
    'problem.secret_unreadable',
  'the secret cannot be decrypted with the current key; rotate it': 'webhook.reason.secret_unreadable',
};

const withValues: { pattern: RegExp; id: TextId; names: string[] }[] = [
  { pattern: /^must be at most (\d+) characters$/, id: 'problem.too_long', names: ['max'] },
  {
    pattern: /^must have a host of at most (\d+) characters$/,
    id: 'problem.host_too_long',
    names: ['max'],
  },
  { pattern: /^must be at most (\d+) days$/, id: 'problem.too_many_days', names: ['max'] },
  { pattern: /^must be at most (\d+)$/, id: 'problem.too_many', names: ['max'] },
  // If a contract has no message of its own, the server returns zod's.
  { pattern: /^Too big: expected number to be <=(\d+)$/, id: 'problem.too_many', names: ['max'] },
  {
    pattern: /^must be at least (\d+) characters to be kept secret$/,
    id: 'problem.short_secret',
    names: ['min'],
  },
  {
    pattern: /^too often: at most (\d+) a minute; again in (\d+) s$/,
    id: 'problem.too_often',
    names: ['max', 'seconds'],
  },
  {
    pattern: /^at most (\d+) test events at once; wait for the response to one$/,
    id: 'problem.tests_at_once',
    names: ['max'],
  },
  {
    pattern: /^to search by .* one must be allowed to see deliveries$/,
    id: 'problem.search_refused',
    names: [],
  },
  { pattern: /^its name must be at most (\d+) characters$/, id: 'problem.key_too_long', names: ['max'] },
  { pattern: /^must hold 1 to (\d+) keys$/, id: 'problem.keys', names: ['max'] },
  {
    pattern: /^cannot change while webhooks are subscribed to (\S+): (.+)$/,
    id: 'problem.event_in_use',
    names: ['event', 'webhooks'],
  },
  {
    pattern: /^(\S+) is declared already, by (.+)$/,
    id: 'problem.declared_already',
    names: ['event', 'where'],
  },
  { pattern: /^must be at least (\d+)$/, id: 'problem.too_few', names: ['min'] },
  { pattern: /^must be between (\d+) and (\d+)$/, id: 'problem.between', names: ['min', 'max'] },
  { pattern: /^there are (\d+) already; delete one first$/, id: 'problem.too_many_inboxes', names: ['max'] },
  {
    pattern: /^leads to (\S+), which is not allowed to be called \(([\w ]+)\)/,
    id: 'problem.address_refused',
    names: ['address', 'range'],
  },
  {
    pattern: /^leads to (\S+), which is never called \(([\w ]+)\)/,
    id: 'problem.address_never',
    names: ['address', 'range'],
  },
  {
    pattern: /^leads to a private or special address, which is not allowed to be called/,
    id: 'problem.name_refused',
    names: [],
  },
  { pattern: /^(\S+) is not an event type of this Strapi$/, id: 'problem.unknown_event', names: ['event'] },
  { pattern: /^the entry \S+ (\S+) does not exist$/, id: 'problem.entry_gone', names: ['id'] },
  { pattern: /^(\S+) is no event of (\S+)$/, id: 'problem.not_its_event', names: ['event', 'uid'] },
  { pattern: /^(\S+) gives no business events$/, id: 'problem.not_offered', names: ['uid'] },
  { pattern: /^(\S+) gives no events$/, id: 'problem.no_events', names: ['uid'] },
  {
    pattern: /^the URL leads to another server: enter the value of (\S+) again, or remove it$/,
    id: 'problem.header_moved',
    names: ['name'],
  },
  {
    pattern: /^is required: no secret value of (\S+) is stored$/,
    id: 'problem.header_not_stored',
    names: ['name'],
  },
  { pattern: /^is larger than (\d+) bytes$/, id: 'problem.too_large', names: ['max'] },
  { pattern: /^(?:webhook|delivery|replay) (\d+) does not exist$/, id: 'problem.gone', names: ['id'] },
];

/**
 * The translation of an English error message of `contracts` or the server, or null for an unknown one. A
 * test checks every message of `contracts` against this table.
 */
export function problemText(message: string): ProblemText | null {
  const id = exact[message];
  if (id) return { id };
  for (const { pattern, id: textId, names } of withValues) {
    const found = pattern.exec(message);
    if (found) {
      const values = Object.fromEntries(names.map((name, index) => [name, asValue(found[index + 1])]));
      return { id: textId, values };
    }
  }
  return null;
}

/** Numbers stay numbers, for plural forms. */
const asValue = (text = ''): string | number => (/^\d+$/.test(text) ? Number(text) : text);
