import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Which addresses belong to no receiver on the public internet, and by which rule. Pure: knows no configuration. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Range = [Address, number];

const parseRanges = (cidrs: readonly string[]): Range[] => cidrs.map((cidr) => ipaddr.parseCIDR(cidr));

/**
 * Refused whatever the allow-list says: no webhook receiver has such an address, and at some of them credentials
 * of the machine are served. Fails closed. The single addresses of `metadata` are those of cloud metadata services
 * outside the link-local range: Alibaba, Oracle, Azure; AWS and Google over IPv6.
 */
const neverAllowed: Record<string, Range[]> = {
  metadata: parseRanges([
    '169.254.169.254/32',
    '169.254.170.2/32',
    '100.100.100.200/32',
    '192.0.0.192/32',
    '168.63.129.16/32',
    'fd00:ec2::/32',
    'fd20:ce::254/128',
  ]),
  link_local: parseRanges(['169.254.0.0/16', 'fe80::/10']),
  unspecified: parseRanges(['0.0.0.0/8', '::/128']),
  multicast: parseRanges(['224.0.0.0/4', 'ff00::/8']),
  broadcast: parseRanges(['255.255.255.255/32']),
};

/** Whether no configuration can allow what this rule refuses. */
export const isNeverAllowed = (rule: string): boolean => rule in neverAllowed;

