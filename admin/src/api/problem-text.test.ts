import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inboxSettings, webhookInput } from '../../../contracts';
import { problemText } from './problem-text';

const messages = (input: unknown): string[] =>
  webhookInput.safeParse(input).error?.issues.map(({ message }) => message) ?? [];

describe('problemText', () => {
  it('knows every message that the contracts word', () => {
    const contracts = join(__dirname, '../../../contracts');
    const source = ['webhook-input.ts', 'webhooks.ts', 'event-types.ts', 'inbox.ts', 'settings.ts']
      .map((file) => readFileSync(join(contracts, file), 'utf8'))
      .join('\n');
    const worded = [...source.matchAll(/['`]((?:must|is|may|choose) [^'`]*)['`]/g)].map(([, text]) =>
      (text ?? '').replaceAll(/\$\{[^}]+\}/g, '7'),
    );
    expect(worded.length).toBeGreaterThan(20);
    expect(worded.filter((text) => problemText(text) === null)).toEqual([]);
  });

  it.each([
    [{}],
    [{ name: '', url: 'ftp://example.com', events: [] }],
    [{ name: 'x'.repeat(121), url: 'https://a:b@example.com', events: ['Payment'] }],
    [{ name: 'x', url: 'no address', events: ['a.b'], headers: [{ name: 'host', value: 'x\ny' }] }],
    [{ name: 'x', url: 'https://example.com', events: ['a.b'], timeoutSeconds: 61 }],
  ])('translates what the form complains of: %j', (input) => {
    expect(messages(input).length).toBeGreaterThan(0);
    for (const message of messages(input)) expect([message, problemText(message)]).not.toContain(null);
  });

  it('carries the numbers over', () => {
    expect(problemText('must be at most 120 characters')).toEqual({
      id: 'problem.too_long',
      values: { max: 120 },
    });
    const [issue] = inboxSettings.safeParse({ answerStatus: 100 }).error?.issues ?? [];
    expect(problemText(issue?.message ?? '')).toEqual({
      id: 'problem.between',
      values: { min: 200, max: 599 },
    });
  });

  it('leaves an unknown message to be shown as it is', () => {
    expect(problemText('something else')).toBeNull();
  });
});
