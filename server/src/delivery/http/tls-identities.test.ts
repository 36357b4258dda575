import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { parseConfig } from '../../config';
import {
  authority,
  clientCertificate,
  clientKey,
  encryptedClientKey,
  otherClientCertificate,
  otherClientKey,
  serverCertificate,
  serverKey,
} from './certificates.fixture';
import { clientOf, connectionReturns, failureOf, listen, post, resolverOf } from './receivers.fixture';
import { readTlsIdentities, type TlsOptions } from './tls-identities';

/** A receiver with a certificate of a private authority, which tells who asked, and on which connection. */
async function privateReceiver(requestCert = true) {
  const server = https.createServer(
    { key: serverKey, cert: serverCertificate, ca: authority, requestCert, rejectUnauthorized: requestCert },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      response.end(JSON.stringify({ who: subject?.CN ?? null, port: request.socket.remotePort }));
    },
  );
  return listen(server, 'https');
}

function client(tls: Record<string, TlsOptions>) {
  const { lookup } = resolverOf(['127.0.0.1']);
  return clientOf({ lookup, allow: ['127.0.0.1'], tls: readTlsIdentities(tls) });
}

const one = { ca: authority, cert: clientCertificate, key: clientKey };
const asked = async (sent: Promise<{ body: Buffer }>) =>
  JSON.parse((await sent).body.toString()) as { who: string | null; port: number };

describe('a host with a private authority', () => {
  it('is trusted where its authority is named, and nowhere else', async () => {
    const { port } = await privateReceiver(false);
    const url = `https://hooks.internal:${port}/`;
    expect((await client({ 'hooks.internal': { ca: authority } }).send(post(url))).status).toBe(200);
    expect((await client({ 'hooks.internal': { ca: Buffer.from(authority) } }).send(post(url))).status).toBe(
      200,
    );
    const others: Record<string, TlsOptions>[] = [
      {},
      { 'other.internal': { ca: authority } },
      { 'hooks.internal:1': { ca: authority } },
    ];
    for (const tls of others) {
      expect(await failureOf(client(tls).send(post(url)))).toMatchObject({
        code: expect.stringMatching(/^tls_(self_signed|unknown_issuer)$/) as string,
      });
    }
  });

  it('has to be the host: by its own name, or by the one that is configured', async () => {
    const { port } = await privateReceiver(false);
    const url = `https://elsewhere.internal:${port}/`;
    const host = 'elsewhere.internal';
    expect(await failureOf(client({ [host]: { ca: authority } }).send(post(url)))).toMatchObject({
      code: 'tls_host_mismatch',
    });
    const named = client({ [host]: { ca: authority, servername: 'hooks.internal' } });
    expect((await named.send(post(url))).status).toBe(200);
  });
});

describe('a receiver that asks for a certificate', () => {
  it.each([
    ['as PEM', one],
    ['with a key that is encrypted', { ...one, key: encryptedClientKey, passphrase: 'open-sesame' }],
  ])('is shown the one of its host, %s', async (_, options) => {
    const { port } = await privateReceiver();
    const sent = client({ 'hooks.internal': options }).send(post(`https://hooks.internal:${port}/`));
    expect(await asked(sent)).toMatchObject({ who: 'one' });
  });

  it('fails without', async () => {
    const { port } = await privateReceiver();
    const sent = client({ 'hooks.internal': { ca: authority } }).send(
      post(`https://hooks.internal:${port}/`),
    );
    expect((await failureOf(sent)).code).toMatch(/^(tls_failed|connection_reset)$/);
  });

  it('on no connection that was made with another', async () => {
    const { port } = await privateReceiver();
    const sender = client({
      '*.wild.internal': one,
      'b.wild.internal': { ca: authority, cert: otherClientCertificate, key: otherClientKey },
    });
    const ports = new Map<string, Set<number>>();
    for (const host of ['a', 'b', 'a', 'b'].map((name) => `${name}.wild.internal`)) {
      const { who, port: from } = await asked(sender.send(post(`https://${host}:${port}/`)));
      expect(who).toBe(host.startsWith('a') ? 'one' : 'two');
      ports.set(host, (ports.get(host) ?? new Set()).add(from));
      await connectionReturns();
    }
    expect([...ports.values()].map(({ size }) => size)).toEqual([1, 1]);
  });
});

describe('which entry is for a URL', () => {
  const choose = readTlsIdentities({
    'a.b.example': {},
    'a.b.example:8443': {},
    '*.b.example': {},
    '*.example': {},
  });
  it.each([
    ['https://a.b.example/', 'a.b.example'],
    ['https://A.B.example./', 'a.b.example'],
    ['https://a.b.example:8443/', 'a.b.example:8443'],
    ['https://x.b.example:8443/', '*.b.example'],
    ['https://y.x.b.example/', '*.b.example'],
    ['https://b.example/', '*.example'],
    ['https://example/', null],
    ['https://xb.example.evil/', null],
    ['http://a.b.example/', null],
  ])('%s: %s', (url, name) => {
    expect(choose(new URL(url))?.name ?? null).toBe(name);
  });
});

describe('a configuration that cannot be used is refused at start, by the name of its field', () => {
  const problemOf = (host: string, options: unknown): string => {
    try {
      parseConfig({ delivery: { tls: { [host]: options } } });
      return 'taken';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ['a path instead of its text', { ca: '/etc/ssl/ca.pem' }, 'ca: must be PEM text'],
    ['a key as an authority', { ca: [authority, clientKey] }, 'ca: must be PEM text'],
    ['nothing', { ca: '' }, 'ca: must be PEM text'],
    ['a certificate without a key', { cert: clientCertificate }, 'key: is needed beside cert'],
    ['a key without a certificate', { key: clientKey }, 'cert: is needed beside key'],
    ['the key of another', { cert: clientCertificate, key: otherClientKey }, 'key: is not the one of cert'],
    ['no key', { cert: clientCertificate, key: 'nonsense' }, 'key: must be a private key'],
    ['no passphrase', { cert: clientCertificate, key: encryptedClientKey }, 'passphrase: is needed'],
    [
      'a wrong passphrase',
      { cert: clientCertificate, key: encryptedClientKey, passphrase: 'wrong-one' },
      'passphrase: does not open the key',
    ],
    ['trust in anybody', { rejectUnauthorized: false }, 'rejectUnauthorized: is not an option'],
  ])('%s', (_, options, problem) => {
    const said = problemOf('hooks.internal', options);
    expect(said).toContain(`config.delivery.tls.hooks.internal.${problem}`);
    expect(said).not.toMatch(/BEGIN (ENCRYPTED )?PRIVATE KEY-----\s*\w|wrong-one/);
  });

  it.each(['https://hooks.internal', 'hooks.internal/path', 'a b', '', '*', 'HOOKS.internal'])(
    'the host %j',
    (host) => {
      expect(problemOf(host, { ca: authority })).toMatch(
        /^event-webhooks: config\.delivery\.tls\..*is no host/,
      );
    },
  );

  it.each(['hooks.internal', 'hooks.internal:8443', '*.internal', '10.0.0.1', '[fd00::1]:8443', 'localhost'])(
    'the host %j is one',
    (host) => {
      expect(problemOf(host, { ca: authority })).toBe('taken');
    },
  );
});
