import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';

/**
 * Secrets at rest: AES-256-GCM with a key derived by HKDF (RFC 5869) from `admin.secrets.encryptionKey` if it
 * is set, else from the first of `server.app.keys`, so that an installation without that key is as safe as
 * its sessions. Each value names its key (`k2:<fingerprint>:…`), and every configured key is used to decrypt.
 */
export interface SecretBox {
  seal(plain: string): string;
  /** Null if the value cannot be decrypted: the key was changed or lost. */
  open(sealed: string): string | null;
  /** The key that decrypts it, for display; null if none does. */
  readBy(sealed: string): KeyName | null;
  /** Whether it is encrypted as `seal` would do it now. */
  isPresent(sealed: string): boolean;
  /** Every key for decryption, the one for encryption first. */
  keys: readonly KeyName[];
  /** Which key encrypts new values. */
  source: 'encryption_key' | 'app_keys';
}

/** The position of a key in the configuration, and a fingerprint; neither is secret. */
export interface KeyName {
  name: string;
  fingerprint: string;
}

export interface KeyMaterials {
  /** `admin.secrets.encryptionKey`. */
  encryptionKey: string | null;
  /** `server.app.keys`. */
  appKeys: readonly string[];
  /** `secrets.formerKeys` of this plugin: previous values of either. */
  formerKeys: readonly string[];
}

export function keyMaterials(strapi: Core.Strapi, formerKeys: readonly string[]): KeyMaterials {
  const encryptionKey = strapi.config.get<string | undefined>('admin.secrets.encryptionKey');
  const appKeys = strapi.config.get<string[] | string>('server.app.keys', []);
  return { encryptionKey: encryptionKey || null, appKeys: [appKeys].flat(), formerKeys };
}

interface Key extends KeyName {
  material: string;
  key: Buffer;
}

const algorithm = 'aes-256-gcm';
const presentPrefix = 'k2';
/** All app keys joined, in their order: the key of the plugin's first versions. */
const joinedPrefix = 'k1';
/** Strapi's own encryption, which this plugin used if there was an encryption key. */
const strapiPrefix = 'v1';
const ivBytes = 12;
const tagBytes = 16;
const maxOpened = 5000;
/** With more keys only adjacent ones are joined: 5 can be arranged in 325 ways. */
const maxRearranged = 5;

export function createSecretBox({ encryptionKey, appKeys, formerKeys }: KeyMaterials): SecretBox {
  const named = (name: string, material: string): Key => ({
    name,
    material,
    key: derive(material, 'secrets at rest', 32),
    fingerprint: fingerprintOf(material),
  });
  const appKeysNamed = appKeys.map((material, index) => named(`app.keys[${index}]`, material));
  const former = formerKeys.map((material, index) => named(`secrets.formerKeys[${index}]`, material));
  const own = encryptionKey === null ? [] : [named('admin.secrets.encryptionKey', encryptionKey)];
  const keys = [...own, ...appKeysNamed, ...former];
  const [present = named('app.keys', '')] = keys;
  const joined = createJoined([...appKeysNamed, ...former]);
  // Otherwise every value would be decrypted for each attempt; the cache contains only what the process knows
  // anyway.
  const opened = new Map<string, string>();

  const read = (sealed: string): { plain: string; by: KeyName } | null => {
    const [prefix, ...parts] = sealed.split(':');
    if (prefix === strapiPrefix) return firstThatOpens([...own, ...former], sha256, parts);
    if (prefix === joinedPrefix) return joined(parts);
    if (prefix !== presentPrefix) return null;
    const [fingerprint, ...rest] = parts;
    const sealers = keys.filter((key) => key.fingerprint === fingerprint);
    return firstThatOpens(sealers, ({ key }) => key, rest);
  };

  return {
    source: encryptionKey === null ? 'app_keys' : 'encryption_key',
    keys: keys.map(nameOf),
    seal: (plain) => sealWith(present, plain),
    open(sealed) {
      const known = opened.get(sealed);
      if (known !== undefined) return known;
      const plain = read(sealed)?.plain ?? null;
      if (plain !== null) {
        if (opened.size > maxOpened) opened.clear();
        opened.set(sealed, plain);
      }
      return plain;
    },
    readBy: (sealed) => read(sealed)?.by ?? null,
    isPresent: (sealed) => sealed.startsWith(`${presentPrefix}:${present.fingerprint}:`),
  };
}

const nameOf = ({ name, fingerprint }: KeyName): KeyName => ({ name, fingerprint });

const derive = (material: string, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', material, 'event-webhooks', purpose, bytes));

const fingerprintOf = (material: string): string => derive(material, 'key id', 4).toString('hex');

/** As Strapi derives a key from its text. */
const sha256 = ({ material }: Key): Buffer => createHash('sha256').update(material).digest();

function firstThatOpens(
  keys: readonly Key[],
  keyOf: (key: Key) => Buffer,
  parts: readonly string[],
): { plain: string; by: KeyName } | null {
  for (const key of keys) {
    const plain = openWith(keyOf(key), parts);
    if (plain !== null) return { plain, by: nameOf(key) };
  }
  return null;
}

/** Tries the possible earlier lists of keys; the last one that worked first. */
function createJoined(keys: readonly Key[]) {
  let candidates: Key[] | null = null;

  return (parts: readonly string[]): { plain: string; by: KeyName } | null => {
    candidates ??= joinsOf(keys);
    const found = candidates.find(({ key }) => openWith(key, parts) !== null);
    if (!found) return null;
    if (candidates[0] !== found) candidates = [found, ...candidates.filter((each) => each !== found)];
    return firstThatOpens([found], ({ key }) => key, parts);
  };
}

function joinsOf(keys: readonly Key[]): Key[] {
  const runs = keys.flatMap((_, from) =>
    keys.slice(from).map((__, length) => keys.slice(from, from + length + 1)),
  );
  const orders = keys.length <= maxRearranged ? ordersOf(keys) : [];
  // The current list first: usually nothing has changed.
  const all = [[...keys], ...runs, ...orders, []];
  const joins = new Map(all.map((list) => [list.map(({ material }) => material).join(','), list]));
  return [...joins].map(([material, list]) => ({
    name: `joined: ${list.map(({ name }) => name).join(', ')}`,
    material,
    key: derive(material, 'secrets at rest', 32),
    fingerprint: fingerprintOf(material),
  }));
}

/** Every order of every selection of these. */
function ordersOf<T>(items: readonly T[]): T[][] {
  return items.flatMap((item, index) => {
    const others = [...items.slice(0, index), ...items.slice(index + 1)];
    return [[item], ...ordersOf(others).map((rest) => [item, ...rest])];
  });
}

function sealWith({ key, fingerprint }: Key, plain: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const parts = [iv, text, cipher.getAuthTag()].map((bytes) => bytes.toString('hex'));
  return [presentPrefix, fingerprint, ...parts].join(':');
}

/** Null for another key, and for an invalid value: a shorter tag would be easier to forge. */
function openWith(key: Buffer, parts: readonly string[]): string | null {
  const [iv, text, tag] = parts.map(bytesOf);
  if (parts.length !== 3 || !iv?.length || !text || tag?.length !== tagBytes) return null;
  try {
    const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** Null for invalid hex, of which Node would read the beginning. */
const bytesOf = (text: string): Buffer | null =>
  /^([0-9a-f]{2})*$/i.test(text) ? Buffer.from(text, 'hex') : null;
