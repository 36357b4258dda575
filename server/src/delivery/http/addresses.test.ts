import type dns from 'node:dns';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { createUrlCheck } from './url-check';
import { compileAddressPolicy } from './address-guard';
import { classifyError } from '../attempt/classify';
import { createHttpClient, type HttpClient } from './http-client';

/**
 * What may stand where a URL has its host, and what it may lead to. Every form is sent through the real client, with
 * a resolver handed in and a listener on every loopback address that counts connections, and through the check that
 * saving makes. `opens` is the entry of `addresses.allow` that lets it through; null where nothing does.
 */
interface Form {
  host: string;
  /** Addresses that the name has, one list for each time that somebody asks; the last one for ever. */
  leadsTo?: string[][];
  opens: string | null;
}

const form = (host: string, opens: string | null): Form => ({ host, opens });
const name = (host: string, opens: string | null, ...leadsTo: string[][]): Form => ({ host, opens, leadsTo });

const literal: Form[] = [
  // Loopback, and its spellings
  form('127.0.0.1', '127.0.0.1'),
  form('127.0.0.1.', '127.0.0.1'),
  form('127.1', '127.0.0.1'),
  form('127.0.1', '127.0.0.1'),
  form('127.255.255.254', '127.0.0.0/8'),
  form('2130706433', '127.0.0.1'),
  form('017700000001', '127.0.0.1'),
  form('0x7f000001', '127.0.0.1'),
  form('0X7F.0.0.1', '127.0.0.1'),
  form('0x7f.1', '127.0.0.1'),
  form('0x7f.0x0.0x0.0x1', '127.0.0.1'),
  form('0177.0.0.1', '127.0.0.1'),
  form('0177.0.0.01', '127.0.0.1'),
  form('00000000177.1', '127.0.0.1'),
  form('127.0x0.0.01', '127.0.0.1'),
  form('１２７.０.０.１', '127.0.0.1'),
  form('127。0。0。1', '127.0.0.1'),
  form('①②⑦.0.0.1', '127.0.0.1'),
  form('%31%32%37.0.0.1', '127.0.0.1'),
  form('127.0.0.%31', '127.0.0.1'),
  form('[::1]', '::1'),
  form('[0:0:0:0:0:0:0:1]', '::1'),
  form('[0000::0001]', '::1'),
  form('[::0:1]', '::1'),
  // Private
  form('10.0.0.1', '10.0.0.0/8'),
  form('10.1', '10.0.0.0/8'),
  form('167772161', '10.0.0.0/8'),
  form('012.0.0.1', '10.0.0.0/8'),
  form('172.16.0.1', '172.16.0.0/12'),
  form('172.31.255.255', '172.16.0.0/12'),
  form('192.168.1.1', '192.168.0.0/16'),
  form('3232235777', '192.168.0.0/16'),
  form('0xc0a80101', '192.168.0.0/16'),
  form('0300.0250.1.1', '192.168.0.0/16'),
  form('[fc00::1]', 'fc00::/7'),
  form('[fd12:3456:789a::1]', 'fc00::/7'),
  // Somebody else's
  form('100.64.0.1', '100.64.0.0/10'),
  form('192.0.0.1', '192.0.0.0/24'),
  form('192.0.2.1', '192.0.2.0/24'),
  form('198.18.0.1', '198.18.0.0/15'),
  form('198.51.100.1', '198.51.100.0/24'),
  form('203.0.113.1', '203.0.113.0/24'),
  form('240.0.0.1', '240.0.0.0/4'),
  form('[2001:db8::1]', '2001:db8::/32'),
  form('[3fff::1]', '3fff::/20'),
  form('[100::1]', '100::/64'),
  form('[fec0::1]', 'fec0::/10'),
  form('[5f00::1]', '5f00::/16'),
  form('[4000::1]', '4000::/3'),
  // IPv4 in IPv6
  form('[::ffff:127.0.0.1]', '::ffff:127.0.0.0/104'),
  form('[::ffff:7f00:1]', '::ffff:127.0.0.0/104'),
  form('[::FFFF:0A00:0001]', '::ffff:10.0.0.0/104'),
  form('[0:0:0:0:0:ffff:192.168.1.1]', '::ffff:c0a8:0/112'),
  form('[::ffff:8.8.8.8]', '::ffff:8.8.8.0/120'),
  form('[::127.0.0.1]', '::7f00:0/104'),
  form('[::ffff:0:127.0.0.1]', '::ffff:0:7f00:0/104'),
  form('[64:ff9b::127.0.0.1]', '64:ff9b::7f00:0/104'),
  form('[64:ff9b::a00:1]', '64:ff9b::10.0.0.0/104'),
  form('[64:ff9b:1::a00:1]', '64:ff9b:1::/48'),
  form('[2002:7f00:1::]', '2002:7f00::/24'),
  form('[2002:c0a8:101::1]', '2002:c0a8::/32'),
  form('[2001:0:4136:e378:8000:63bf:80ff:fffe]', '2001:0:4136:e378:8000:63bf:80ff:fffe'),
  // Nowhere, everybody, link-local and metadata: opened by nothing
  form('0', null),
  form('0.0.0.0', null),
  form('0x0', null),
  form('[::]', null),
  form('224.0.0.1', null),
  form('255.255.255.255', null),
  form('[ff02::1]', null),
  form('[::ffff:224.0.0.1]', null),
  form('[64:ff9b::e000:1]', null),
  form('[2002:e000:1::]', null),
  form('169.254.169.254', null),
  form('169.254.169.254.', null),
  form('2852039166', null),
  form('0xa9fea9fe', null),
  form('0251.0376.0251.0376', null),
  form('169.254.43518', null),
  form('169.254.170.2', null),
  form('169.254.0.1', null),
  form('100.100.100.200', null),
  form('168.63.129.16', null),
  form('192.0.0.192', null),
  form('[fe80::1]', null),
  form('[fd00:ec2::254]', null),
  form('[fd20:ce::254]', null),
  form('[::ffff:169.254.169.254]', null),
  form('[::ffff:a9fe:a9fe]', null),
  form('[::169.254.169.254]', null),
  form('[64:ff9b::169.254.169.254]', null),
  form('[2002:a9fe:a9fe::1]', null),
  form('[2001:0:4136:e378:8000:63bf:5601:5601]', null),
];

