import { failureTexts } from './failure-texts';

describe('why an attempt failed', () => {
  it.each(['{"error":"invalid signature"}', 'Webhook signature verification failed', 'HMAC mismatch'])(
    'a refusal of the signature leads to the signing secret, not to a header: %s',
    (answer) => {
      expect(failureTexts('http_401', 401, answer)).toEqual({
        short: 'failure.http_401.short',
        cause: 'failure.signature.cause',
        remedy: 'failure.signature.remedy',
      });
    },
  );

  it('any other refusal is what its status says', () => {
    expect(failureTexts('http_401', 401, 'token expired').remedy).toBe('failure.http_401.remedy');
    expect(failureTexts('http_5xx', 500, 'signature service down').remedy).toBe('failure.status_500.remedy');
    expect(failureTexts('http_401', 401).cause).toBe('failure.http_401.cause');
  });
});
