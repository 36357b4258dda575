import { compileAddressPolicy, InvalidAddressPolicyError, type AddressVerdict } from './address-guard';

const guard = compileAddressPolicy({ allow: [], allowPrivate: false });
const ruleOf = (verdict: AddressVerdict | null) => (verdict && !verdict.allowed ? verdict.rule : verdict);

/** Every form that must not be reached, by the range that refuses it (guarantee 25). */
const refusedAddresses: [string, string][] = [
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.0', 'private'],
  ['10.255.255.255', 'private'],
  ['100.64.0.1', 'shared'],
  ['100.127.255.255', 'shared'],
  ['100.100.100.200', 'metadata'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['168.63.129.16', 'metadata'],
  ['169.254.0.1', 'link_local'],
  ['169.254.169.253', 'link_local'],
  ['169.254.169.254', 'metadata'],
  ['169.254.170.2', 'metadata'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.0.0.8', 'reserved'],
  ['192.0.0.192', 'metadata'],
  ['192.0.2.1', 'documentation'],
  ['192.31.196.1', 'reserved'],
  ['192.52.193.1', 'reserved'],
  ['192.88.99.1', 'translated'],
  ['192.168.0.1', 'private'],
  ['192.168.255.255', 'private'],
  ['192.175.48.1', 'reserved'],
  ['198.18.0.1', 'benchmarking'],
  ['198.19.255.255', 'benchmarking'],
  ['198.51.100.1', 'documentation'],
  ['203.0.113.1', 'documentation'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.254', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::2', 'translated'],
  ['::127.0.0.1', 'translated'],
  ['::8.8.8.8', 'translated'],
  ['::ffff:127.0.0.1', 'translated'],
  ['::ffff:8.8.8.8', 'translated'],
  ['::ffff:7f00:1', 'translated'],
  ['::ffff:169.254.169.254', 'metadata'],
  ['::ffff:0:127.0.0.1', 'translated'],
  ['64:ff9b::127.0.0.1', 'translated'],
  ['64:ff9b::10.0.0.1', 'translated'],
  ['64:ff9b::192.168.1.1', 'translated'],
  ['64:ff9b::100.64.0.1', 'translated'],
  ['64:ff9b::0.0.0.0', 'unspecified'],
  ['64:ff9b::255.255.255.255', 'broadcast'],
  ['64:ff9b:0:0:0:1:808:808', 'reserved'],
  ['64:ff9b::169.254.169.254', 'metadata'],
  ['64:ff9b:1::1', 'translated'],
  ['64:ff9b:1::', 'translated'],
  ['64:ff9b:1::10.0.0.1', 'translated'],
  ['64:ff9b:1:a00:0:100::', 'translated'],
  // Public by its end, private by another reading: which one holds is known to the translator alone.
  ['64:ff9b:1:a00:0:100:808:808', 'translated'],
  ['64:ff9b:1:7f:0:1:808:808', 'translated'],
  ['2001:4860::5efe:10.0.0.1', 'translated'],
  ['2001:4860::200:5efe:192.168.0.1', 'translated'],
  ['2001:4860::5efe:169.254.169.254', 'metadata'],
  ['64:ff9b:1:a9fe:a9:fe00::', 'metadata'],
  ['64:ff9b:1:ffff:ffff:ffff:ffff:ffff', 'broadcast'],
  ['100::1', 'reserved'],
  ['2001::1', 'unspecified'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'translated'],
  ['2001:0:4136:e378:8000:63bf:5601:5601', 'metadata'],
  ['2001:2::1', 'benchmarking'],
  ['2001:3::1', 'reserved'],
  ['2001:4:112::1', 'reserved'],
  ['2001:10::1', 'orchid'],
  ['2001:20::1', 'orchid'],
  ['2001:2f:ffff::1', 'orchid'],
  ['2001:30::1', 'reserved'],
  ['2001:1ff::1', 'reserved'],
  ['2001:db8::1', 'documentation'],
  ['2002:7f00:1::1', 'translated'],
  ['2002:808:808::1', 'translated'],
  ['2002:a9fe:a9fe::1', 'metadata'],
  ['2620:4f:8000::1', 'reserved'],
  ['3fff::1', 'documentation'],
  ['3fff:fff:ffff::1', 'documentation'],
  ['4000::1', 'reserved'],
  ['5f00::1', 'reserved'],
  ['fc00::1', 'private'],
  ['fd12:3456::1', 'private'],
  ['fd00:ec2::254', 'metadata'],
  ['fd20:ce::254', 'metadata'],
  ['fe80::1', 'link_local'],
  ['fe80::1%eth0', 'link_local'],
  ['febf::1', 'link_local'],
  ['fec0::1', 'site_local'],
  ['feff::1', 'site_local'],
  ['ff02::1', 'multicast'],
  ['ffff::1', 'multicast'],
  // What can never be a receiver, in the forms of IPv4 in IPv6.
  ['::224.0.0.1', 'multicast'],
  ['::ffff:224.0.0.1', 'multicast'],
  ['::ffff:0:239.1.1.1', 'multicast'],
  ['64:ff9b::e000:1', 'multicast'],
  ['64:ff9b:1::e000:1', 'multicast'],
  ['64:ff9b:1:e000:0:100::', 'multicast'],
  ['2002:e000:1::1', 'multicast'],
  ['2001:0:4136:e378:8000:63bf:1fff:fffe', 'multicast'],
  ['2001:4860::5efe:224.0.0.1', 'multicast'],
  ['fd00::5efe:169.254.169.254', 'metadata'],
  ['::ffff:255.255.255.255', 'broadcast'],
  ['2002:ffff:ffff::1', 'broadcast'],
  ['::ffff:0.0.0.0', 'unspecified'],
  ['2002::1', 'unspecified'],
];

const publicAddresses = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '126.255.255.255',
  '128.0.0.1',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.1',
  '192.0.1.1',
  '192.167.255.255',
  '192.169.0.1',
  '198.17.255.255',
  '198.20.0.1',
  '223.255.255.255',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2606:4700:4700::1111',
  '2a00:1450:4001::1',
  // What DNS64 makes of 8.8.8.8 and 93.184.216.34, with the well-known prefix and with a local one (/96, /48).
  '64:ff9b::8.8.8.8',
  '64:ff9b::5db8:d822',
  '64:ff9b:1::8.8.8.8',
  '64:ff9b:1:808:8:800::',
  '64:ff9b:1:5db8:d8:2200::',
  '2001:4860::5efe:8.8.8.8',
];

describe('an address', () => {
  it.each(refusedAddresses)('%s is refused as %s', (address, rule) => {
    expect(ruleOf(guard.checkAddress(address))).toBe(rule);
  });

  it.each(publicAddresses)('%s is public', (address) => {
    expect(guard.checkAddress(address)).toEqual({ allowed: true });
  });

  it.each(['', 'example.com', '127.1', '0x7f000001', '010.0.0.1', '1.2.3.4.5', ':::', '[::1]', 'fe80::1%'])(
    'that is none is refused: %j',
    (address) => {
      expect(guard.checkAddress(address)).toEqual({ allowed: false, rule: 'invalid', address });
    },
  );
});

describe('a host of a URL', () => {
  it.each([
    ['http://127.0.0.1/', 'loopback'],
    ['http://127.1/', 'loopback'],
    ['http://2130706433/', 'loopback'],
    ['http://0x7f000001/', 'loopback'],
    ['http://0x7f.1/', 'loopback'],
    ['http://0177.0.0.1/', 'loopback'],
    ['http://127.0.0.1./', 'loopback'],
    ['http://１２７.０.０.１/', 'loopback'],
    ['http://%31%32%37.0.0.1/', 'loopback'],
    ['http://0/', 'unspecified'],
    ['http://10.1/', 'private'],
    ['http://3232235777/', 'private'],
    ['http://0xa9fea9fe/', 'metadata'],
    ['http://2852039166/', 'metadata'],
    ['http://[::1]/', 'loopback'],
    ['http://[0:0:0:0:0:0:0:1]/', 'loopback'],
    ['http://[::]/', 'unspecified'],
    ['http://[::ffff:127.0.0.1]/', 'translated'],
    ['http://[::ffff:169.254.169.254]/', 'metadata'],
    ['http://[64:ff9b::7f00:1]/', 'translated'],
    ['http://[fe80::1]/', 'link_local'],
    ['http://[fd00::1]/', 'private'],
    ['http://localhost/', 'loopback'],
    ['http://LOCALHOST./', 'loopback'],
    ['http://app.localhost/', 'loopback'],
  ])('%s is refused as %s', (url, rule) => {
    expect(ruleOf(guard.checkHost(new URL(url).hostname))).toBe(rule);
  });

  it.each(['127.1', '0x7f.1', '2130706433', '0177.0.0.1', '127.0.0.1.', '::1', '[::1]', 'LocalHost.'])(
    'is understood when it has not been through a URL: %s',
    (hostname) => {
      expect(ruleOf(guard.checkHost(hostname))).toBe('loopback');
    },
  );

  it.each([
    'example.com',
    'example.com.',
    'intranet',
    'my_host.internal',
    'notlocalhost',
    'xn--bcher-kva.de',
  ])('that is a name waits for what it resolves to: %s', (hostname) => {
    expect(guard.checkHost(hostname)).toBeNull();
  });

  it.each(['', '.', '1.2.3.4.5', '999.1.1.1', 'a b', 'a/b', 'a@b', 'a:80', '[x'])(
    'that is none is refused: %j',
    (hostname) => {
      expect(guard.checkHost(hostname)).toEqual({ allowed: false, rule: 'invalid', address: hostname });
    },
  );

  it('is allowed where it is a public address', () => {
    expect(guard.checkHost('1.1.1.1')).toEqual({ allowed: true });
    expect(guard.checkHost('[2606:4700:4700::1111]')).toEqual({ allowed: true });
  });
});

describe('allowPrivate', () => {
  const relaxed = compileAddressPolicy({ allow: [], allowPrivate: true });

  it.each(['127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.1.1', '::1', 'fd12::1'])('opens %s', (address) => {
    expect(relaxed.checkAddress(address)).toEqual({ allowed: true });
    expect(relaxed.checkHost(address)).toEqual({ allowed: true });
  });

  it('leaves localhost to what it resolves to', () => {
    expect(relaxed.checkHost('localhost')).toBeNull();
  });

  it.each(refusedAddresses.filter(([, rule]) => rule !== 'loopback' && rule !== 'private'))(
    'does not open %s (%s)',
    (address, rule) => {
      expect(ruleOf(relaxed.checkAddress(address))).toBe(rule);
    },
  );
});

describe('the allow-list', () => {
  const policy = (...allow: string[]) => compileAddressPolicy({ allow, allowPrivate: false });

  it('opens an address, and no other', () => {
    expect(policy('127.0.0.1').checkHost('127.0.0.1')).toEqual({ allowed: true });
    expect(ruleOf(policy('127.0.0.1').checkHost('127.0.0.2'))).toBe('loopback');
    expect(policy('[fd00::5]').checkAddress('fd00::5')).toEqual({ allowed: true });
    expect(ruleOf(policy('fd00::5').checkAddress('fd00::6'))).toBe('private');
  });

  it('opens a range', () => {
    const open = policy('10.20.0.0/16', 'fd12:3456::/32');
    expect(open.checkAddress('10.20.255.1')).toEqual({ allowed: true });
    expect(ruleOf(open.checkAddress('10.21.0.1'))).toBe('private');
    expect(open.checkAddress('fd12:3456::9')).toEqual({ allowed: true });
  });

  it('opens whatever a host resolves to, in any spelling of its name', () => {
    const open = policy('Intranet.Example', 'bücher.example');
    expect(open.checkHost('intranet.example')).toBeNull();
    expect(open.checkAddress('10.0.0.5', 'INTRANET.example.')).toEqual({ allowed: true });
    expect(open.checkAddress('10.0.0.5', 'xn--bcher-kva.example')).toEqual({ allowed: true });
    expect(ruleOf(open.checkAddress('10.0.0.5', 'sub.intranet.example'))).toBe('private');
    expect(ruleOf(open.checkAddress('10.0.0.5'))).toBe('private');
  });

  it('opens localhost by its name, or by one of its addresses', () => {
    expect(policy('localhost').checkHost('localhost')).toBeNull();
    expect(policy('localhost').checkAddress('127.0.0.1', 'localhost')).toEqual({ allowed: true });
    expect(policy('127.0.0.0/8').checkHost('localhost.')).toBeNull();
  });

  /** As wide as an entry can be without being refused. */
  const wide = [
    ...['10.0.0.0/8', '100.64.0.0/10', '192.0.0.0/24', '198.18.0.0/15', '203.0.113.0/24', '240.0.0.0/4'],
    ...[
      'fc00::/7',
      '2001:db8::/32',
      '64:ff9b:1::/48',
      '64:ff9b::10.0.0.0/104',
      '4000::/3',
      '::ffff:127.0.0.1',
    ],
  ];
  const never = /^(metadata|link_local|unspecified|multicast|broadcast)$/;

  it.each(refusedAddresses.filter(([, rule]) => never.test(rule)))(
    'never opens %s (%s), by whatever way',
    (address, rule) => {
      const open = compileAddressPolicy({ allow: ['evil.example', ...wide], allowPrivate: true });
      expect(ruleOf(open.checkAddress(address, 'evil.example'))).toBe(rule);
      const bare = address.replace(/%.*/, '');
      expect(() => policy('10.0.0.0/8', bare)).toThrow(/^addresses\.allow\[1\] cannot be opened: .*Remove/);
    },
  );

  it('opens everything else by its name or by an entry of its own', () => {
    const others = refusedAddresses.filter(([, rule]) => !never.test(rule));
    for (const [address] of others) {
      expect(policy('evil.example').checkAddress(address, 'evil.example')).toEqual({ allowed: true });
      expect(policy(address).checkAddress(address)).toEqual({ allowed: true });
    }
  });

  it.each(wide)('takes %s, which opens one kind of addresses', (entry) => {
    expect(() => policy(entry)).not.toThrow();
  });

  it.each(publicAddresses)('takes the public %s, though it changes nothing', (address) => {
    expect(policy(address).checkAddress(address)).toEqual({ allowed: true });
  });

  it.each([
    ['0.0.0.0/0', '10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10'],
    ['0.0.0.0/1', '10.0.0.0/8, 100.64.0.0/10'],
    ['128.0.0.0/1', '172.16.0.0/12, 192.168.0.0/16'],
    ['10.0.0.0/7', '10.0.0.0/8'],
    ['172.0.0.0/8', '172.16.0.0/12'],
    ['192.0.0.0/8', '192.168.0.0/16'],
    ['192.168.0.0/15', '192.168.0.0/16'],
    ['100.0.0.0/8', '100.64.0.0/10'],
    ['169.0.0.0/8', '10.0.4.0/24'],
    ['168.63.129.0/24', '10.0.4.0/24'],
    ['224.0.0.0/3', '10.0.4.0/24'],
    ['::/0', 'fc00::/7'],
    ['::/1', 'fd00:1::/64'],
    ['8000::/1', 'fc00::/7'],
    ['fc00::/6', 'fc00::/7'],
    ['fe00::/7', 'fd00:1::/64'],
    ['fe80::/9', 'fd00:1::/64'],
    ['2000::/3', 'fd00:1::/64'],
    ['2001::/16', 'fd00:1::/64'],
    ['2001::/23', 'fd00:1::/64'],
    ['::/96', '::a00:400/120'],
    ['::/127', '::a00:400/120'],
    ['::ffff:0:0/96', '::ffff:a00:400/120'],
    ['::ffff:0:0:0/96', '::ffff:0:a00:400/120'],
    ['64:ff9b::/96', '64:ff9b::a00:400/120'],
    ['64:ff9b::128.0.0.0/97', '64:ff9b::a00:400/120'],
    ['2002::/16', '2002:a00:400::/40'],
    ['2001::/32', 'fd00:1::/64'],
  ])('refuses %s, which is too wide, and says what to write', (entry, instead) => {
    const compile = () => policy('10.0.0.0/8', entry);
    expect(compile).toThrow(InvalidAddressPolicyError);
    expect(compile).toThrow(`addresses.allow[1] is too wide: "${entry}" opens`);
    expect(compile).toThrow(`such as ${instead}, or the host name`);
  });

  it('does not open the translated form of what it opens', () => {
    expect(ruleOf(policy('127.0.0.1').checkAddress('::ffff:127.0.0.1'))).toBe('translated');
  });

  it.each([
    '',
    ' ',
    'https://example.com',
    'example.com/path',
    'example.com:8080',
    '*.example.com',
    '10/8',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    'fd00::/129',
    '300.1.1.1',
    'user@example.com',
  ])('names the entry it cannot read: %j', (entry) => {
    const compile = () => policy('10.0.0.0/8', entry);
    expect(compile).toThrow(InvalidAddressPolicyError);
    expect(compile).toThrow(/^addresses\.allow\[1\] must be a host name, an IP address or a CIDR range/);
  });

  it.each([
    ...['169.254.169.254', '169.254.0.0/16', '169.254.10.0/24', 'fe80::/64', 'fd00:ec2::254'],
    ...['0.0.0.0', '0.0.0.0/8', '::', '224.0.0.0/4', '239.0.0.0/8', '255.255.255.255', 'ff00::/8', 'ff02::1'],
    ...['::ffff:224.0.0.0/100', '64:ff9b::e000:0/100', '64:ff9b::169.254.0.0/112', '2002:a9fe::/32'],
    ...['2002:e000::/20', '64:ff9b:1::e000:0/100', '[::ffff:169.254.169.254]', '2852039166', '0xe0000001'],
  ])('says that %s cannot be opened', (entry) => {
    expect(() => policy(entry)).toThrow(/^addresses\.allow\[0\] cannot be opened/);
  });
});
