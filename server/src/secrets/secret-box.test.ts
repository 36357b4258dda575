import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { WebhookRow } from '../store/webhooks';
import { createRekeyService } from './rekey';
import { createSecretBox } from './secret-box';

const boxOf = (appKeys: string[], more: { encryptionKey?: string; formerKeys?: string[] } = {}) =>
  createSecretBox({
    appKeys,
    encryptionKey: more.encryptionKey ?? null,
    formerKeys: more.formerKeys ?? [],
  });

function sealed(prefix: string, key: Buffer, plain: string, tagBytes = 16): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [prefix, ...[iv, text, cipher.getAuthTag()].map((bytes) => bytes.toString('hex'))].join(':');
}

const hkdf = (material: string) =>
  Buffer.from(hkdfSync('sha256', material, 'event-webhooks', 'secrets at rest', 32));
/** As the first version of this plugin sealed, under all app keys. */
const joined = (appKeys: string[], plain = 's3cret') => sealed('k1', hkdf(appKeys.join(',')), plain);
/** As Strapi seals. */
const strapi = (key: string, plain = 's3cret') =>
  sealed('v1', createHash('sha256').update(key).digest(), plain);

describe('a key that was rotated', () => {
  it.each([
    ['one put before', ['new', 'a', 'b']],
    ['one put behind', ['a', 'b', 'new']],
    ['one put between', ['a', 'new', 'b']],
    ['another order', ['b', 'a']],
    ['the last one dropped', ['a']],
    ['two rotations', ['newer', 'new', 'a', 'b']],
  ])('%s: what a,b sealed is still read', (_, appKeys) => {
    const value = boxOf(['a', 'b']).seal('s3cret');
    expect(value).toMatch(/^k2:[0-9a-f]{8}:/);
    expect(boxOf(appKeys).open(value)).toBe('s3cret');
  });

  it.each([
    ['the same', ['a', 'b']],
    ['one put before', ['new', 'a', 'b']],
    ['one put behind', ['a', 'b', 'new']],
    ['one put between', ['a', 'new', 'b']],
    ['another order', ['b', 'a']],
    ['two rotations', ['newer', 'new', 'a', 'b']],
    ['ten keys', ['1', '2', '3', '4', 'a', 'b', '5', '6', '7', '8']],
  ])('%s: so is what the joined list a,b sealed', (_, appKeys) => {
    expect(boxOf(appKeys).open(joined(['a', 'b']))).toBe('s3cret');
  });

  it('the first one dropped: read by nothing, and by the former key', () => {
    const value = boxOf(['a', 'b']).seal('s3cret');
    expect(boxOf(['b']).open(value)).toBeNull();
    expect(boxOf(['b'], { formerKeys: ['a'] }).open(value)).toBe('s3cret');
    expect(boxOf(['b'], { formerKeys: ['a'] }).open(joined(['a', 'b']))).toBe('s3cret');
  });

  it('an encryption key that comes, changes and goes', () => {
    const before = boxOf(['a']).seal('s3cret');
    const under = boxOf(['a'], { encryptionKey: 'e1' });
    expect(under.source).toBe('encryption_key');
    expect(under.open(before)).toBe('s3cret');
    const changed = boxOf(['a'], { encryptionKey: 'e2', formerKeys: ['e1'] });
    const gone = boxOf(['a'], { formerKeys: ['e1'] });
    for (const value of [under.seal('s3cret'), strapi('e1')]) {
      expect(under.open(value)).toBe('s3cret');
      expect(changed.open(value)).toBe('s3cret');
      expect(gone.open(value)).toBe('s3cret');
      expect(boxOf(['a'], { encryptionKey: 'e2' }).open(value)).toBeNull();
    }
  });

  it('the key that reads is told by its place and fingerprint, and is not the key', () => {
    const value = boxOf(['alpha-key', 'b']).seal('s3cret');
    const name = boxOf(['new', 'alpha-key', 'b']).readBy(value);
    expect(name).toEqual({ name: 'app.keys[1]', fingerprint: value.split(':')[1] });
    expect(JSON.stringify(boxOf(['alpha-key']).keys)).not.toContain('alpha');
    expect(boxOf(['c']).readBy(value)).toBeNull();
  });
});

