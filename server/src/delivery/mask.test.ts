import { mask, masked } from './mask';

describe('masking known secrets in what a receiver answers', () => {
  it('hides every occurrence, also of the bare key of a signing secret', () => {
    const secret = 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=';
    const text = `got ${secret} and c2VjcmV0LXNlY3JldC1zZWNyZXQ= and ${secret}`;
    expect(mask(text, [secret])).toBe(`got ${masked} and ${masked} and ${masked}`);
  });

  it('leaves a text alone where the value is too short to be a secret', () => {
    expect(mask('a banana', ['a', ''])).toBe('a banana');
  });
});
