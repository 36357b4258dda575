import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';

/**
 * Secrets at rest. Strapi's own encryption where `admin.secrets.encryptionKey` is set (values `v1:…`); else
 * AES-256-GCM under a key derived from `server.app.keys` by HKDF (RFC 5869), marked `k1:` in the value, so that
 * an installation without that key is no worse off than its sessions are.
 */
export interface SecretBox {
  seal(plain: string): string;
  /** Null where the value no longer decrypts: the key was changed or lost. */
  open(sealed: string): string | null;
  /** Which key new values are sealed with. */
  source: 'encryption_key' | 'app_keys';
}

const ownPrefix = 'k1';
const ivBytes = 12;

interface StrapiEncryption {
  encrypt(value: string): string | null;
  decrypt(value: string): string | null;
}

export function createSecretBox(strapi: Core.Strapi): SecretBox {
  const encryption = strapi.service('admin::encryption') as unknown as StrapiEncryption;
  const hasKey = Boolean(strapi.config.get('admin.secrets.encryptionKey'));
  const appKeys = strapi.config.get<string[] | string>('server.app.keys', []);
  const derived = deriveKey([appKeys].flat().join(','));
  // Opening costs a cipher a value and attempt otherwise; the cache holds what the process knows anyway.
  const opened = new Map<string, string>();

  const open = (sealed: string): string | null => {
    try {
      return sealed.startsWith(`${ownPrefix}:`) ? openOwn(derived, sealed) : encryption.decrypt(sealed);
    } catch {
      return null;
    }
  };

  return {
    source: hasKey ? 'encryption_key' : 'app_keys',
    seal: (plain) =>
      hasKey ? (encryption.encrypt(plain) ?? sealOwn(derived, plain)) : sealOwn(derived, plain),
    open(sealed) {
      const known = opened.get(sealed);
      if (known !== undefined) return known;
      const plain = open(sealed);
      if (plain !== null) {
        if (opened.size > 5000) opened.clear();
        opened.set(sealed, plain);
      }
      return plain;
    },
  };
}

const deriveKey = (material: string): Buffer =>
  Buffer.from(hkdfSync('sha256', material, 'event-webhooks', 'secrets at rest', 32));

function sealOwn(key: Buffer, plain: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [ownPrefix, iv.toString('hex'), text.toString('hex'), cipher.getAuthTag().toString('hex')].join(':');
}

function openOwn(key: Buffer, sealed: string): string {
  const [, iv = '', text = '', tag = ''] = sealed.split(':');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'hex'));
  decipher.setAuthTag(Buffer.from(tag, 'hex'));
  return Buffer.concat([decipher.update(Buffer.from(text, 'hex')), decipher.final()]).toString('utf8');
}