describe('a value that was tampered with', () => {
  const box = boxOf(['a']);
  it.each([4, 8, 12, 13, 14, 15])('a tag of %d bytes is refused, whoever made it', (tagBytes) => {
    const fingerprint = box.seal('x').split(':')[1] ?? '';
    expect(box.open(sealed(`k2:${fingerprint}`, hkdf('a'), 's3cret', tagBytes))).toBeNull();
    expect(box.open(sealed('k1', hkdf('a'), 's3cret', tagBytes))).toBeNull();
    const own = boxOf(['a'], { encryptionKey: 'e' });
    expect(own.open(sealed('v1', createHash('sha256').update('e').digest(), 's3cret', tagBytes))).toBeNull();
  });

  it('a cut tag, other bytes, no bytes, more parts: null, never an error', () => {
    const value = box.seal('s3cret');
    const parts = value.split(':');
    const cut = (by: number) => value.slice(0, -by);
    const odd = [
      cut(2),
      cut(24),
      cut(1),
      `${value}:00`,
      `${value}zz`,
      '',
      'k2',
      'k2:::',
      'k1:::',
      'v1:::',
      'plain',
    ];
    for (const each of odd) expect(box.open(each)).toBeNull();
    expect(box.open(parts.slice(0, 4).join(':'))).toBeNull();
    expect(box.open(value)).toBe('s3cret');
    expect(box.open(box.seal(''))).toBe('');
  });
});

describe('rekey', () => {
  const rowOf = (
    id: number,
    name: string,
    values: string[],
    headers: string[] = [],
    address?: string,
    named: string[] = [],
  ) =>
    ({
      id,
      name,
      urlSealed: address ?? null,
      secrets: values.map((value) => ({ value, validUntil: null })),
      templateSecrets: named.map((value) => ({ name: 'token', value })),
      headers: [
        { name: 'x', value: 'open', secret: false },
        ...headers.map((value) => ({ name: 'y', value, secret: true })),
      ],
    }) as unknown as WebhookRow;

  it('seals all that is readable with the first key, goes on where it broke off, and counts', async () => {
    const box = boxOf(['new', 'a', 'b']);
    const rows = [
      rowOf(1, 'One', [joined(['a', 'b']), boxOf(['a']).seal('s3cret')], [boxOf(['b']).seal('header')]),
      rowOf(2, 'Two', [boxOf(['lost']).seal('s3cret'), box.seal('s3cret')]),
      rowOf(3, 'Three', [], [], boxOf(['b']).seal('https://hooks.example/s3cret'), [
        boxOf(['b']).seal('token'),
      ]),
    ];
    let fails = true;
    const service = createRekeyService({
      box,
      all: async () => structuredClone(rows),
      async changeSealed(id, change) {
        if (id === 2 && fails) throw new Error('the database went away');
        const row = rows.find((each) => each.id === id);
        if (row) Object.assign(row, change(structuredClone(row)));
      },
    });
    expect(await service.keys()).toMatchObject({
      keys: [
        { name: 'app.keys[0]', seals: true, reads: 1 },
        { name: 'app.keys[1]', seals: false, reads: 1 },
        { name: 'app.keys[2]', seals: false, reads: 3 },
        { name: 'joined: app.keys[1], app.keys[2]', seals: false, reads: 1 },
      ],
      unreadable: [{ webhook: 'Two', values: 1 }],
    });
    await expect(service.rekey()).rejects.toThrow('went away');
    fails = false;
    const lost = [{ webhook: 'Two', values: 1 }];
    expect(await service.rekey()).toEqual({ webhooks: 3, renewed: 2, already: 4, unreadable: lost });
    expect(boxOf(['new']).open(rows[2]?.urlSealed ?? '')).toBe('https://hooks.example/s3cret');
    expect(boxOf(['new']).open(rows[2]?.templateSecrets[0]?.value ?? '')).toBe('token');
    expect(rows[0]?.headers[0]?.value).toBe('open');
    expect(rows[0]?.secrets.map(({ value }) => boxOf(['new']).open(value))).toEqual(['s3cret', 's3cret']);
    expect(boxOf(['new']).open(rows[0]?.headers[1]?.value ?? '')).toBe('header');
    expect(JSON.stringify(await service.rekey())).not.toMatch(/s3cret|header/);
  });
});