/** Special purpose ranges: the registries of IANA for IPv4 and IPv6 (RFC 6890 and its updates). */
const refused: Record<string, Range[]> = {
  loopback: parseRanges(['127.0.0.0/8', '::1/128']),
  private: parseRanges(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']),
  shared: parseRanges(['100.64.0.0/10']),
  documentation: parseRanges([
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '2001:db8::/32',
    '3fff::/20',
  ]),
  benchmarking: parseRanges(['198.18.0.0/15', '2001:2::/48']),
  site_local: parseRanges(['fec0::/10']),
  translated: parseRanges([
    '::ffff:0:0/96', // IPv4-mapped
    '::ffff:0:0:0/96', // SIIT
    '64:ff9b::/96', // NAT64
    '64:ff9b:1::/48', // NAT64, local use
    '2002::/16', // 6to4
    '192.88.99.0/24', // 6to4 relays
    '2001::/32', // Teredo
    '::/96', // IPv4-compatible
  ]),
  orchid: parseRanges(['2001:10::/28', '2001:20::/28']),
  reserved: parseRanges([
    '192.0.0.0/24',
    '192.31.196.0/24',
    '192.52.193.0/24',
    '192.175.48.0/24',
    '240.0.0.0/4',
    '100::/64',
    '2001::/23',
    '2620:4f:8000::/48',
    '5f00::/16',
  ]),
};

/** The only part of IPv6 that IANA assigns; the rest is refused as `reserved`. */
const globalUnicast: Range = ipaddr.parseCIDR('2000::/3');

/** The name of the range that refuses this address, or null for an address of the public internet. */
export function ruleAgainst(address: Address): string | null {
  const rule = ownRule(address);
  if (rule === 'translated' && translatesToPublic(address)) return null;
  if (rule !== null) return rule;
  const inside = isatapIPv4(address);
  return inside && ownRule(inside) !== null ? 'translated' : null;
}

/** Checks the address itself, and whether one embedded in it can never be allowed. */
function ownRule(address: Address): string | null {
  const never = [address, ...embeddedIPv4(address)].map((each) => nameIn(neverAllowed, each));
  const rule = never.find((name) => name !== null) ?? nameIn(refused, address);
  if (rule !== null) return rule;
  return isAssigned(address) ? null : 'reserved';
}

const isAssigned = (address: Address): boolean =>
  address.kind() === 'ipv4' || contains(globalUnicast, address);

/** A form of IPv4 in IPv6: the prefix that marks it, and which bytes hold the address. */
interface Embedding {
  prefix: Range;
  at: readonly number[];
  /** Teredo writes the client's address with every bit turned over. */
  inverted?: true;
  /** A reading that gives 0.0.0.0/8 is another form: ::1 is loopback. */
  zeroIsNone?: true;
}

const lastBytes = [12, 13, 14, 15];
/** Where an address can stand behind a local prefix of 48, 56, 64 and 96 bits (RFC 6052 §2.2). */
const localPositions = [[6, 7, 9, 10], [7, 9, 10, 11], [9, 10, 11, 12], lastBytes];

const nat64: Range = ipaddr.parseCIDR('64:ff9b::/96');
const localNat64: Range = ipaddr.parseCIDR('64:ff9b:1::/48');
const teredo: Range = ipaddr.parseCIDR('2001::/32');

/** The forms that say where the address is. */
const certain: Embedding[] = [
  { prefix: ipaddr.parseCIDR('::ffff:0:0/96'), at: lastBytes },
  { prefix: ipaddr.parseCIDR('::ffff:0:0:0/96'), at: lastBytes },
  { prefix: nat64, at: lastBytes },
  { prefix: ipaddr.parseCIDR('::/96'), at: lastBytes, zeroIsNone: true },
  { prefix: ipaddr.parseCIDR('2002::/16'), at: [2, 3, 4, 5] },
  { prefix: teredo, at: [4, 5, 6, 7] },
  { prefix: teredo, at: lastBytes, inverted: true },
];
/** All forms: these, and the longest and the shortest local prefix. */
const embeddings: Embedding[] = [
  ...certain,
  { prefix: localNat64, at: [6, 7, 9, 10], zeroIsNone: true },
  { prefix: localNat64, at: lastBytes, zeroIsNone: true },
];

const readAt = (address: Address, at: readonly number[], mask = 0): ipaddr.IPv4 => {
  const bytes = address.toByteArray();
  return new ipaddr.IPv4(at.map((index) => (bytes[index] ?? 0) ^ mask));
};

const read = (address: Address, { at, inverted, zeroIsNone }: Embedding): ipaddr.IPv4 | null => {
  const found = readAt(address, at, inverted ? 0xff : 0);
  return zeroIsNone && !isRoutable(found) ? null : found;
};

const isRoutable = (address: ipaddr.IPv4): boolean => address.octets[0] !== 0;

/** The IPv4 addresses that an IPv6 address can be translated or tunnelled into on its way. */
const embeddedIPv4 = (address: Address): ipaddr.IPv4[] =>
  [
    ...embeddings
      .filter(({ prefix }) => contains(prefix, address))
      .map((embedding) => read(address, embedding)),
    isatapIPv4(address),
  ].filter((each) => each !== null);

/**
 * In an IPv6-only network, DNS64 returns such an address for every IPv4-only receiver (RFC 6147): it is
 * checked by the address inside. Behind a local prefix only the translator knows its position (RFC 6052
 * §2.2), and it can ignore the other bits: every possible reading has to be public. 0.0.0.0/8 is not
 * routable, so a reading that gives it is ignored.
 */
function translatesToPublic(address: Address): boolean {
  if (contains(nat64, address)) return ownRule(readAt(address, lastBytes)) === null;
  if (!contains(localNat64, address)) return false;
  const readings = localPositions.map((at) => readAt(address, at)).filter(isRoutable);
  return readings.length > 0 && readings.every((each) => ownRule(each) === null);
}

/** The IPv4 address in the interface identifier of ISATAP (RFC 5214 §6.1), which a router can tunnel to. */
function isatapIPv4(address: Address): ipaddr.IPv4 | null {
  const bytes = address.toByteArray();
  const marks = bytes.length === 16 && (bytes[8] ?? 0) <= 2 && bytes[9] === 0 && bytes[10] === 0x5e;
  return marks && bytes[11] === 0xfe ? new ipaddr.IPv4(bytes.slice(12)) : null;
}

function nameIn(table: Record<string, Range[]>, address: Address): string | null {
  const found = Object.entries(table).find(([, ranges]) => ranges.some((range) => contains(range, address)));
  return found ? found[0] : null;
}

export function contains([network, prefix]: Range, address: Address): boolean {
  return network.kind() === address.kind() && address.match(network, prefix);
}

/** The rule that refuses every address of a range whatever the allow-list says, also in translated form; or null. */
export function neverRuleOf(range: Range): string | null {
  const [first, last] = endsOf(range);
  const pairs = [
    [first, last],
    ...embeddings
      .filter(({ prefix }) => within(prefix, range))
      .map((embedding) => [read(first, embedding), read(last, embedding)]),
    [isatapIPv4(first), isatapIPv4(last)],
  ];
  const found = Object.entries(neverAllowed).find(([, ranges]) =>
    ranges.some((each) =>
      pairs.some((pair) => pair.every((address) => address !== null && contains(each, address))),
    ),
  );
  return found ? found[0] : null;
}

/**
 * Whether a range reaches beyond one kind of addresses: beyond public ones, or beyond one rule of those that
 * can be opened. A range in translated form is read as the IPv4 range that it stands for.
 */
export function isMixed(range: Range): boolean {
  const inner = rulesInside(range);
  const [named] =
    Object.entries(refused).find(([, ranges]) => ranges.some((each) => within(each, range))) ?? [];
  const outer = named ?? (isUnassigned(range) ? 'reserved' : undefined);
  const others =
    outer === undefined ? inner : inner.filter((rule) => rule !== outer && !isNeverAllowed(rule));
  if (others.length > 0) return true;
  return outer === 'translated' && embeddedRanges(range).some(isMixed);
}

/** What a range that is too wide is usually meant for: one's own networks inside it, or an example of one. */
export function ownNetworksFor(range: Range): string[] {
  const inside = ['private', 'shared']
    .flatMap((rule) => refused[rule] ?? [])
    .filter((each) => within(range, each));
  if (inside.length > 0) return inside.map(textOf);
  const embedding = certain.find(({ prefix }) => prefix !== teredo && within(prefix, range));
  return [textOf(embedding ? exampleOf(embedding) : range[0].kind() === 'ipv4' ? exampleIPv4 : exampleIPv6)];
}

const exampleIPv4: Range = [ipaddr.parse('10.0.4.0'), 24];
const exampleIPv6: Range = [ipaddr.parse('fd00:1::'), 64];

const textOf = ([network, prefix]: Range): string => `${network.toString()}/${prefix}`;

/** The IPv4 example in a translated form. */
function exampleOf({ prefix, at }: Embedding): Range {
  const bytes = prefix[0].toByteArray();
  exampleIPv4[0].toByteArray().forEach((byte, index) => (bytes[at[index] ?? 0] = byte));
  return [ipaddr.fromByteArray(bytes), (at[0] ?? 0) * 8 + exampleIPv4[1]];
}

/** Whether all of it is IPv6 that nobody has been given. */
const isUnassigned = (range: Range): boolean => !isAssigned(range[0]) && !within(range, globalUnicast);

const rulesInside = (range: Range): string[] =>
  Object.entries({ ...neverAllowed, ...refused })
    .filter(([, ranges]) => ranges.some((each) => within(range, each) && each[1] > range[1]))
    .map(([rule]) => rule);

/** The IPv4 ranges that a range of translated addresses stands for, where the position is certain. */
const embeddedRanges = (range: Range): Range[] =>
  certain
    .filter(({ prefix }) => within(prefix, range))
    .map(({ at, inverted }) => {
      const fixedBits = range[1] - (at[0] ?? 0) * 8;
      return [readAt(range[0], at, inverted ? 0xff : 0), Math.max(0, Math.min(32, fixedBits))];
    });

/** The first and the last address of a range. */
function endsOf([network, prefix]: Range): [Address, Address] {
  const bytes = network.toByteArray();
  const fixed = bytes.map((_, index) => (0xff << (8 - Math.max(0, Math.min(8, prefix - index * 8)))) & 0xff);
  return [
    ipaddr.fromByteArray(bytes.map((byte, index) => byte & (fixed[index] ?? 0))),
    ipaddr.fromByteArray(bytes.map((byte, index) => byte | (~(fixed[index] ?? 0) & 0xff))),
  ];
}

/** Whether `inner` lies within `outer`, or is the same. */
const within = (outer: Range, inner: Range): boolean => contains(outer, inner[0]) && inner[1] >= outer[1];

/** An address as a resolver returns it; null for everything else. */
export function parseAddress(text: string): Address | null {
  // Strict check first: ipaddr.js also reads octal and short forms, which a resolver never returns.
  if (isIP(text) === 0 || !ipaddr.isValid(text)) return null;
  return ipaddr.parse(text);
}
