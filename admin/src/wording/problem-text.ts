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
  'must be a whole number of seconds': 'problem.whole_seconds',
  'must be whole seconds': 'problem.whole_seconds',
};

const withNumbers: { pattern: RegExp; id: TextId; names: string[] }[] = [
  { pattern: /^must be at most (\d+) characters$/, id: 'problem.too_long', names: ['max'] },
  { pattern: /^must be at most (\d+)$/, id: 'problem.too_many', names: ['max'] },
  // Where a contract gives no words, zod's own are what the server answers with.
  { pattern: /^Too big: expected number to be <=(\d+)$/, id: 'problem.too_many', names: ['max'] },
  { pattern: /^must be at least (\d+)$/, id: 'problem.too_few', names: ['min'] },
  { pattern: /^must be between (\d+) and (\d+)$/, id: 'problem.between', names: ['min', 'max'] },
];

/**
 * The translation of a complaint in English, as `contracts` words it (the server answers with the same words),
 * or null for one that is not known. A test holds every message of `contracts` against this table.
 */
export function problemText(message: string): ProblemText | null {
  const id = exact[message];
  if (id) return { id };
  for (const { pattern, id: numbered, names } of withNumbers) {
    const found = pattern.exec(message);
    if (found) {
      const values = Object.fromEntries(names.map((name, index) => [name, Number(found[index + 1])]));
      return { id: numbered, values };
    }
  }
  return null;
}
