import { cutMarginBytes, mask, masked, maskHeaders } from './mask';
import type { DeliverDeps } from './deliver';
import { send } from './deliver';

const secretHeader = 'Bearer 0123456789abcdef0123456789abcdef';
const capBytes = 1000;

/** What is kept of this answer to a request with a secret header. */
async function kept(body: string, statusText = 'OK') {
  const deps: DeliverDeps = {
    http: {
      send: () =>
        Promise.resolve({
          ...{ status: 200, statusText, headers: {}, durationMs: 1 },
          body: Buffer.from(body).subarray(0, capBytes + cutMarginBytes),
          truncated: Buffer.byteLength(body) > capBytes + cutMarginBytes,
        }),
      close: () => Promise.resolve(),
    },
    now: () => 0,
    elapsed: () => 0,
    random: () => 0.5,
    version: '0',
    responseBytes: capBytes,
    mask,
    maskHeaders,
  };
  const { attempt } = await send(deps, {
    ...{
      messageId: 'msg_1',
      method: 'POST',
      contentType: 'application/json',
      hidden: [],
      body: '{}',
      test: false,
      url: 'https://example.com/',
      shownUrl: 'https://example.com/',
      timeoutMs: 1000,
    },
    headers: [{ name: 'authorization', value: secretHeader, secret: true }],
    secrets: ['whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ='],
  });
  return attempt;
}

describe('what is kept of an answer that is cut', () => {
  it('holds no part of a secret, wherever the cut goes through it', async () => {
    for (let within = 0; within <= secretHeader.length; within += 1) {
      const before = 'x'.repeat(capBytes - within);
      const { responseBody, truncated } = await kept(`${before}${secretHeader}${'y'.repeat(500)}`);
      const shown = String(responseBody).slice(before.length);
      expect(masked.startsWith(shown) || shown.startsWith(masked)).toBe(true);
      expect(truncated).toBe(true);
    }
  });

  it('is the same whether or not what is right before the cut begins like a secret', async () => {
    for (let length = 1; length < secretHeader.length; length += 1) {
      const right = `${'x'.repeat(capBytes - length)}${secretHeader.slice(0, length)}`;
      const { responseBody } = await kept(right + 'z'.repeat(2 * cutMarginBytes));
      expect(responseBody).toBe(right);
    }
  });

  it('is as long as may be kept, in characters of several bytes too', async () => {
    const { responseBody } = await kept('я'.repeat(30_000));
    expect(responseBody).toBe('я'.repeat(capBytes / 2));
    expect((await kept('a'.repeat(capBytes))).truncated).toBe(false);
  });

  it('is masked before it is cut in the status line too', async () => {
    const { statusText } = await kept('', `${'n'.repeat(190)}${secretHeader}`);
    expect(statusText).toBe(`${'n'.repeat(190)}${masked}`);
  });
});
