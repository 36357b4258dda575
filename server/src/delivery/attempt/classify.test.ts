import { AddressRefusedError } from '../http/address-guard';
import { classifyError, classifyResponse } from './classify';

const answer = (status: number, headers: Record<string, string> = {}) =>
  classifyResponse({ status, headers });
const withCode = (code: string, message = `failed with ${code}`) =>
  Object.assign(new Error(message), { code });

describe('an answer', () => {
  it.each([200, 201, 202, 204, 299])('%i is success (guarantee 13)', (status) => {
    expect(answer(status)).toEqual({
      outcome: 'succeeded',
      code: null,
      retry: false,
      disable: null,
      abort: false,
      slowDown: false,
      pauseWebhook: false,
    });
  });

  it.each([
    [300, 'redirect'],
    [301, 'redirect'],
    [302, 'redirect'],
    [304, 'redirect'],
    [307, 'redirect'],
    [308, 'redirect'],
    [400, 'http_400'],
    [401, 'http_401'],
    [402, 'http_4xx'],
    [403, 'http_403'],
    [404, 'http_404'],
    [405, 'http_405'],
    [413, 'http_413'],
    [418, 'http_4xx'],
    [429, 'http_429'],
    [500, 'http_5xx'],
    [502, 'http_5xx'],
    [503, 'http_5xx'],
    [504, 'http_5xx'],
    [599, 'http_5xx'],
    [199, 'invalid_response'],
    [600, 'invalid_response'],
    [999, 'invalid_response'],
  ])('%i is %s and tried again', (status, code) => {
    expect(answer(status)).toMatchObject({
      outcome: 'failed',
      code,
      retry: true,
      disable: null,
      abort: false,
    });
  });

  it('410 disables the webhook and is not tried again (guarantee 14)', () => {
    expect(answer(410)).toMatchObject({ code: 'http_410', retry: false, disable: 'gone' });
  });

  it.each([429, 502, 503, 504])('%i slows down (guarantee 14)', (status) => {
    expect(answer(status).slowDown).toBe(true);
  });

  it.each([400, 408, 500, 501])('%i does not slow down', (status) => {
    expect(answer(status).slowDown).toBe(false);
  });

  it('pauses the webhook on 429 and 503 that say how long, and on nothing else', () => {
    const asking = { 'retry-after': '120' };
    expect([429, 503, 500, 502, 200].map((status) => answer(status, asking).pauseWebhook)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(answer(429).pauseWebhook).toBe(false);
    expect(answer(503, { 'retry-after': 'soon' }).pauseWebhook).toBe(false);
  });
});

describe('the wish of the receiver (guarantee 15)', () => {
  it('disable disables the webhook, whether the delivery succeeded or not', () => {
    const headers = { 'webhook-delivery': 'disable' };
    expect(answer(200, headers)).toMatchObject({ outcome: 'succeeded', disable: 'receiver_asked' });
    expect(answer(500, headers)).toMatchObject({
      outcome: 'failed',
      retry: true,
      disable: 'receiver_asked',
    });
    expect(answer(410, headers)).toMatchObject({ disable: 'gone' });
  });

  it('abort-message gives up this delivery', () => {
    expect(answer(500, { 'webhook-delivery': ' Abort-Message ' })).toMatchObject({
      outcome: 'failed',
      code: 'aborted_by_receiver',
      retry: false,
      abort: true,
      disable: null,
    });
  });

  it('abort-message takes nothing from what succeeded', () => {
    expect(answer(204, { 'webhook-delivery': 'abort-message' })).toMatchObject({
      outcome: 'succeeded',
      abort: false,
    });
  });

  it('is not guessed', () => {
    expect(answer(500, { 'webhook-delivery': 'stop, please' })).toEqual(answer(500));
  });
});

describe('an error', () => {
  it.each([
    ['ENOTFOUND', 'dns_not_found'],
    ['EAI_AGAIN', 'dns_failed'],
    ['ECONNREFUSED', 'connection_refused'],
    ['ECONNRESET', 'connection_reset'],
    ['EPIPE', 'connection_reset'],
    ['UND_ERR_SOCKET', 'connection_reset'],
    ['ENETUNREACH', 'network_unreachable'],
    ['EHOSTUNREACH', 'network_unreachable'],
    ['ETIMEDOUT', 'connect_timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
    ['CONNECT_TIMEOUT', 'connect_timeout'],
    ['ANSWER_TIMEOUT', 'timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'tls_certificate_expired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_self_signed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_self_signed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_unknown_issuer'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls_unknown_issuer'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_host_mismatch'],
    ['CERT_NOT_YET_VALID', 'tls_failed'],
    ['CERT_REVOKED', 'tls_failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_failed'],
    ['EPROTO', 'tls_failed'],
    ['INVALID_URL', 'invalid_url'],
    ['ERR_INVALID_URL', 'invalid_url'],
    ['HPE_INVALID_CONSTANT', 'invalid_response'],
    ['HPE_HEADER_OVERFLOW', 'invalid_response'],
    ['UND_ERR_HEADERS_OVERFLOW', 'invalid_response'],
    ['INVALID_RESPONSE', 'invalid_response'],
    ['RESPONSE_INTERRUPTED', 'response_interrupted'],
    ['UND_ERR_DESTROYED', 'shutdown'],
  ])('%s is %s and tried again', (code, expected) => {
    const { outcome, message } = classifyError(withCode(code));
    expect(outcome).toMatchObject({ outcome: 'failed', code: expected, retry: true, disable: null });
    expect(message).toBe(`failed with ${code}`);
  });

  it('of a refused address names the address and the rule', () => {
    expect(classifyError(new AddressRefusedError('private', '10.0.0.5', 'intranet.example'))).toEqual({
      outcome: expect.objectContaining({ code: 'address_refused' }),
      message: 'intranet.example leads to a private or special address, which is refused',
    });
  });

  it('of time slows down', () => {
    expect(classifyError(withCode('ANSWER_TIMEOUT')).outcome.slowDown).toBe(true);
    expect(classifyError(withCode('CONNECT_TIMEOUT')).outcome.slowDown).toBe(true);
    expect(classifyError(withCode('ECONNREFUSED')).outcome.slowDown).toBe(false);
  });

  it('is found among its causes', () => {
    const error = new TypeError('fetch failed', { cause: new Error('x', { cause: withCode('ENOTFOUND') }) });
    expect(classifyError(error)).toMatchObject({
      outcome: { code: 'dns_not_found' },
      message: 'failed with ENOTFOUND',
    });
  });

  it('is found among the addresses that were tried in vain', () => {
    const error = new AggregateError([
      withCode('ECONNREFUSED', 'connect ECONNREFUSED ::1:9'),
      withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9'),
    ]);
    expect(classifyError(Object.assign(error, { code: 'ECONNREFUSED' }))).toMatchObject({
      outcome: { code: 'connection_refused' },
      message: 'connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9',
    });
    expect(classifyError(new AggregateError(error.errors)).outcome.code).toBe('connection_refused');
  });

  it('may be caused by itself', () => {
    const error = new Error('round');
    error.cause = error;
    expect(classifyError(error).outcome.code).toBe('internal');
  });

  it.each([
    [new Error('token=s3cret'), 'unexpected error (Error)'],
    [withCode('constructor', 's3cret'), 'unexpected error (Error)'],
    [Object.assign(new Error('s3cret'), { name: 'see s3cret' }), 'unexpected error (object)'],
    ['s3cret', 'unexpected error (string)'],
    [null, 'unexpected error (object)'],
    [undefined, 'unexpected error (undefined)'],
  ])('that nobody knows tells nothing of what it holds: %s', (error, message) => {
    expect(classifyError(error)).toEqual({
      outcome: expect.objectContaining({ code: 'internal', retry: true }),
      message,
    });
  });

  it('never shows a URL, and its text stays short and on one line', () => {
    const text = `cannot reach https://hooks.example/T0/s3cret?key=s3cret\r\n\0${'x'.repeat(1000)}`;
    const { message } = classifyError(withCode('ECONNRESET', text));
    expect(message).not.toContain('s3cret');
    expect(message).toMatch(/^cannot reach \[url\] x+$/);
    expect(message.length).toBeLessThanOrEqual(300);
  });
});