/** The widest entries there can be. */
const everything = [
  ...['10.0.0.0/8', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '192.0.0.0/24'],
  ...['240.0.0.0/4', '::1', 'fc00::/7', '64:ff9b:1::/48'],
];

const outside = '93.184.216.34';
const names: Form[] = [
  name('localhost', 'localhost', ['127.0.0.1']),
  name('LOCALHOST.', 'localhost', ['127.0.0.1']),
  name('app.localhost', '127.0.0.0/8', ['127.0.0.1']),
  name('intranet', 'intranet', ['10.0.0.5']),
  name('intranet.example.', 'intranet.example', ['192.168.0.5']),
  name('BÜCHER.example', 'bücher.example', ['10.0.0.5']),
  name('127.0.0.1.nip.example', '127.0.0.1.nip.example', ['127.0.0.1']),
  name('six.example', 'six.example', ['::1']),
  name('mapped.example', 'mapped.example', ['::ffff:127.0.0.1']),
  name('nat64.example', 'nat64.example', ['64:ff9b::a00:1']),
  name('mixed.example', 'mixed.example', [outside, '127.0.0.1']),
  name('mixed-six.example', 'mixed-six.example', ['2606:4700::1', 'fd00::1']),
  name('metadata.example', null, ['169.254.169.254']),
  name('metadata-mapped.example', null, ['::ffff:169.254.169.254']),
  name('mixed-metadata.example', null, [outside, '169.254.169.254']),
];

/** Public when the webhook is saved, something else when it is called. */
const changing: Form[] = [
  name('rebind.example', 'rebind.example', [outside], ['127.0.0.1']),
  name('rebind-six.example', 'rebind-six.example', [outside], ['::1']),
  name('rebind-private.example', 'rebind-private.example', [outside], ['10.0.0.1']),
  name('rebind-metadata.example', null, [outside], ['169.254.169.254']),
  name('rebind-mixed.example', 'rebind-mixed.example', [outside], [outside, '127.0.0.1']),
];

/** Not addresses, but ways of hiding one: refused by their text, whatever is allowed. */
const tricks = [
  'http://example.com@127.0.0.1:PORT/',
  'http://127.0.0.1:PORT@example.com/',
  'http://example.com:80@127.0.0.1:PORT/',
  'http://example.com%2f@127.0.0.1:PORT/',
  'http://[::1%25lo]:PORT/',
  'http://127.0.0.1:PORT /',
  'http://127.0.0.1\t:PORT/',
  'http://1.2.3.4.5:PORT/',
  'http://256.256.256.256:PORT/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:PORT/',
];

let listener: http.Server;
let port: number;
let connections = 0;
const clients: HttpClient[] = [];

beforeAll(async () => {
  // On every address of this machine, loopback of both families included.
  listener = http.createServer((_, response) => response.end('reached'));
  listener.on('connection', () => (connections += 1));
  listener.listen(0);
  await once(listener, 'listening');
  ({ port } = listener.address() as net.AddressInfo);
});
afterAll(() => new Promise((resolve) => listener.close(resolve)));

beforeEach(() => void (connections = 0));
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

function resolverOf({ leadsTo }: Pick<Form, 'leadsTo'>) {
  let asked = 0;
  const next = (): string[] => {
    if (!leadsTo) throw new Error('a literal address is never looked up');
    asked += 1;
    return leadsTo[Math.min(asked, leadsTo.length) - 1] ?? [];
  };
  const lookup = ((_: string, options: dns.LookupOptions, callback: (...answer: unknown[]) => void) => {
    const list = next().map((address) => ({ address, family: net.isIP(address) }));
    process.nextTick(() =>
      options.all ? callback(null, list) : callback(null, list[0]?.address, list[0]?.family),
    );
  }) as typeof dns.lookup;
  return { lookup, resolve: async () => next() };
}

