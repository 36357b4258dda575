import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

export interface AddressPolicy {
  /** Host names, addresses and CIDR ranges that are allowed although they would be refused. */
  allow: readonly string[];
  /** Allows loopback and private ranges; link-local and metadata addresses stay refused. */
  allowPrivate: boolean;
}

/** `rule` is the name of the range that refuses it, or `invalid`; `address` is the checked address. */
export type AddressVerdict = { allowed: true } | { allowed: false; rule: string; address: string };

export interface AddressGuard {
  /** Checks a literal address in any notation, as the host of a URL. Null for a name: check each of its addresses. */
  checkHost(hostname: string): AddressVerdict | null;
  /** Checks an address; `hostname` is the name that resolved to it, for hosts on the allow-list. */
  checkAddress(address: string, hostname?: string): AddressVerdict;
  /** Whether it is an address of the public internet; false also if an option allows it. */
  isPublic(address: string): boolean;
  /** Whether this name itself is on the allow-list. */
  allowsName(hostname: string): boolean;
}

/**
 * Thrown for a request whose target is refused. Its text names the target, never the URL, which may be
 * secret, and not the resolved address, which would reveal the internal network to anyone who can send a test
 * event.
 */
export class AddressRefusedError extends Error {
  readonly code = 'ADDRESS_REFUSED';

  constructor(
    readonly rule: string,
    readonly address: string,
    hostname?: string,
  ) {
    const named = hostname !== undefined && hostname !== '' && hostname !== address && isIP(hostname) === 0;
    super(
      named
        ? `${hostname} leads to a private or special address, which is refused`
        : `${address} is refused (${rule})`,
    );
    this.name = 'AddressRefusedError';
  }
}

/** An unusable entry of the allow-list; `path` names it, e.g. `addresses.allow[1]`. */
export class InvalidAddressPolicyError extends Error {
  readonly code = 'INVALID_ADDRESS_POLICY';

  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(`${path} ${problem}`);
    this.name = 'InvalidAddressPolicyError';
  }
}

const parseRanges = (cidrs: readonly string[]): Range[] => cidrs.map((cidr) => ipaddr.parseCIDR(cidr));

/**
 * Refused whatever the allow-list says: no webhook receiver has such an address, but credentials of the
 * machine are served there. Fails closed. The single addresses are those of cloud metadata services outside
 * the link-local range: Alibaba, Oracle, Azure; AWS and Google over IPv6.
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
};

/** Whether no configuration can allow what this rule refuses. */
export const isNeverAllowed = (rule: string): boolean => rule in neverAllowed;

