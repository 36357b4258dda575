import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';

/** The configuration of a host: PEM texts, as `fs.readFileSync` returns them. */
export interface TlsOptions {
  /** Trusted for this host instead of the public authorities. */
  ca?: Pem | Pem[];
  /** Presented to the receiver, with its chain. */
  cert?: Pem;
  key?: Pem;
  passphrase?: string;
  /** Requested, and expected in the receiver's certificate, instead of the host. */
  servername?: string;
}

type Pem = string | Buffer;

/** The certificates for one entry of the configuration, ready for `tls.connect`. */
export interface TlsIdentity {
  /** The entry's key; two identities never share a connection. */
  name: string;
  secure: { ca?: Pem[]; cert?: Pem; key?: Pem; passphrase?: string };
  servername?: string;
}

export type TlsChoice = (url: URL) => TlsIdentity | null;

/** An unusable entry; `path` names it below `delivery.tls`. The message contains nothing of a key. */
export interface TlsProblem {
  path: string[];
  message: string;
}

/** `host`, `host:port` or `*.domain`, in lower case; IPv6 in brackets. */
const hostPattern = /^(\*\.)?(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*)(:\d{1,5})?$/;

/** Checks the entries in the form in which they will be used. @returns the problems found, in order. */
export function tlsProblems(entries: Readonly<Record<string, TlsOptions>>): TlsProblem[] {
  return Object.entries(entries).flatMap(([host, options]) => {
    if (!hostPattern.test(host)) {
      const message =
        'is no host: name it like hooks.example.com, hooks.example.com:8443 or *.example.com, in lower case';
      return [{ path: [host], message }];
    }
    return problemsOf(options).map(([field, message]) => ({ path: [host, field], message }));
  });
}

function problemsOf({ ca, cert, key, passphrase }: TlsOptions): [keyof TlsOptions, string][] {
  const problems: [keyof TlsOptions, string][] = [];
  if ([ca ?? []].flat().some((pem) => !areCertificates(pem))) problems.push(['ca', notACertificate]);
  if (cert !== undefined && !areCertificates(cert)) problems.push(['cert', notACertificate]);
  if (key !== undefined && cert === undefined) problems.push(['cert', 'is needed beside key']);
  if (cert !== undefined && key === undefined) problems.push(['key', 'is needed beside cert']);
  if (key !== undefined && problems.length === 0) problems.push(...keyProblems(key, passphrase, cert));
  return problems;
}

const notACertificate =
  'must be PEM text, -----BEGIN CERTIFICATE----- … : give what fs.readFileSync(path) returns';

function keyProblems(
  key: Pem,
  passphrase: string | undefined,
  cert: Pem | undefined,
): [keyof TlsOptions, string][] {
  const encrypted = /ENCRYPTED/.test(String(key));
  if (encrypted && passphrase === undefined) return [['passphrase', 'is needed: the key is encrypted']];
  try {
    const read = createPrivateKey({ key, passphrase });
    const leaf = certificatesIn(cert ?? '')[0];
    if (leaf === undefined || !new X509Certificate(leaf).checkPrivateKey(read)) {
      return [['key', 'is not the one of cert']];
    }
    createSecureContext({ cert, key, passphrase });
    return [];
  } catch {
    return encrypted
      ? [['passphrase', 'does not open the key']]
      : [['key', 'must be a private key as PEM text: give what fs.readFileSync(path) returns']];
  }
}

const certificatesIn = (pem: Pem): string[] =>
  String(pem).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

function areCertificates(pem: Pem): boolean {
  const found = certificatesIn(pem);
  try {
    return found.map((each) => new X509Certificate(each)).length > 0;
  } catch {
    return false;
  }
}

/** The entry for a URL: of this host and port, else of this host, else of the nearest domain with a `*`. */
export function readTlsIdentities(entries: Readonly<Record<string, TlsOptions>>): TlsChoice {
  const identities = new Map(
    Object.entries(entries).map(([name, { ca, servername, ...pair }]) => {
      const secure = { ...pair, ...(ca === undefined ? {} : { ca: [ca].flat() }) };
      return [name, { name, secure, servername }];
    }),
  );
  if (identities.size === 0) return () => null;
  return (url) => {
    if (url.protocol !== 'https:') return null;
    const hostname = url.hostname.replace(/\.$/, '');
    const port = url.port || '443';
    const labels = hostname.split('.');
    const names = [hostname, ...labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`)];
    const found = names.flatMap((name) => [`${name}:${port}`, name]).find((name) => identities.has(name));
    return found === undefined ? null : (identities.get(found) ?? null);
  };
}