const urlOf = ({ host }: Form): string => `http://${host}:${port}/`;

/** Saves and calls, with one resolver for both, as it is in life. */
function houseFor({ leadsTo }: Pick<Form, 'leadsTo'>, allow: string[]) {
  const guard = compileAddressPolicy({ allow, allowPrivate: false });
  const { lookup, resolve } = resolverOf({ leadsTo });
  const client = createHttpClient({ guard, responseCapBytes: 1024, connectionsPerOrigin: 1, lookup });
  clients.push(client);
  return {
    save: createUrlCheck({ guard, isInbox: () => false, resolve }),
    call: (url: string, timeoutMs = 5000) =>
      client.send({ method: 'POST', url, headers: {}, body: '{}', timeoutMs }).then(
        () => 'answered',
        (error: unknown) => classifyError(error).outcome.code,
      ),
  };
}

describe('a form of address that is no public one (guarantee 25)', () => {
  it('is tested in 120 spellings and more', () => {
    const all = [...literal, ...names, ...changing].map(({ host }) => host);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length + tricks.length).toBeGreaterThanOrEqual(120);
  });

  it.each([...literal, ...names])('$host is neither saved nor dialled', async (each) => {
    const { save, call } = houseFor(each, []);
    expect(await save(urlOf(each))).toMatchObject({ ok: false, rule: 'address' });
    expect(await call(urlOf(each))).toBe('address_refused');
    expect(connections).toBe(0);
  });

  it.each(changing)('$host, which changes after it was saved, is not dialled', async (each) => {
    const { save, call } = houseFor(each, []);
    expect(await save(urlOf(each))).toMatchObject({ ok: true });
    expect(await call(urlOf(each))).toBe('address_refused');
    expect(connections).toBe(0);
  });

  it('after a backslash, which ends the host, is seen for what it is', async () => {
    const { save, call } = houseFor({}, ['example.com']);
    const url = `http://127.0.0.1:${port}\\@example.com/`;
    expect(await save(url)).toMatchObject({ ok: false, rule: 'address' });
    expect(await call(url)).toBe('address_refused');
    expect(connections).toBe(0);
  });

  it.each(tricks)('%j is refused by its text, even with everything allowed', async (trick) => {
    const url = trick.replace('PORT', String(port));
    const { save, call } = houseFor({ leadsTo: [['127.0.0.1']] }, [...everything, 'example.com']);
    expect(await save(url)).toMatchObject({ ok: false });
    expect(await call(url)).toMatch(/^(invalid_url|address_refused)$/);
    expect(connections).toBe(0);
  });
});

describe('on the allow-list', () => {
  const opened = [...literal, ...names].filter(({ opens }) => opens !== null);
  const never = [...literal, ...names, ...changing].filter(({ opens }) => opens === null);

  it.each(opened)('$opens lets $host through', async (each) => {
    const { save, call } = houseFor(each, [String(each.opens)]);
    expect(await save(urlOf(each))).toMatchObject({ ok: true });
    // What is no address of this machine is dialled in vain, which is all that may go wrong.
    expect(await call(urlOf(each), 250)).not.toBe('address_refused');
  });

  it.each(opened.filter(({ host, leadsTo }) => !leadsTo && /^(127|0x7f|2130706433|0177)/i.test(host)))(
    '$host then really is reached',
    async (each) => {
      const { call } = houseFor(each, ['127.0.0.0/8']);
      expect(await call(urlOf(each))).toBe('answered');
      expect(connections).toBeGreaterThan(0);
    },
  );

  it.each(never)('nothing lets $host through', async (each) => {
    const { save, call } = houseFor(each, [...everything, ...(each.leadsTo ? [each.host] : [])]);
    expect(await save(urlOf(each))).toMatchObject({ ok: changing.includes(each) });
    expect(await call(urlOf(each))).toBe('address_refused');
    expect(connections).toBe(0);
  });
});

describe('a redirect', () => {
  it.each(['http://127.0.0.1:PORT/', 'http://169.254.169.254/', 'http://localhost:PORT/', '//[::1]:PORT/'])(
    'to %s is not followed, from an address that is allowed',
    async (to) => {
      const location = to.replace('PORT', String(port));
      const redirecting = http.createServer((_, response) => response.writeHead(307, { location }).end());
      redirecting.listen(0, '127.0.0.1');
      await once(redirecting, 'listening');
      const { port: from } = redirecting.address() as net.AddressInfo;
      const { call } = houseFor({}, ['127.0.0.0/8', '::1', 'localhost']);
      expect(await call(`http://127.0.0.1:${from}/`)).toBe('answered');
      expect(connections).toBe(0);
      redirecting.closeAllConnections();
      await new Promise((resolve) => redirecting.close(resolve));
    },
  );
});
