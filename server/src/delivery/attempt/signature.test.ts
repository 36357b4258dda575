import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { InvalidSecretError, newSecret, sign, verify } from './signature';

const vector = {
  secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestampSeconds: 1614265330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

const headersOf = (id: string, timestampSeconds: number, signature: string) => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestampSeconds),
  'webhook-signature': signature,
});

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const anySecret = fc
  .uint8Array({ minLength: 24, maxLength: 64 })
  .map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`);
const anyId = fc.stringMatching(/^msg_[A-Za-z0-9]{1,30}$/);
const anySeconds = fc.integer({ min: 0, max: 4_000_000_000 });

describe('signing', () => {
  it.each([
    ['without its prefix', vector.secret],
    ['with its prefix', `whsec_${vector.secret}`],
  ])('gives the signature of the test vector, the secret %s', (_, secret) => {
    expect(sign({ ...vector, secrets: [secret] })).toBe(vector.signature);
    expect(sign({ ...vector, body: Buffer.from(vector.body), secrets: [secret] })).toBe(vector.signature);
  });

  it('signs once with each live secret, in their order', () => {
    const other = newSecret();
    const signatures = sign({ ...vector, secrets: [vector.secret, other] });
    expect(signatures).toBe(`${vector.signature} ${sign({ ...vector, secrets: [other] })}`);
  });

  it('signs text as its UTF-8 bytes, half surrogates included', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        anySecret,
        anyId,
        anySeconds,
        (body, secret, id, seconds) => {
          const input = { id, timestampSeconds: seconds, secrets: [secret] };
          return sign({ ...input, body }) === sign({ ...input, body: Buffer.from(body, 'utf8') });
        },
      ),
    );
  });

  it.each(['', 'whsec_', 'whsec_not base64', 'whsec_AAA', 'whsec_AAAA\n'])(
    'refuses the secret %j without repeating it',
    (secret) => {
      expect(() => sign({ ...vector, secrets: [secret] })).toThrow(InvalidSecretError);
      expect(() => sign({ ...vector, body: Buffer.from('x'), secrets: [secret] })).toThrow('not base64');
    },
  );

  it('makes signatures that the library of Standard Webhooks accepts', () => {
    const secret = newSecret();
    const timestampSeconds = Math.floor(Date.now() / 1000);
    const body = '{"type":"payment.received","data":{"name":"Олена 🙂"}}';
    const signature = sign({ id: 'msg_1', timestampSeconds, body, secrets: [newSecret(), secret] });
    const headers = headersOf('msg_1', timestampSeconds, signature);
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  });
});

describe('a new secret', () => {
  it('is whsec_ and 32 random bytes', () => {
    const secret = newSecret();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSecret()).not.toBe(secret);
    expect(newSecret((bytes) => Buffer.alloc(bytes, 1))).toBe(
      `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
    );
  });
});

