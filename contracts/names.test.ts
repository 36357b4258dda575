import { printableName, unprintable } from './names';
import { plainText } from './parts';
import { pauseInput } from './settings';
import { webhookHeader, webhookInput } from './webhook-input';

/** Each could forge a line, move a cursor, or turn what follows it round. */
const forgers = {
  'a line break': '\n',
  'a NUL': '\0',
  'an escape': '\u001b',
  'a control character of the second set': '\u0085',
  'a line separator': '\u2028',
  'a mark that turns the direction': '\u202e',
  'an isolate': '\u2066',
};
const webhook = (name: string) =>
  webhookInput.safeParse({ name, url: 'https://crm.example.com', events: ['payment.received'] });

describe('texts that people give', () => {
  it.each(Object.entries(forgers))('refuse %s in names, reasons and searches', (_, character) => {
    const text = `CRM${character}sync`;
    expect(webhook(text).success).toBe(false);
    expect(pauseInput.safeParse({ reason: text, minutes: null }).success).toBe(false);
    expect(plainText(40).safeParse(text).success).toBe(false);
  });

  it('take letters of any language, and emoji', () => {
    for (const text of ['Синхронізація CRM', '会計 🧾', 'مرحبا']) {
      expect(webhook(text).success).toBe(true);
      expect(pauseInput.safeParse({ reason: text, minutes: null }).success).toBe(true);
    }
  });

  it.each(Object.entries(forgers))('keep a name from elsewhere without %s', (_, character) => {
    const name = printableName(`${character}CRM${character}${character}sync ${character}`, 100);
    expect(name).toBe('CRM sync');
    expect(unprintable.test(name)).toBe(false);
  });

  it('cut a name from elsewhere without a space at its end', () => {
    expect(printableName('CRM sync', 4)).toBe('CRM');
  });
});

describe('names of headers', () => {
  it.each(['__proto__', '__PROTO__', 'Host', 'webhook-id'])('%s is refused', (name) => {
    expect(webhookHeader.safeParse({ name, value: 'a', secret: false }).success).toBe(false);
  });

  it.each(['constructor', 'X-Api-Key'])('%s is taken', (name) => {
    expect(webhookHeader.safeParse({ name, value: 'a', secret: false }).success).toBe(true);
  });
});
