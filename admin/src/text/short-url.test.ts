import { shortUrl } from './short-url';

describe('an address in a list', () => {
  it('has its path, so that two hooks of one host are told apart', () => {
    expect(shortUrl('https://hooks.example.com/orders?key=1')).toBe('hooks.example.com/orders?key=1');
    expect(shortUrl('http://localhost:1337/event-webhooks/inbox/x')).toBe(
      'localhost:1337/event-webhooks/inbox/x',
    );
  });

  it('has no bare slash at its end', () => {
    expect(shortUrl('https://example.com/')).toBe('example.com');
  });

  it('stays hidden where it is a secret', () => {
    expect(shortUrl('https://hooks.slack.com/••••')).toBe('hooks.slack.com/••••');
  });
});