describe('verifying', () => {
  const body = Buffer.from(vector.body);
  const request = {
    headers: headersOf(vector.id, vector.timestampSeconds, vector.signature),
    body,
    secret: vector.secret,
    nowSeconds: vector.timestampSeconds + 2,
  };

  it('accepts the test vector and tells its age', () => {
    expect(verify(request)).toEqual({ ok: true, ageSeconds: 2 });
  });

  it('finds header names by any spelling', () => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect(verify({ ...request, headers })).toEqual({ ok: true, ageSeconds: 2 });
  });

  it('takes any of several signatures and passes over versions it does not know', () => {
    const signature = `v1a,AAAA v1,AAAA ${vector.signature} nonsense`;
    const headers = { ...request.headers, 'webhook-signature': signature };
    expect(verify({ ...request, headers })).toMatchObject({ ok: true });
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('says when %s is missing', (name) => {
    for (const value of [undefined, '']) {
      const headers = { ...request.headers, [name]: value };
      expect(verify({ ...request, headers })).toEqual({ ok: false, reason: 'missing' });
    }
  });

  it.each([
    ['webhook-timestamp', 'yesterday'],
    ['webhook-timestamp', '-1'],
    ['webhook-timestamp', '1614265330.5'],
    ['webhook-timestamp', '1'.repeat(400)],
    ['webhook-signature', 'nonsense'],
    ['webhook-signature', 'sha256=abc'],
  ])('says when %s is malformed: %s', (name, value) => {
    const headers = { ...request.headers, [name]: value };
    expect(verify({ ...request, headers })).toEqual({ ok: false, reason: 'malformed' });
  });

  it('is strict about the time, five minutes to both sides by default', () => {
    const at = (seconds: number, toleranceSeconds?: number) =>
      verify({ ...request, nowSeconds: vector.timestampSeconds + seconds, toleranceSeconds });
    expect(at(300)).toEqual({ ok: true, ageSeconds: 300 });
    expect(at(301)).toEqual({ ok: false, reason: 'too_old' });
    expect(at(-300)).toEqual({ ok: true, ageSeconds: -300 });
    expect(at(-301)).toEqual({ ok: false, reason: 'in_future' });
    expect(at(11, 10)).toEqual({ ok: false, reason: 'too_old' });
  });

  it('says no_match of an old request with a wrong signature', () => {
    const headers = { ...request.headers, 'webhook-id': 'msg_other' };
    expect(verify({ ...request, headers, nowSeconds: vector.timestampSeconds + 9999 })).toEqual({
      ok: false,
      reason: 'no_match',
    });
  });

  it('accepts what was signed, for any bytes: UTF-8 or not', () => {
    fc.assert(
      fc.property(anyBytes, anySecret, anySecret, anyId, anySeconds, (bytes, secret, old, id, seconds) => {
        const signature = sign({ id, timestampSeconds: seconds, body: bytes, secrets: [old, secret] });
        const headers = headersOf(id, seconds, signature);
        expect(verify({ headers, body: bytes, secret, nowSeconds: seconds })).toEqual({
          ok: true,
          ageSeconds: 0,
        });
      }),
    );
  });

  it('finds out a single changed bit, anywhere in the body', () => {
    const nonEmpty = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(nonEmpty, fc.nat(), fc.nat({ max: 7 }), anySecret, (bytes, place, bit, secret) => {
        const signature = sign({ id: 'msg_1', timestampSeconds: 1, body: bytes, secrets: [secret] });
        const tampered = Buffer.from(bytes);
        const index = place % bytes.length;
        tampered[index] = (bytes[index] ?? 0) ^ (1 << bit);
        expect(
          verify({ headers: headersOf('msg_1', 1, signature), body: tampered, secret, nowSeconds: 1 }),
        ).toEqual({ ok: false, reason: 'no_match' });
      }),
    );
  });

  it('finds out another id, time or secret', () => {
    fc.assert(
      fc.property(anyBytes, anySecret, anySecret, (bytes, secret, other) => {
        fc.pre(secret !== other);
        const signature = sign({ id: 'msg_1', timestampSeconds: 5, body: bytes, secrets: [secret] });
        const verdicts = [
          verify({ headers: headersOf('msg_2', 5, signature), body: bytes, secret, nowSeconds: 5 }),
          verify({ headers: headersOf('msg_1', 6, signature), body: bytes, secret, nowSeconds: 5 }),
          verify({ headers: headersOf('msg_1', 5, signature), body: bytes, secret: other, nowSeconds: 5 }),
        ];
        expect(verdicts).toEqual(Array(3).fill({ ok: false, reason: 'no_match' }));
      }),
    );
  });

  it('tells two bodies apart that decode to the same text', () => {
    const secret = newSecret();
    const signature = sign({
      id: 'msg_1',
      timestampSeconds: 1,
      body: Buffer.from([0xff]),
      secrets: [secret],
    });
    const headers = headersOf('msg_1', 1, signature);
    expect(verify({ headers, body: Buffer.from([0xfe]), secret, nowSeconds: 1 })).toEqual({
      ok: false,
      reason: 'no_match',
    });
  });
});
