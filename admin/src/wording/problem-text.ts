import type { TextId, TextValues } from '../hooks/useText';

interface ProblemText {
  id: TextId;
  values?: TextValues;
}

const exact: Record<string, TextId> = {
  'is required': 'problem.required',
  'choose at least one event': 'problem.no_event',
  'is named twice': 'problem.named_twice',
  'may hold letters, digits and - only': 'problem.header_name',
  'is set by the sender itself and cannot be chosen': 'problem.header_reserved',
  'must not contain line breaks or control characters': 'problem.line_breaks',
  'must not contain spaces or control characters': 'problem.url_spaces',
  'must be a complete address, like https://example.com/hook': 'problem.url_incomplete',
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
  'choose at least one': 'problem.choose_one',
  'nothing is paused': 'problem.nothing_paused',
  'the webhook of this delivery was deleted': 'problem.webhook_deleted',
  'the body of this event is no longer kept': 'problem.body_gone',
  'this delivery is being sent right now': 'problem.being_sent',
  'only a delivery that waits can be cancelled': 'problem.not_waiting',
  'a test event is not resent; send another test': 'problem.test_not_resent',
  'this has ended already': 'problem.replay_ended',
  'there is nothing to send again': 'problem.replay_nothing',
  'the text fits too many; choose a webhook or a time instead': 'problem.replay_too_many',
  'this webhook is turned off; turn it on to trigger it': 'trigger.off',
  'a stored secret of this webhook cannot be decrypted; enter it again or rotate it':
    'problem.secret_unreadable',
  'the secret cannot be decrypted with the present key; rotate it': 'webhook.reason.secret_unreadable',
};

const withValues: { pattern: RegExp; id: TextId; names: string[] }[] = [
  { pattern: /^must be at most (\d+) characters$/, id: 'problem.too_long', names: ['max'] },
  { pattern: /^must be at most (\d+) days$/, id: 'problem.too_many_days', names: ['max'] },
  { pattern: /^must be at most (\d+)$/, id: 'problem.too_many', names: ['max'] },
  // Where a contract gives no words, zod's own are what the server answers with.
  { pattern: /^Too big: expected number to be <=(\d+)$/, id: 'problem.too_many', names: ['max'] },
  { pattern: /^must be at least (\d+)$/, id: 'problem.too_few', names: ['min'] },
  { pattern: /^must be between (\d+) and (\d+)$/, id: 'problem.between', names: ['min', 'max'] },
  { pattern: /^there are (\d+) already; delete one first$/, id: 'problem.too_many_inboxes', names: ['max'] },
  {
    pattern: /^leads to (\S+), which is not allowed to be called \(([\w ]+)\)/,
    id: 'problem.address_refused',
    names: ['address', 'range'],
  },
  { pattern: /^(\S+) is not an event type of this Strapi$/, id: 'problem.unknown_event', names: ['event'] },
  { pattern: /^the entry \S+ (\S+) does not exist$/, id: 'problem.entry_gone', names: ['id'] },
  { pattern: /^(\S+) is no event of (\S+)$/, id: 'problem.not_its_event', names: ['event', 'uid'] },
  { pattern: /^(\S+) gives no events$/, id: 'problem.no_events', names: ['uid'] },
  { pattern: /^is larger than (\d+) bytes$/, id: 'problem.too_large', names: ['max'] },
  { pattern: /^(?:webhook|delivery|replay) (\d+) does not exist$/, id: 'problem.gone', names: ['id'] },
];

/**
 * The translation of a complaint in English, as `contracts` and the server word it, or null for one that is not
 * known. A test holds every message of `contracts` against this table.
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

/** Numbers stay numbers, so that plural forms fit them. */
const asValue = (text = ''): string | number => (/^\d+$/.test(text) ? Number(text) : text);
