import { addressSecrets } from './address-secrets';
import { mask } from '../delivery/attempt/mask';

const hides = (address: string, text: string) => mask(text, addressSecrets(address));

describe('an address that is a secret', () => {
  const slack = 'https://hooks.slack.com/services/T01234567/B01234567/aBcDeFgHiJkLmNoPqRsTuVwX';

  it('is hidden as a whole, as its path, and in each part that is a key', () => {
    expect(hides(slack, `POST ${slack} failed`)).toBe('POST •••••• failed');
    expect(hides(slack, 'no_service at /services/T01234567/B01234567/aBcDeFgHiJkLmNoPqRsTuVwX')).toBe(
      'no_service at ••••••',
    );
    expect(hides(slack, '{"team":"T01234567","token":"aBcDeFgHiJkLmNoPqRsTuVwX"}')).toBe(
      '{"team":"••••••","token":"••••••"}',
    );
  });

  it('leaves its host and words that are no keys', () => {
    expect(hides(slack, 'hooks.slack.com: services are down')).toBe('hooks.slack.com: services are down');
  });

  it('is hidden in its query too, encoded or not', () => {
    const url = 'https://chat.googleapis.com/v1/spaces/AAA/messages?key=AIza-Key-1234&token=a%2Fb%2Fc1234567';
    expect(hides(url, 'key AIza-Key-1234')).toBe('key ••••••');
    expect(hides(url, 'token a/b/c1234567')).toBe('token ••••••');
    expect(hides(url, 'token a%2Fb%2Fc1234567')).toBe('token ••••••');
    expect(hides(url, 'location: /v1/spaces/AAA/messages/')).toBe('location: ••••••/');
  });

  it('that is none hides nothing', () => {
    expect(addressSecrets('nonsense')).toEqual([]);
    expect(hides('https://example.com/', 'GET / and https://example.org/')).toBe(
      'GET / and https://example.org/',
    );
  });
});
