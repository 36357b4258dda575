import { mask, masked } from './mask';

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