/** Special purpose ranges: the registries of IANA for IPv4 and IPv6 (RFC 6890 and its updates). */
const refused: Record<string, Range[]> = {
  unspecified: parseRanges(['0.0.0.0/8', '::/128']),
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
  multicast: parseRanges(['224.0.0.0/4', 'ff00::/8']),
  broadcast: parseRanges(['255.255.255.255/32']),
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

/** The ranges that `allowPrivate` allows. */
const privateRules = new Set(['loopback', 'private']);

/** The only part of IPv6 that IANA assigns; the rest is refused without a rule name of its own. */
const [globalUnicast] = parseRanges(['2000::/3']);

/**
 * Compiles the rules for allowed targets (`addresses` of the configuration). Throws
 * `InvalidAddressPolicyError` for an entry that is no host, address or range, or that has no effect.
 */
export function compileAddressPolicy(policy: AddressPolicy): AddressGuard {
  const hosts = new Set<string>();
  const ranges: Range[] = [];
  policy.allow.forEach((entry, index) => {
    const read = readEntry(entry, `addresses.allow[${index}]`);
    if (typeof read === 'string') hosts.add(read);
    else ranges.push(read);
  });

  const isOpen = (address: Address, rule: string, hostname?: string) =>
    !(rule in neverAllowed) &&
    ((policy.allowPrivate && privateRules.has(rule)) ||
      ranges.some((range) => contains(range, address)) ||
      (hostname !== undefined && hosts.has(nameOf(hostname))));

  const checkAddress = (text: string, hostname?: string): AddressVerdict => {
    const address = parseAddress(text);
    if (!address) return { allowed: false, rule: 'invalid', address: text };
    const rule = ruleAgainst(address);
    if (rule === null || isOpen(address, rule, hostname)) return { allowed: true };
    return { allowed: false, rule, address: address.toString() };
  };

  const checkHost = (hostname: string): AddressVerdict | null => {
    const host = readHost(hostname);
    if (host === null) return { allowed: false, rule: 'invalid', address: hostname };
    if ('address' in host) return checkAddress(host.address);
    if (!isLocalhost(host.name) || hosts.has(host.name)) return null;
    // RFC 6761 §6.3: always loopback. If some loopback is allowed, the resolved address decides.
    const verdicts = [checkAddress('127.0.0.1'), checkAddress('::1')];
    return verdicts.find((verdict) => verdict.allowed) ? null : (verdicts[0] ?? null);
  };

  const isPublic = (text: string): boolean => {
    const address = parseAddress(text);
    return address !== null && ruleAgainst(address) === null;
  };

  return { checkHost, checkAddress, isPublic, allowsName: (hostname) => hosts.has(nameOf(hostname)) };
}

/** The name of the range that refuses this address, or null for an address of the public internet. */
function ruleAgainst(address: Address): string | null {
  const rule = ownRule(address);
  if (rule === 'translated' && translatesToPublic(address)) return null;
  if (rule !== null) return rule;
  const site = isatapIPv4(address);
  const inside = site && ownRule(site);
  return inside === null ? null : inside in neverAllowed ? inside : 'translated';
}

/** Checks the address itself, and addresses embedded in it. */
function ownRule(address: Address): string | null {
  const never = [address, ...embeddedIPv4(address)].map((each) => nameIn(neverAllowed, each));
  const rule = never.find((name) => name !== null) ?? nameIn(refused, address);
  if (rule !== null) return rule;
  const isPublic = address.kind() === 'ipv4' || (globalUnicast && contains(globalUnicast, address));
  return isPublic ? null : 'reserved';
}

/** The IPv4 addresses that an IPv6 address can be translated into on its way. */
function embeddedIPv4(address: Address): ipaddr.IPv4[] {
  if (!('parts' in address) || nameIn({ translated: refused.translated ?? [] }, address) === null) return [];
  const bytes = address.toByteArray();
  const inverted = bytes.map((byte) => byte ^ 0xff);
  return [
    bytes.slice(12), // mapped, compatible, NAT64, SIIT
    bytes.slice(2, 6), // 6to4
    inverted.slice(12), // Teredo: the client
    bytes.slice(4, 8), // Teredo: the server
    [...bytes.slice(6, 8), ...bytes.slice(9, 11)], // NAT64 with a /48 prefix, RFC 6052 §2.2
  ].map((octets) => new ipaddr.IPv4(octets));
}

const [nat64] = parseRanges(['64:ff9b::/96']);
const [localNat64] = parseRanges(['64:ff9b:1::/48']);

/**
 * In an IPv6-only network, DNS64 returns such an address for every IPv4-only receiver (RFC 6147): it is
 * checked by the address inside. Behind a local prefix only the translator knows its position (RFC 6052
 * §2.2), and it can ignore the other bits: every possible reading has to be public. 0.0.0.0/8 is not
 * routable, so a reading that gives it is ignored.
 */
function translatesToPublic(address: Address): boolean {
  const bytes = address.toByteArray();
  if (nat64 && contains(nat64, address)) return ownRule(new ipaddr.IPv4(bytes.slice(12))) === null;
  if (!localNat64 || !contains(localNat64, address)) return false;
  const readings = [
    [...bytes.slice(6, 8), ...bytes.slice(9, 11)],
    [...bytes.slice(7, 8), ...bytes.slice(9, 12)],
    bytes.slice(9, 13),
    bytes.slice(12),
  ].filter(([first]) => first !== 0);
  return readings.length > 0 && readings.every((octets) => ownRule(new ipaddr.IPv4(octets)) === null);
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

function contains([network, prefix]: Range, address: Address): boolean {
  return network.kind() === address.kind() && address.match(network, prefix);
}

/** An entry of the allow-list: a range, or a host name in its canonical spelling. */
function readEntry(entry: string, path: string): Range | string {
  const range = readRange(entry);
  if (range) {
    refuseNeverAllowed(range, entry, path);
    return range;
  }
  const host = entry.includes('/') || entry.includes('*') ? null : readHost(entry);
  if (host === null || 'address' in host) {
    throw new InvalidAddressPolicyError(
      path,
      `must be a host name, an IP address or a CIDR range like 10.0.0.0/8, not ${JSON.stringify(entry)}`,
    );
  }
  return host.name;
}

function readRange(entry: string): Range | null {
  const [network = '', prefix, ...rest] = entry.split('/');
  if (rest.length > 0) return null;
  if (prefix === undefined) {
    const host = readHost(network);
    const address = host && 'address' in host ? parseAddress(host.address) : null;
    return address && [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  // ipaddr.js reads 10/8 as 0.0.0.10/8, which is not what its author means.
  if (isIP(network) === 0 || !ipaddr.isValidCIDR(entry)) return null;
  return ipaddr.parseCIDR(entry);
}

function refuseNeverAllowed([network, prefix]: Range, entry: string, path: string): void {
  const inside = Object.values(neverAllowed)
    .flat()
    .some((range) => contains(range, network) && prefix >= range[1]);
  if (!inside) return;
  throw new InvalidAddressPolicyError(
    path,
    `cannot be opened: ${JSON.stringify(entry)} is a link-local or metadata address, which is always refused`,
  );
}

/** A host as `new URL` parses it: an address in any notation (0x7f.1, 2130706433, 127.0.0.1.), or a name. */
function readHost(hostname: string): { address: string } | { name: string } | null {
  const bare = hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
  if (isIP(bare) !== 0) return { address: bare };
  if (/[\s/\\?#@:[\]]/.test(bare)) return null;
  try {
    const read = new URL(`http://${bare}/`).hostname;
    const name = read.replace(/\.+$/, '');
    if (name === '') return null;
    return isIP(read) === 0 ? { name } : { address: read };
  } catch {
    // Not a host by the URL standard (`1.2.3.4.5`, `0x`), so no request can be sent to it either.
    return null;
  }
}

function nameOf(hostname: string): string {
  const host = readHost(hostname);
  return host && 'name' in host ? host.name : hostname;
}

const isLocalhost = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost');

function parseAddress(text: string): Address | null {
  // Strict check first: ipaddr.js also reads octal and short forms, which a resolver never returns.
  if (isIP(text) === 0 || !ipaddr.isValid(text)) return null;
  return ipaddr.parse(text);
}
