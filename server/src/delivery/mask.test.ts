import { mask, masked, maskHeaders } from './mask';

describe('masking known secrets in what a receiver answers', () => {
  const secret = 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=';

  it('hides every occurrence, also of the bare key of a signing secret', () => {
    const text = `got ${secret} and c2VjcmV0LXNlY3JldC1zZWNyZXQ= and ${secret}`;
    expect(mask(text, [secret])).toBe(`got ${masked} and ${masked} and ${masked}`);
  });

  it('leaves a text alone where the value is too short to be a secret', () => {
    expect(mask('a banana', ['a', ''])).toBe('a banana');
  });

  it('hides what an echo in JSON or in a URL has spelled in its own way', () => {
    const header = 'Basic "a\\b"/+=';
    const echoed = JSON.stringify({ header, url: `https://x.example/?key=${encodeURIComponent(header)}` });
    expect(mask(echoed, [header])).toBe(`{"header":"${masked}","url":"https://x.example/?key=${masked}"}`);
  });

  it('hides a secret that was cut off at the end of what is kept', () => {
    expect(mask(`echo: ${secret.slice(0, 20)}`, [secret])).toBe(`echo: ${masked}`);
    expect(mask(`echo: ${secret.slice(6, 20)}`, [secret])).toBe(`echo: ${masked}`);
    expect(mask('echo: c2V', [secret])).toBe('echo: c2V');
  });

  it('takes a value that no URL can hold', () => {
    expect(mask('a \ud800secret z', ['\ud800secret'])).toBe(`a ${masked} z`);
  });
});

describe('masking known secrets in headers', () => {
  const secret = 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=';

  it('hides them in names and values, each by itself: also one that is cut off in the middle of them all', () => {
    const headers = { 'x-echo': `a ${secret.slice(0, 20)}`, [secret]: 'name', 'content-type': 'text/plain' };
    expect(maskHeaders(headers, [secret])).toEqual({
      'x-echo': `a ${masked}`,
      [masked]: 'name',
      'content-type': 'text/plain',
    });
  });

  it('gives a copy of what has nothing to hide', () => {
    const headers = { 'content-type': 'text/plain' };
    const shown = maskHeaders(headers, [secret]);
    expect(shown).toEqual(headers);
    expect(shown).not.toBe(headers);
  });
});
